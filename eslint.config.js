import js from "@eslint/js";
import tseslint from "typescript-eslint";

/** A resource of a provider: what Pulumi really creates. */
const resource = "NewExpression[callee.object.name=/^(docker|local)$/]";

/** The last argument of a resource, naming the component that owns it. */
const optionsWithParent = '> ObjectExpression:last-child:has(> Property[key.name="parent"])';

const pulumiMistakes = [
  {
    selector: `CallExpression[callee.property.name=/^(apply|then|catch)$/] ${resource}`,
    message:
      "A resource created in a callback is invisible to preview. Decide before, declare flat.",
  },
  {
    selector: `${resource}:not(:has(${optionsWithParent}))`,
    message: "Every resource names its parent: the component that owns it.",
  },
  {
    selector:
      "CallExpression[callee.property.name='apply'] CallExpression[callee.property.name='apply']",
    message: "Nested apply: use pulumi.all, interpolate or jsonStringify.",
  },
  {
    selector: "NewExpression[callee.object.name='pulumi'][callee.property.name='Config']",
    message: "Only index.ts reads configuration; components get values.",
  },
];

const notErasable = [
  { selector: "TSEnumDeclaration", message: "Enums are not erasable: use a union of literals." },
  { selector: "TSParameterProperty", message: "Parameter properties are not erasable." },
  { selector: "ExportDefaultDeclaration", message: "Named exports only." },
];

/** Which folder may import which (design: imports go one way). */
function mayNotImport(files, ...groups) {
  return {
    files,
    rules: {
      "no-restricted-imports": ["error", { patterns: groups.map((group) => ({ regex: group })) }],
    },
  };
}

const upward = (...folders) => `^(\\.\\./)+(${folders.join("|")})/`;
const sideEffects = "^(node:)?(fs|fs/promises|child_process|net|http|https)$";

export default tseslint.config(
  { ignores: ["node_modules/", "toolchain/**/*.go"] },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "max-lines": ["error", { max: 300 }],
      "max-lines-per-function": ["error", { max: 70 }],
      "max-params": ["error", { max: 4 }],
      "max-depth": ["error", { max: 3 }],
      "no-restricted-syntax": ["error", ...notErasable],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/prefer-readonly": "error",
    },
  },
  {
    files: ["components/**/*.ts", "index.ts"],
    rules: {
      "no-restricted-syntax": ["error", ...notErasable, ...pulumiMistakes],
    },
  },
  {
    files: ["index.ts"],
    rules: {
      "no-restricted-syntax": ["error", ...notErasable, ...pulumiMistakes.slice(0, 3)],
    },
  },
  {
    files: ["test/**/*.ts", "**/*.test.ts"],
    rules: {
      "max-lines-per-function": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  mayNotImport(
    ["components/plan/**"],
    "^@pulumi/",
    upward("operate", "rehearsal", "test", "toolchain"),
    sideEffects,
  ),
  mayNotImport(["rehearsal/core/*.ts"], "^[^.]", "^\\.\\./"),
  mayNotImport(["rehearsal/core/*/**"], "^[^.]", "^\\.\\./\\.\\./"),
  { files: ["rehearsal/core/**/*.test.ts"], rules: { "no-restricted-imports": "off" } },
  mayNotImport(
    ["components/*.ts"],
    sideEffects,
    upward("rehearsal", "test", "toolchain", "operate/(?!contract)"),
  ),
  // The guards of a container run verbs at the moment Pulumi acts; nothing else starts processes.
  mayNotImport(
    ["components/hooks.ts"],
    upward("rehearsal", "test", "toolchain", "operate/(?!contract)"),
  ),
  mayNotImport(
    ["rehearsal/!(core)/**"],
    upward("components", "operate", "test", "toolchain"),
    "^@pulumi/",
  ),
  mayNotImport(["operate/**"], upward("rehearsal", "test"), "^@pulumi/"),
  {
    files: ["toolchain/**/*.mjs", "*.config.js"],
    languageOptions: {
      globals: {
        process: "readonly",
        console: "readonly",
        AbortController: "readonly",
        AbortSignal: "readonly",
        Buffer: "readonly",
        URL: "readonly",
        setTimeout: "readonly",
      },
    },
    rules: {
      "max-lines": ["error", { max: 300 }],
      "max-lines-per-function": ["error", { max: 70 }],
      "max-params": ["error", { max: 4 }],
      "max-depth": ["error", { max: 3 }],
    },
  },
  { files: ["*.config.{js,ts}"], rules: { "no-restricted-syntax": "off" } },
);

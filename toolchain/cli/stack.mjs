/** What a command line of Pulumi is about: its operation, and the stack it means. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The project's name, as Pulumi.yaml has it; a test holds them equal. */
export const project = "iris-mirror";

/** Flags of Pulumi that take their value as the next argument, and that may stand before the
 *  operation. Without this list their value would be taken for the operation. */
const globalFlagsWithValue = new Set(["-C", "--cwd", "--color", "-v", "--verbose", "--profiling"]);

/** Operations that run the program: they need Docker, the images, and a state without old locks. */
const running = new Map(
  Object.entries({
    up: "up",
    update: "up",
    preview: "preview",
    pre: "preview",
    refresh: "refresh",
    destroy: "destroy",
    down: "destroy",
    dn: "destroy",
    import: "import",
    watch: "watch",
  }),
);

/** Operations that need neither the state nor anything else than the CLI. */
const selfContained = new Set([
  "version",
  "help",
  "about",
  "completion",
  "gen-completion",
  "plugin",
  "login",
  "logout",
  "whoami",
  "schema",
  "convert",
]);

/**
 * What the launcher has to know of a command line.
 * @typedef {object} Meaning
 * @property {string} operation  first argument that is no flag, in its long form; "" for none
 * @property {"program" | "stack" | "state" | "nothing"} needs  "stack": no program, but nobody else
 *   at work on the stack
 * @property {string | undefined} stack  named on the command line
 */

/**
 * @param {readonly string[]} args
 * @returns {Meaning}
 */
export function meaningOf(args) {
  const words = positionals(args);
  const given = words[0] ?? "";
  const operation = running.get(given) ?? given;
  const asksForHelp = args.some((arg) => arg === "--help" || arg === "-h");
  return {
    operation,
    needs: asksForHelp ? "nothing" : needsOf(words),
    stack: stackNamed(args, words),
  };
}

/**
 * @param {readonly string[]} words
 * @returns {Meaning["needs"]}
 */
function needsOf([operation = "", action]) {
  if (operation === "" || selfContained.has(operation)) {
    return "nothing";
  }
  if (operation === "stack" && action === "rm") {
    return "stack";
  }
  return running.has(operation) ? "program" : "state";
}

/**
 * Arguments that are no flags and no values of the flags known here.
 * @param {readonly string[]} args
 */
function positionals(args) {
  return args.filter(
    (arg, index) =>
      !arg.startsWith("-") &&
      !globalFlagsWithValue.has(args[index - 1] ?? "") &&
      !isStackFlag(args[index - 1] ?? ""),
  );
}

/** @param {string} arg */
function isStackFlag(arg) {
  return arg === "-s" || arg === "--stack";
}

/**
 * @param {readonly string[]} args
 * @param {readonly string[]} words
 */
function stackNamed(args, words) {
  const flag = args.findIndex(isStackFlag);
  if (flag !== -1) {
    return args[flag + 1];
  }
  const joined = args.map((arg) => /^(?:--stack|-s)=(.+)$/.exec(arg)?.[1]).find(Boolean);
  if (joined !== undefined) {
    return joined;
  }
  const [operation, action, name] = words;
  return operation === "stack" && /^(init|select|rm|rename)$/.test(action ?? "") ? name : undefined;
}

/**
 * The plain name of a stack: `dev` of `organization/iris-mirror/dev`.
 * @param {string} reference
 */
export function plainName(reference) {
  return reference.split("/").at(-1) ?? reference;
}

/**
 * The stack that is selected in this checkout, as Pulumi remembers it.
 * @param {string} home  of Pulumi
 * @param {string} checkout
 * @param {string} backend  its address
 */
export function selectedStack(home, checkout, backend) {
  const hash = createHash("sha1").update(join(checkout, "Pulumi.yaml")).digest("hex");
  try {
    const file = join(home, "workspaces", `${project}-${hash}-workspace.json`);
    /** @type {{ stack?: string, stacks?: Record<string, string> }} */
    const settings = JSON.parse(readFileSync(file, "utf8"));
    return settings.stacks?.[backend] ?? settings.stack;
  } catch {
    return undefined;
  }
}

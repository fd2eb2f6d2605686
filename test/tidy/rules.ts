/** What the repository holds itself to, beyond what the compiler and the linter see. Each rule
 *  looks at one file and says what is wrong with it, with the line. */

/** One tracked file. */
export interface SourceFile {
  /** Path from the top of the repository. */
  readonly path: string;
  readonly text: string;
}

/** A rule with samples, so that a test can show that it bites. */
export interface Rule {
  readonly name: string;
  readonly why: string;
  appliesTo(path: string): boolean;
  /** Faults as `line: what`. */
  check(file: SourceFile): string[];
  /** A file the rule must object to. */
  readonly bad: SourceFile;
}

const code = /\.(ts|mjs|js|go|cls|sh)$/;
const prose = /\.(md|yaml|yml)$/;

function lines(file: SourceFile, faulty: (line: string) => string | undefined): string[] {
  return file.text.split("\n").flatMap((line, index) => {
    const fault = faulty(line);
    return fault === undefined ? [] : [`${index + 1}: ${fault}`];
  });
}

function forbids(pattern: RegExp, what: string): Rule["check"] {
  return (file) =>
    lines(file, (line) => (pattern.test(line) ? `${what}: ${line.trim()}` : undefined));
}

/** A text of one piece: a test's input, a message of the product. Breaking it helps no reader. */
const longText = /(["'`])(?:(?!\1).|\\\1){30,}\1/g;

const lineLength: Rule = {
  name: "lines have at most 100 columns, long texts apart",
  why: "two files fit side by side",
  appliesTo: (path) => code.test(path),
  check: (file) =>
    lines(file, (line) =>
      line.replaceAll("\t", "  ").replaceAll(longText, "").length > 100 &&
      !/https?:\/\/\S{40}|^\/\/go:|\bh1:/.test(line)
        ? `${line.length} columns`
        : undefined,
    ),
  bad: { path: "a.ts", text: `const sum = ${"x + ".repeat(30)}1;` },
};

const fileLength: Rule = {
  name: "files have at most 300 lines",
  why: "one idea each",
  appliesTo: (path) => code.test(path),
  check: ({ text }) => {
    const count = text.split("\n").length - 1;
    return count > 300 ? [`${count}: too long`] : [];
  },
  bad: { path: "a.ts", text: "\n".repeat(301) },
};

/** Split so that this file does not contain what it looks for. */
const bannedWords = new RegExp(
  `\\b(${["ma" + "ster", "sl" + "ave", "repli" + "ca", "repli" + "cas"].join("|")})\\b`,
  "i",
);

const vocabulary: Rule = {
  name: "the field's own words",
  why: "an InterSystems engineer recognises every noun",
  appliesTo: (path) => code.test(path) || prose.test(path),
  check: forbids(bannedWords, "say primary, backup, member"),
  bad: { path: "a.md", text: `the ${"sl" + "ave"} follows` },
};

/** These end a wait or a program that takes too long; they never delay anything. */
const limiting = /^operate\/(child-process|log-hint|session)\.ts$/;

const sleeping = /\bsetTimeout\(|timers\/promises|\bsleep \d|\btime\.Sleep\(/;
const sleepingButLimits = new RegExp(`(?<!const (limit|kill) = )${sleeping.source}`);

const waiting: Rule = {
  name: "nobody sleeps",
  why: "wait for a state with a named budget; the modules that look again or set limits are listed",
  appliesTo: (path) =>
    code.test(path) && !/(^|\/)(wait|clock|process-gone|budgets|timeouts)[\w.-]*$/.test(path),
  check: (file) =>
    forbids(limiting.test(file.path) ? sleepingButLimits : sleeping, "a sleep")(file),
  bad: { path: "a.ts", text: "const limit = setTimeout(go, 100);" },
};

const todo: Rule = {
  name: "open ends carry an issue number",
  why: "a wish without an owner rots",
  appliesTo: (path) => code.test(path),
  check: forbids(new RegExp(`\\b(${"TO" + "DO"}|FIXME|XXX)\\b(?!\\(#\\d+\\))`), "number it"),
  bad: { path: "a.ts", text: `// ${"TO" + "DO"} later` },
};

const weakTests: Rule = {
  name: "no test is skipped, focused or retried",
  why: "a flaky test is a bug; a skipped one is a lie",
  appliesTo: (path) => path.endsWith(".test.ts"),
  check: forbids(/\.(only|skip|todo)\(|expect\(true\)|\bretry: *[1-9]/, "weak test"),
  bad: { path: "a.test.ts", text: `it${".on" + "ly"}("x", () => {});` },
};

const engineBlind: Rule = {
  name: "nobody asks which engine runs",
  why: "one code path: the engines differ by their image alone",
  appliesTo: (path) => /^(components|operate|install|index\.ts)/.test(path) && code.test(path),
  check: (file) =>
    file.path === "components/plan/image.ts"
      ? []
      : forbids(/engine\s*[!=]==?\s*["']/, "engine check")(file),
  bad: { path: "operate/a.ts", text: `if (engine === "rehearsal") {` },
};

/** One constant pipe in a helper container, which reads a file once for its copy and its checksum;
 *  paths are its arguments and never part of its text. */
const constantPipe = /^operate\/seeding\/copy\.ts$/;

const noShell: Rule = {
  name: "no shell between Pulumi and a verb",
  why: "argv in place of shell text: nothing is quoted, nothing is injected",
  appliesTo: (path) =>
    /^(components|operate)\//.test(path) && path.endsWith(".ts") && !constantPipe.test(path),
  check: forbids(/["'](\/bin\/)?(ba)?sh["']|shell: true|\bexecSync\(/, "a shell"),
  bad: { path: "components/a.ts", text: `interpreter: ["/bin/sh", "-c"]` },
};

const foreign = [
  ["/wo" + "rk/", "/fa" + "rm/", "/tmp/bash_" + "jobs"],
  ["registry\\.npm" + "js", "proxy\\.go" + "lang", "sum\\.go" + "lang", "deb\\.deb" + "ian"],
];

const ownAffairs: Rule = {
  name: "the project speaks of itself alone",
  why: "no path of a machine, no host of a registry",
  appliesTo: (path) => !/(package-lock\.json|\.sum)$/.test(path),
  check: forbids(new RegExp(foreign.flat().join("|")), "foreign place"),
  bad: { path: "a.md", text: `see ${"/wo" + "rk/"}main` },
};

const classPath: Rule = {
  name: "a class lies where its name says",
  why: "package equals folder",
  appliesTo: (path) => path.endsWith(".cls"),
  check: ({ path, text }) => {
    const name = /^Class\s+([\w.%]+)/m.exec(text)?.[1] ?? "";
    return path.endsWith(`${name.replaceAll(".", "/")}.cls`) ? [] : [`1: declares ${name}`];
  },
  bad: { path: "install/cls/A/B.cls", text: "Class A.C\n{\n}" },
};

const noBarrel: Rule = {
  name: "no file only hands on what others export",
  why: "a layer that forwards hides where things are",
  appliesTo: (path) => path.endsWith(".ts") && path !== "components/index.ts",
  check: ({ text }) => {
    const statements = text
      .split("\n")
      .filter((line) => /^\S/.test(line) && !/^(\/|\*)/.test(line));
    const forwards = statements.filter((line) => /^(export .* from |\}? from |\})/.test(line));
    return statements.length > 0 && forwards.length === statements.length ? ["1: barrel"] : [];
  },
  bad: { path: "a/b.ts", text: `export * from "./c.ts";\nexport { d } from "./d.ts";\n` },
};

/** All rules. */
export const rules: readonly Rule[] = [
  lineLength,
  fileLength,
  vocabulary,
  waiting,
  todo,
  weakTests,
  engineBlind,
  noShell,
  ownAffairs,
  classPath,
  noBarrel,
];

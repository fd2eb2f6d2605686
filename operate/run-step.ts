/** Runs one verb for `step.ts`: parses its input, runs it, prints its output, tells its failure. */

import { endChildren } from "./child-process.ts";
import { verbs, type VerbName } from "./contract.ts";
import { fit } from "./contract/shape.ts";
import { exitStatus, exitStatusOf, MirrorError } from "./mirror-error.ts";
import { realWorld, type World } from "./world.ts";

/** Much more than a mirror of sixteen members with a thousand databases needs. */
const inputLimit = 4 * 1024 * 1024;

/** What a file in `verbs/` exports. */
interface VerbModule {
  readonly run: (input: never, world: World) => Promise<unknown>;
}

/** One import per verb, so that only what is needed is loaded. */
const modules: Readonly<Record<VerbName, () => Promise<VerbModule>>> = {
  "own-volume": () => import("./verbs/own-volume.ts"),
  ready: () => import("./verbs/ready.ts"),
  "load-code": () => import("./verbs/load-code.ts"),
  service: () => import("./verbs/service.ts"),
  form: () => import("./verbs/form.ts"),
  join: () => import("./verbs/join.ts"),
  leave: () => import("./verbs/leave.ts"),
  database: () => import("./verbs/database.ts"),
  "remove-database": () => import("./verbs/remove-database.ts"),
  databases: () => import("./verbs/databases.ts"),
  namespaces: () => import("./verbs/namespaces.ts"),
  settings: () => import("./verbs/settings.ts"),
  app: () => import("./verbs/app.ts"),
  verify: () => import("./verbs/verify.ts"),
  look: () => import("./verbs/look.ts"),
  "may-go": () => import("./verbs/may-go.ts"),
  "clear-stale": () => import("./verbs/clear-stale.ts"),
};

/** Runs the verb named by the arguments. @returns the exit status of the process. */
export async function runStep(args: readonly string[]): Promise<number> {
  onSignal("SIGTERM", 143);
  onSignal("SIGINT", 130);
  const [name = "", ...rest] = args;
  try {
    const verb = verbOf(name, rest);
    const input = parseInput(verb, await readInput());
    const world = realWorld(process.env);
    const { run } = await modules[verb]();
    const output = verbs[verb].output.parse(await run(input as never, world));
    await print(`${JSON.stringify(output)}\n`);
    return exitStatus.done;
  } catch (problem) {
    process.stderr.write(`${inWords(name, problem)}\n`);
    return exitStatusOf(problem);
  } finally {
    await endChildren();
  }
}

/** Resolves when all is handed over: a pipe takes 64 KiB at once, and what still waits is lost when
 *  the process ends. */
function print(text: string): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(text, () => resolve());
  });
}

/** What is going on inside an instance ends with its session; the next call looks first. */
function onSignal(signal: "SIGTERM" | "SIGINT", status: number): void {
  process.once(signal, () => {
    process.stderr.write(`ended by ${signal}: the next run goes on from what is there\n`);
    void endChildren().finally(() => {
      process.exit(status);
    });
  });
}

function verbOf(name: string, rest: readonly string[]): VerbName {
  if (!Object.hasOwn(verbs, name) || rest.length > 0) {
    throw new MirrorError({
      code: "invalid-input",
      subject: `operate/step.ts ${[name, ...rest].join(" ")}`.trim(),
      seen: name === "" ? "no verb is given" : "this is not one verb",
      remedy: `Give one of: ${Object.keys(verbs).join(", ")}.`,
    });
  }
  return name as VerbName;
}

async function readInput(): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of process.stdin as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > inputLimit) {
      throw invalid("standard input", `longer than ${inputLimit} bytes`);
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

/** The input as the contract has it; all faults at once. */
function parseInput(verb: VerbName, text: string): unknown {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (cause) {
    throw invalid(`${verb}, standard input`, `not JSON: ${String(cause)}`);
  }
  const read = fit<unknown>(verbs[verb].input, given);
  if ("misfit" in read) {
    throw invalid(`${verb}, standard input`, read.misfit);
  }
  return read.value;
}

function invalid(subject: string, seen: string): MirrorError {
  return new MirrorError({
    code: "invalid-input",
    subject,
    seen,
    remedy: "Send what operate/README.md says for this verb.",
  });
}

/** A failure for a person, the most important last: Pulumi shows the end of the output. */
function inWords(verb: string, problem: unknown): string {
  if (problem instanceof MirrorError) {
    const effect = problem.definite ? "nothing was changed" : "the next run finds out and goes on";
    return `${verb} failed (${problem.code}; ${effect})\n${problem.message}`;
  }
  const stack = problem instanceof Error ? problem.stack : undefined;
  return `${verb} failed because of a fault in this program\n${stack ?? String(problem)}`;
}

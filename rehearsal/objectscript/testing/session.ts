/** Runs typed lines in a session, for tests. */

import type { NativeClass } from "../host.ts";
import { createCodeCache, createProcess, type ObjectScriptProcess } from "../process.ts";
import { libraryClasses } from "../../system/library/classes.ts";
import type { LibraryEnvironment } from "../../system/library/environment.ts";
import { MemoryFiles } from "../../system/library/testing/memory-files.ts";
import { drive } from "./drive.ts";
import { MemoryHost, type MemoryHostOptions } from "./memory-host.ts";

/** What a session left behind. */
interface SessionResult {
  /** Everything written on the principal device. */
  readonly output: string;
  readonly status: number;
  readonly host: MemoryHost;
}

/** Surroundings of the library classes in tests. */
export function testEnvironment(files = new MemoryFiles()): LibraryEnvironment {
  return {
    hostName: "de17f22ad88c",
    instance: "IRIS",
    installDirectory: "/usr/irissys/",
    managerDirectory: "/usr/irissys/mgr/",
    workingDirectory: "/home/irisowner",
    files,
    environmentVariable: (name) => (name === "ISC_TEST" ? "yes" : undefined),
    resolveHost: (name) => Promise.resolve(name === "mirrorA" ? "10.0.0.7" : undefined),
    consoleLog: () => undefined,
    monitorStateOk: () => undefined,
  };
}

/** A host with the library classes and those of the test. */
export function testHost(options: MemoryHostOptions = {}): MemoryHost {
  const library: NativeClass[] = [...libraryClasses(testEnvironment()).values()];
  return new MemoryHost({ ...options, classes: [...library, ...(options.classes ?? [])] });
}

/** A process on a host of its own. */
function testProcess(options: MemoryHostOptions = {}): {
  readonly process: ObjectScriptProcess;
  readonly host: MemoryHost;
} {
  const host = testHost(options);
  return { process: createProcess(host, createCodeCache()), host };
}

/** Runs the lines in one session that ends with them. */
export async function runLines(
  lines: readonly string[],
  options: MemoryHostOptions = {},
): Promise<SessionResult> {
  const { process, host } = testProcess({ ...options, lines });
  const running = process.session({ node: "de17f22ad88c", instance: "IRIS" });
  const status = await drive(running);
  return { output: host.principal.output, status, host };
}

const banner = "\nNode: de17f22ad88c, Instance: IRIS\n";
const promptPattern = /\n(?:TL\d+:)?(?:USER|%SYS)(?: \d+\w\d+)?>\n/;

/** What each line printed, prompts and banner taken off. */
export async function answersOf(
  lines: readonly string[],
  options: MemoryHostOptions = {},
): Promise<string[]> {
  const { output } = await runLines(lines, options);
  return output.slice(banner.length).split(promptPattern).slice(1, -1);
}

/** What the last of the lines printed. */
export async function answer(line: string, options: MemoryHostOptions = {}): Promise<string> {
  const answers = await answersOf(line.split("\n"), options);
  return answers.at(-1) ?? "";
}

/** Runs the direct form. */
export async function runDirectly(
  entry: string,
  options: MemoryHostOptions = {},
): Promise<SessionResult> {
  const { process, host } = testProcess(options);
  const status = await drive(process.direct(entry));
  return { output: host.principal.output, status, host };
}

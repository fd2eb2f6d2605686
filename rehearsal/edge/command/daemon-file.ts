/** The file that says which process is the instance's daemon: also read by the ISCAgent, which
 *  must know whether a dead instance is dead. */

import { readFileSync, statSync } from "node:fs";

/** What the file says, if the process it names still runs. */
export interface RunningDaemon {
  readonly processId: number;
  readonly sinceEpochMs: number;
}

/** The running daemon, or `undefined` when there is none. A stale file is no daemon: the process
 *  number must be alive and must have been started by this engine. */
export function runningDaemon(daemonFile: string): RunningDaemon | undefined {
  let text: string;
  try {
    text = readFileSync(daemonFile, "utf8");
  } catch {
    return undefined;
  }
  const match = /^(\d+) (\d+)\n$/.exec(text);
  if (match === null) return undefined;
  const processId = Number(match[1]);
  if (!isDaemon(processId)) return undefined;
  return { processId, sinceEpochMs: Number(match[2]) };
}

/** Content of the file. */
export function daemonFileText(processId: number, sinceEpochMs: number): string {
  return `${processId} ${sinceEpochMs}\n`;
}

function isDaemon(processId: number): boolean {
  try {
    // A pid that lives again belongs to something else: look at what it runs.
    return readFileSync(`/proc/${processId}/cmdline`, "utf8").includes("daemon/main.ts");
  } catch {
    return false;
  }
}

/** When the instance was last used: the time of its messages.log. */
export function lastUsed(messagesLog: string): Date | undefined {
  try {
    return statSync(messagesLog).mtime;
  } catch {
    return undefined;
  }
}

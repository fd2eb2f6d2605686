/** The file in which the ISCAgent of a container says that it runs. */

import { readFileSync } from "node:fs";

/** An agent that runs. */
interface RunningAgent {
  readonly processId: number;
  readonly port: number;
}

/** What the agent writes when it listens. Assumed: what the product writes was never seen. */
export const agentRuns = ({ processId, port }: RunningAgent): string =>
  `running ${String(processId)} ${String(port)}`;

/** The agent the file names, if that process runs and is one. */
export function runningAgent(statusFile: string): RunningAgent | undefined {
  try {
    const [, processId, port] = /^running (\d+) (\d+)/.exec(readFileSync(statusFile, "utf8")) ?? [];
    if (processId === undefined) return undefined;
    const command = readFileSync(`/proc/${processId}/cmdline`, "utf8");
    const isAgent = command.includes("agent-main.ts") && Number(processId) !== process.pid;
    return isAgent ? { processId: Number(processId), port: Number(port) } : undefined;
  } catch {
    return undefined;
  }
}

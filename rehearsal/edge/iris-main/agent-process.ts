/** Starts the ISCAgent beside the instance: a process of its own, so that it answers for an
 *  instance that is dead. */

import { spawn } from "node:child_process";
import { processGone } from "../command/process-gone.ts";
import { runningAgent } from "../mirror/agent-status.ts";
import type { Places } from "../places.ts";
import type { MainLog } from "./main-log.ts";

/** Starts it through the script administrators know; resolves when it listens, or did not start,
 *  which the log says. Source: captured container logs (the command is over before the instance
 *  starts). */
export async function startAgent(places: Places, port: number, log: MainLog): Promise<void> {
  const script = `${places.registryDirectory}/startISCAgent.sh`;
  log.info(`Starting ISC Agent with command "${script} ${port}"`);
  const child = spawn(script, [String(port)], { stdio: ["ignore", "inherit", "inherit"] });
  const status = await new Promise<number>((resolve) => {
    child.once("error", () => resolve(127));
    child.once("exit", (code) => resolve(code ?? 128));
  });
  // The product prints the raw wait status: 256 for exit 1.
  if (status !== 0) log.error(`Command "${script} ${port}" exited with status ${status * 256}`);
}

/** Ends the agent of this container, whoever started it, and resolves when it is gone. */
export async function stopAgent(places: Places): Promise<void> {
  const agent = runningAgent(`${places.registryDirectory}/iscagent.status`);
  if (agent === undefined) return;
  process.kill(agent.processId, "SIGTERM");
  await processGone(agent.processId);
}

/** Stops the instance: asks the daemon to hand over and close, waits until its process is gone. */

import { existsSync } from "node:fs";
import { ask, InstanceDown } from "../control/client.ts";
import type { Places } from "../places.ts";
import { runningDaemon } from "./daemon-file.ts";
import { processGone } from "./process-gone.ts";

/** How an instance is stopped. */
export interface StopOptions {
  /** False for `nofailover`: the backup is not told to take over. Source: GSA. */
  readonly mayFailOver: boolean;
}

/** Stops and resolves when nothing of the daemon is left. An instance that does not run is left
 *  as it is. Takes as long as the work takes: the caller sets limits, if any. */
export async function stopInstance(places: Places, options: StopOptions): Promise<void> {
  const daemon = runningDaemon(places.daemonFile);
  if (daemon === undefined) return;
  if (existsSync(places.controlSocket)) {
    try {
      await ask(places.controlSocket, { ask: "stop", mayFailOver: options.mayFailOver });
    } catch (error) {
      // It may end so fast that the answer is lost; what counts is that the process is gone.
      if (!(error instanceof InstanceDown)) throw error;
    }
  }
  await processGone(daemon.processId);
}

/** `iris force`: like a crash. Source: GSA (last resort). */
export async function forceDown(places: Places): Promise<void> {
  const daemon = runningDaemon(places.daemonFile);
  if (daemon === undefined) return;
  process.kill(daemon.processId, "SIGKILL");
  await processGone(daemon.processId);
}

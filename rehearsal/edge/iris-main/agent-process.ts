/** Starts the ISCAgent beside the instance: a process of its own, so that it answers for an
 *  instance that is dead. */

import { spawn } from "node:child_process";
import type { Places } from "../places.ts";
import type { MainLog } from "./main-log.ts";

/** The running agent. */
export interface AgentProcess {
  /** Ends it and resolves when it is gone. */
  stop(): Promise<void>;
}

/** Starts it through the script administrators know. */
export function startAgent(places: Places, port: number, log: MainLog): AgentProcess {
  const script = `${places.registryDirectory}/startISCAgent.sh`;
  log.info(`Starting ISC Agent with command "${script} ${port}"`);
  const child = spawn(script, [String(port)], { stdio: ["ignore", "inherit", "inherit"] });
  const gone = new Promise<void>((resolve) => {
    child.once("error", (error) => {
      log.error(`ISC Agent: ${error.message}`);
      resolve();
    });
    child.once("close", () => resolve());
  });
  return {
    async stop() {
      child.kill("SIGTERM");
      await gone;
    },
  };
}

/** Runs a user's hook (`--before`, `--after` …) through a shell, as the product does: hook files
 *  without a first line, `&&` and quotes work. */

import { spawn } from "node:child_process";
import type { MainLog } from "./main-log.ts";

/** Resolves when the hook has ended. A failing hook is reported and does not end the container.
 *  Assumed: the product's reaction to a failing hook is not documented. */
export async function runHook(command: string, log: MainLog): Promise<void> {
  log.info(`Executing command ${command}...`);
  const child = spawn("/bin/sh", ["-c", command], { stdio: ["ignore", "inherit", "inherit"] });
  const status = await new Promise<number>((resolve) => {
    child.once("error", () => resolve(127));
    child.once("close", (code, signal) => resolve(code ?? (signal === null ? 1 : 128)));
  });
  if (status === 0) log.info(`...executed command ${command}`);
  // The product prints the raw wait status: 256 for exit 1.
  else log.error(`Command "${command}" exited with status ${status * 256}`);
}

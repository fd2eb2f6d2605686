/** `--password-file`: runs the product's script for it. Source: ADOCK_iris_iscmain. */

import { spawn } from "node:child_process";
import { StartFailure } from "../command/start.ts";
import type { Places } from "../places.ts";

/** Has the script take the password.
 *  @throws StartFailure when it did not. Assumed: the start ends then, as for a missing key. */
export async function takePassword(file: string, places: Pick<Places, "installDirectory">) {
  const script = `${places.installDirectory}/dev/Container/changePassword.sh`;
  const child = spawn(script, [file], { stdio: ["ignore", "inherit", "pipe"] });
  let said = "";
  child.stderr.on("data", (bytes: Buffer) => (said += bytes.toString("utf8")));
  const status = await new Promise<number>((resolve) => {
    child.once("error", (error) => {
      said = error.message;
      resolve(127);
    });
    child.once("close", (code) => resolve(code ?? 128));
  });
  if (status !== 0) throw new StartFailure(said.trim());
}

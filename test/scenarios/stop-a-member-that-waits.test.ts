/** What happens: an instance whose merge file joins a mirror waits at its start for a primary that
 *  never comes, and its container is stopped.
 *  What must hold: the stop ends the start at once, without a kill.
 *  How it is measured: exit status and log of the container. */

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { budgets } from "../support/budgets.ts";
import { docker } from "../support/docker.ts";
import { run } from "../support/run.ts";
import { sharedStack } from "../support/shared-stack.ts";
import { waitFor } from "../support/wait.ts";

const { stack } = sharedStack();

/** As release 2022.1 names it; nobody is called so. */
const mergeFile = `[Startup]
MirrorSetName=WAITING
MirrorMember=backup
MirrorPrimary=nobody-is-called-so
`;

/** What a killed container ends with. */
const killed = 137;

it("ends its start at once", async () => {
  const folder = mkdtempSync(join(tmpdir(), "iris-mirror-merge-"));
  const name = stack.container("waits");
  // The instance's user reads it.
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, "merge.cpf"), mergeFile);
  const image = (
    await docker(["container", "inspect", "-f", "{{.Config.Image}}", stack.container("mirrorA")])
  ).trim();
  const logs = async (): Promise<string> => (await run("docker", ["logs", name])).text;
  try {
    const mount = ["-v", `${folder}:/merge:ro`, "-e", "ISC_CPF_MERGE_FILE=/merge/merge.cpf"];
    await docker(["run", "-d", "--name", name, "-h", "waits", ...mount, image]);
    await waitFor("it waits for its primary", budgets.memberBackMs, async () =>
      (await logs()).includes("ConfigMirror waits for") ? true : undefined,
    );

    await docker(["stop", name]);

    const state = await docker(["container", "inspect", "-f", "{{.State.ExitCode}}", name]);
    expect(Number(state)).not.toBe(killed);
    expect(await logs()).toMatch(/Shutdown complete[^]*stopped while it was starting/);
  } finally {
    await docker(["rm", "-f", "-v", name]);
    rmSync(folder, { recursive: true, force: true });
  }
});

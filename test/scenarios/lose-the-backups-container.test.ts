/** What happens: somebody removes the backup's container by force.
 *  What must hold: preview shows it, up brings it back on its old volume with its data, and it is
 *  the backup again.
 *  How it is measured: Pulumi's preview, `iris qlist`, records from before and meanwhile. */

import { expect, it } from "vitest";
import { budgets } from "../support/budgets.ts";
import { docker } from "../support/docker.ts";
import { wholePair } from "../support/mirror-state.ts";
import { line, session } from "../support/session.ts";
import { sharedStack } from "../support/shared-stack.ts";
import { waitFor } from "../support/wait.ts";

const { stack } = sharedStack();

it("preview shows the missing container and up repairs it with the data still there", async () => {
  const { primary, backup } = await wholePair(stack);
  await session(stack.container(primary), "COMPANY", ['set ^lost("before")=1']);

  await docker(["rm", "-f", stack.container(backup)]);
  await session(stack.container(primary), "COMPANY", ['set ^lost("meanwhile")=1']);
  const preview = await stack.preview();
  await stack.up();

  expect(preview.text).toMatch(new RegExp(`\\+ docker:index/container:Container: \\(create\\)`));
  expect(preview.text).toContain(stack.container(backup));
  expect(await wholePair(stack)).toEqual({ primary, backup });
  const records = 'write $get(^lost("before"))_$get(^lost("meanwhile"))';
  await waitFor("both records on the backup", budgets.recordArrivesMs, async () =>
    (await line(stack.container(backup), "COMPANY", records)) === "11" ? true : undefined,
  );
  await stack.expectNoChanges();
});

/** What happens: `docker restart` of each member.
 *  What must hold: the mirror stays; after the primary's restart the other is primary, no record is
 *  lost, and the preview is empty: a role is an output.
 *  How it is measured: `iris qlist` before and after, a record, Pulumi's verdict. */

import { expect, it } from "vitest";
import { docker } from "../support/docker.ts";
import { wholePair } from "../support/mirror-state.ts";
import { line, session } from "../support/session.ts";
import { sharedStack } from "../support/shared-stack.ts";

const { stack } = sharedStack();

it("after a restart of the backup everybody is what they were", async () => {
  const before = await wholePair(stack);

  await docker(["restart", stack.container(before.backup)]);

  expect(await wholePair(stack)).toEqual(before);
  await stack.expectNoChanges();
});

it("after a restart of the primary the other is primary and nothing is to be repaired", async () => {
  const before = await wholePair(stack);
  await session(stack.container(before.primary), "COMPANY", ['set ^restart="kept"']);

  await docker(["restart", stack.container(before.primary)]);

  const after = await wholePair(stack);
  expect(after).toEqual({ primary: before.backup, backup: before.primary });
  expect(await line(stack.container(after.primary), "COMPANY", "write ^restart")).toBe("kept");
  expect(await line(stack.container(after.backup), "COMPANY", "write ^restart")).toBe("kept");
  await stack.expectNoChanges();
});

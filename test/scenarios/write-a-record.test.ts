/** What happens: records are written on the primary, and somebody tries to write on the backup.
 *  What must hold: the backup has each record within a second and refuses writes of its own.
 *  How it is measured: sessions as an administrator opens them. */

import { expect, it } from "vitest";
import { budgets } from "../support/budgets.ts";
import { wholePair } from "../support/mirror-state.ts";
import { line, session } from "../support/session.ts";
import { sharedStack } from "../support/shared-stack.ts";
import { waitFor } from "../support/wait.ts";

const { stack } = sharedStack();

it.for(["COMPANY", "CUSTOMER", "PERSONAL"])(
  "a record written in %s on the primary is read on the backup",
  async (namespace) => {
    const { primary, backup } = await wholePair(stack);
    const written = `written ${Date.now()}`;

    await session(stack.container(primary), namespace, [`set ^record(1)="${written}"`]);

    const arrived = await waitFor("the record", budgets.recordArrivesMs, async () => {
      const seen = await line(stack.container(backup), namespace, "write $get(^record(1))");
      return seen === written ? seen : undefined;
    });
    expect(arrived).toBe(written);
  },
);

it("a write on the backup prints the product's error and changes nothing", async () => {
  const { primary, backup } = await wholePair(stack);
  await session(stack.container(primary), "COMPANY", ['set ^guarded="by the primary"']);

  const [refused, after] = await session(stack.container(backup), "COMPANY", [
    'set ^guarded="by the backup"',
    "write ^guarded",
  ]);

  expect(refused).toBe(
    '\nSET ^guarded="by the backup"\n^\n<PROTECT> ^guarded,/dur/iconfig/mgr/company/',
  );
  expect(after).toBe("by the primary");
  expect(await line(stack.container(primary), "COMPANY", "write ^guarded")).toBe("by the primary");
});

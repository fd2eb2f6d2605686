/** What happens: plain sets, outside of a transaction, and then a kill of the primary's instance.
 *  What must hold: they promise nothing. One that was not flushed yet is lost, here as on the
 *  product, and nothing before it.
 *  Source: RCPF_SYNCHCOMMIT and GHA_mirror_set_sync; that a plain set waits for no flush follows.
 *  How it is measured: one client, alone on the mirror, because any commit flushes for all. */

import { expect, it } from "vitest";
import { budgets } from "../support/budgets.ts";
import { wholePair } from "../support/mirror-state.ts";
import { line } from "../support/session.ts";
import { TestStack } from "../support/test-stack.ts";
import { waitFor } from "../support/wait.ts";
import { Conversation } from "./conversation.ts";
import { Faults } from "./faults.ts";
import { drillStack } from "./stacks.ts";

/** A set lies in the buffer for a tenth of a second; one that was told within this time since it
 *  was asked for is still there. */
const certainlyBufferedMs = 50;

/** Sets before the kill: they are old enough. */
const flushedSets = 100;

it("a plain set that was told and not flushed is lost by a kill, and none before it", async () => {
  const { name, folder } = drillStack("withArbiter");
  const stack = TestStack.existing(name, folder);
  const { primary, backup } = await wholePair(stack);
  const faults = new Faults(stack);
  const kill = await faults.aim(primary);
  const session = new Conversation(stack.container(primary), "COMPANY");
  const global = `plain${Date.now()}`;

  const set = async (number: number): Promise<number> => {
    const asked = performance.now();
    const text = `set ^${global}(${number})=1 write "told ${number}",!`;
    const told = await session.ask(text, (answer) => answer === `told ${number}`);
    if (told === undefined) throw new Error(`Set ${number} on ${primary} was not answered`);
    return performance.now() - asked;
  };
  for (let number = 1; number <= flushedSets; number++) await set(number);
  const count = `set n=0,k="" for { set k=$order(^${global}(k)) quit:k=""  set n=n+1 } write n`;
  await waitFor("the sets on the backup", budgets.recordArrivesMs, async () => {
    const held = await line(stack.container(backup), "COMPANY", count);
    return held === String(flushedSets) ? true : undefined;
  });
  // Each is the first in an empty buffer. On a busy machine the answer of one may come too late.
  const last = await waitFor("an answer while the set is buffered", budgets.memberBackMs, setOne());
  kill();
  await session.close();
  await faults.startInstance(primary);
  await wholePair(stack);

  for (const member of [primary, backup]) {
    expect(Number(await line(stack.container(member), "COMPANY", count))).toBe(last - 1);
  }

  function setOne(): () => Promise<number | undefined> {
    let number = flushedSets;
    return async () => {
      number += 1;
      return (await set(number)) < certainlyBufferedMs ? number : undefined;
    };
  }
});

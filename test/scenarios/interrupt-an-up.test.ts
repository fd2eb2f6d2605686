/** What happens: an `up` is ended in its middle, by Ctrl-C or by `kill -9`: a first deploy, one
 *  that brings a database with data into the mirror, one that adds an async.
 *  What must hold: the next `up` repairs it; afterwards the mirror is whole, nothing is lost,
 *  nothing is frozen, nothing is left to change.
 *  How it is measured: the step is drawn (and printed) or, by `npm run test:interrupt`, each one in
 *  turn; Pulumi's verdict, the status, records read and written in sessions. */

import { describe, expect, it } from "vitest";
import { Checkout } from "../support/checkout.ts";
import { type History, histories } from "../support/histories.ts";
import { interruptedUp } from "../support/interrupted-up.ts";
import { wholePair } from "../support/mirror-state.ts";
import { TestStack } from "../support/test-stack.ts";

/** One step of one history. */
interface Moment {
  readonly history: History;
  readonly at: number;
}

const everything: readonly Moment[] = histories.flatMap((history) =>
  Array.from({ length: history.steps }, (_, index) => ({ history, at: index + 1 })),
);

const wanted = process.env["IRIS_MIRROR_INTERRUPT"];
const given = process.env["IRIS_MIRROR_INTERRUPT_AT"];

function nameOf({ history, at }: Moment): string {
  return `${history.name}/${at}`;
}

/** All, those of one history, the one that is given, or one that is drawn. */
function moments(): Moment[] {
  if (wanted === "every") return [...everything];
  const drawn = everything[Math.floor(Math.random() * everything.length)];
  const chosen = everything.filter((moment) =>
    given === undefined
      ? moment === drawn
      : nameOf(moment) === given || moment.history.name === given,
  );
  if (chosen.length === 0) throw new Error(`IRIS_MIRROR_INTERRUPT_AT: there is no step ${given}`);
  return chosen;
}

const chosen = moments().map((moment) => ({ ...moment, name: nameOf(moment) }));

describe.for(["SIGINT", "SIGKILL"] as const)("an up ended by %s", (signal) => {
  it.for(chosen)(`in its step $name is repaired by the next up`, async ({ history, at }) => {
    using checkout = new Checkout();
    await using stack = await TestStack.create(checkout);
    await history.begin(stack);

    await interruptedUp(stack, at, signal);
    await stack.up();

    await wholePair(stack);
    await history.holds(stack);
    const status = await stack.tool("operate.mjs", ["status", "--stack", stack.name]);
    expect(status.code, status.text).toBe(0);
    await stack.expectNoChanges();
  });
});

/** What happens: an `up` is ended in its middle, by Ctrl-C or by `kill -9`.
 *  What must hold: the next `up` repairs it; afterwards the mirror is whole and nothing is left to
 *  change.
 *  How it is measured: the step is drawn (and printed) or, by `npm run test:interrupt`, each one in
 *  turn; Pulumi's verdict and `iris qlist` at the end. */

import { describe, it } from "vitest";
import { Checkout } from "../support/checkout.ts";
import { interruptedUp } from "../support/interrupted-up.ts";
import { wholePair } from "../support/mirror-state.ts";
import { TestStack } from "../support/test-stack.ts";

/** How many resources Pulumi begins to create in a first deploy of the small topology. */
const steps = 25;

const everyStep = process.env["IRIS_MIRROR_INTERRUPT"] === "every";
const drawn = Number(
  process.env["IRIS_MIRROR_INTERRUPT_AT"] ?? 1 + Math.floor(Math.random() * steps),
);
const moments = everyStep ? Array.from({ length: steps }, (_, index) => index + 1) : [drawn];

describe.for(["SIGINT", "SIGKILL"] as const)("an up ended by %s", (signal) => {
  it.for(moments)(`in its step %i is repaired by the next up`, async (moment) => {
    using checkout = new Checkout();
    await using stack = await TestStack.create(checkout);

    await interruptedUp(stack, moment, signal);
    await stack.up();

    await wholePair(stack);
    await stack.expectNoChanges();
  });
});

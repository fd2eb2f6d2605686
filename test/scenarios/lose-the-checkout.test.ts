/** What happens: the checkout is lost and the project is cloned anew, elsewhere.
 *  What must hold: the new checkout manages the same stack and finds nothing to change.
 *  How it is measured: Pulumi's verdict from the new folder. */

import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "vitest";
import { Checkout } from "../support/checkout.ts";
import { sharedStack } from "../support/shared-stack.ts";
import { TestStack } from "../support/test-stack.ts";

const { stack } = sharedStack();

it("a new checkout in another folder manages the same stack", async () => {
  using anew = new Checkout();
  // The topology is the user's own file, kept wherever they keep theirs.
  const file = `Pulumi.${stack.name}.yaml`;
  copyFileSync(join(stack.folder, file), join(anew.folder, file));

  await TestStack.existing(stack.name, anew.folder).expectNoChanges();
});

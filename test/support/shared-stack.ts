/** One deployed stack for all scenarios that leave it whole: deployed once, before the first. */

import { inject } from "vitest";
import type { TestProject } from "vitest/node";
import { Checkout } from "./checkout.ts";
import { TestStack } from "./test-stack.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Name of the stack, the checkout it is used through, and what the first `up` said. */
    sharedStack: { readonly name: string; readonly folder: string; readonly firstUp: string };
  }
}

/** Deploys before the scenarios; removes everything behind them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const checkout = new Checkout();
  const stack = await TestStack.create(checkout);
  const teardown = async () => {
    await stack[Symbol.asyncDispose]();
    checkout[Symbol.dispose]();
  };
  try {
    const firstUp = await stack.up();
    project.provide("sharedStack", { name: stack.name, folder: checkout.folder, firstUp });
  } catch (error) {
    await teardown();
    throw error;
  }
  return teardown;
}

/** The shared stack. Whoever uses it leaves a whole pair and an empty preview. */
export function sharedStack(): { readonly stack: TestStack; readonly firstUp: string } {
  const { name, folder, firstUp } = inject("sharedStack");
  return { stack: TestStack.existing(name, folder), firstUp };
}

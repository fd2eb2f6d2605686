/** Two deployed mirrors for all drills, with and without an arbiter: deployed once. */

import { inject } from "vitest";
import type { TestProject } from "vitest/node";
import { Checkout } from "../support/checkout.ts";
import { commitSynchronously } from "../support/ledger.ts";
import { freePorts } from "../support/ports.ts";
import { smallTopology, TestStack } from "../support/test-stack.ts";

/** What a drill needs to know of a deployed mirror. */
export interface DrillStack {
  readonly name: string;
  readonly folder: string;
}

/** The kinds of mirror that drills are played on. */
export type Kind = "withArbiter" | "withoutArbiter";

declare module "vitest" {
  interface ProvidedContext {
    drillStacks: Readonly<Record<Kind, DrillStack>>;
    /** libfaketime of this machine; without it no clock goes wrong. */
    faketimeLibrary: string | undefined;
  }
}

/** QoS timeout of the drills' mirrors; the product's default is 8000. */
export const qosTimeoutMs = Number(process.env["IRIS_MIRROR_QOS"] ?? 2000);

async function deploy(checkout: Checkout, stacks: TestStack[], kind: Kind): Promise<DrillStack> {
  const stack = await TestStack.create(checkout, {
    ...smallTopology(await freePorts(2)),
    qosTimeoutMs,
    ...(kind === "withoutArbiter" ? { arbiter: false } : {}),
  });
  stacks.push(stack);
  await stack.up();
  for (const member of ["mirrorA", "mirrorB"]) await commitSynchronously(stack.container(member));
  return { name: stack.name, folder: stack.folder };
}

/** Deploys before the drills; removes everything behind them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const checkout = new Checkout();
  const stacks: TestStack[] = [];
  const teardown = async () => {
    for (const stack of stacks) await stack[Symbol.asyncDispose]();
    checkout[Symbol.dispose]();
  };
  try {
    const withArbiter = await deploy(checkout, stacks, "withArbiter");
    const withoutArbiter = await deploy(checkout, stacks, "withoutArbiter");
    project.provide("faketimeLibrary", process.env["IRIS_MIRROR_FAKETIME"]);
    project.provide("drillStacks", { withArbiter, withoutArbiter });
  } catch (error) {
    await teardown();
    throw error;
  }
  return teardown;
}

/** A deployed mirror of this kind. Each drill leaves it whole. */
export function drillStack(kind: Kind): DrillStack {
  return inject("drillStacks")[kind];
}

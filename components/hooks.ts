/** The last guards of a container: they act at the moment Pulumi deletes or creates one, whatever
 *  the reason (a new specification, a changed network, a member taken out). The order of steps is
 *  the first guard; these hold where it was not asked. This is the one file of the program that
 *  starts processes. */

import { execFile } from "node:child_process";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import {
  addressByContainer,
  contractVersion,
  labels,
  type VerbInput,
} from "../operate/contract.ts";
import { everyoneGoes } from "./environment.ts";
import type { Plan } from "./plan/plan.ts";

/** Hooks for each kind of container. */
export interface ContainerHooks {
  readonly member: pulumi.ResourceHookBinding;
  readonly arbiter: pulumi.ResourceHookBinding;
}

/** A container as the provider's inputs describe it, old or new. */
const containerInputs = z.object({
  name: z.string(),
  destroyGraceSeconds: z.number().default(300),
  labels: z.array(z.object({ label: z.string(), value: z.string() })).default([]),
});
type ContainerInputs = z.infer<typeof containerInputs>;

/** Declares the hooks. Their names stand in the state: a member that is no longer in the topology
 *  is guarded by the same ones. `undefined` where nobody would call them, as under mocks. */
export function containerHooks(plan: Plan): ContainerHooks | undefined {
  const monitor: unknown = pulumi.runtime.getMonitor();
  if (typeof monitor !== "object" || monitor === null || !("registerResourceHook" in monitor)) {
    return undefined;
  }
  const clearStale = new pulumi.ResourceHook("clear-stale", async ({ newInputs }) => {
    await runVerb("clear-stale", clearStaleInput(plan, containerInputs.parse(newInputs)));
  });
  const mayGo = new pulumi.ResourceHook("may-go", async ({ oldInputs }) => {
    await runVerb("may-go", mayGoInput(plan, containerInputs.parse(oldInputs)));
  });
  return {
    member: { beforeCreate: [clearStale], beforeDelete: [mayGo] },
    arbiter: { beforeCreate: [clearStale] },
  };
}

function labelOf({ labels: found }: ContainerInputs, label: string): string {
  return found.find((entry) => entry.label === label)?.value ?? "";
}

function clearStaleInput(plan: Plan, container: ContainerInputs): VerbInput<"clear-stale"> {
  return {
    version: contractVersion,
    container: container.name,
    stack: plan.stack,
    member: labelOf(container, labels.member),
    graceSeconds: container.destroyGraceSeconds,
  };
}

function mayGoInput(plan: Plan, container: ContainerInputs): VerbInput<"may-go"> {
  const key = labelOf(container, labels.member);
  const members = { ...plan.failover, ...plan.async };
  const previous = members[members[key]?.after ?? ""];
  return {
    version: contractVersion,
    mirror: plan.mirror.name,
    member: members[key]?.address ?? addressByContainer(key, container.name),
    failover: Object.values(plan.failover).map(({ address }) => address),
    ...(previous === undefined ? {} : { previous: previous.address }),
    everyoneGoes,
  };
}

/** Runs a verb as the steps do.
 *  @throws Error with the verb's own words when it refuses or fails */
function runVerb(verb: "may-go" | "clear-stale", input: object): Promise<void> {
  return new Promise((done, fail) => {
    const child = execFile(process.execPath, ["operate/step.ts", verb], (error, _, stderr) => {
      if (error === null) done();
      else fail(new Error(stderr.trim() === "" ? error.message : stderr.trim()));
    });
    child.stdin?.end(JSON.stringify(input));
  });
}

import type * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { declareContainer } from "./container.ts";
import type { ContainerPlan } from "./plan/plan.ts";

/** What an arbiter is made from. */
export interface ArbiterArgs {
  readonly stack: string;
  readonly plan: ContainerPlan;
  /** The mirror's network; its name stands in the plan. */
  readonly network: docker.Network;
  /** Last guards of the container. @default none, as under mocks */
  readonly hooks?: pulumi.ResourceHookBinding | undefined;
}

/** The arbiter: an ISCAgent of its own that both failover members reach. With it the backup takes
 *  over when the primary is lost; without it, nobody does.
 *
 *  State: none. A change replaces the container; meanwhile the mirror is agent controlled. */
export class Arbiter extends pulumi.ComponentResource {
  /** Hostname by which the mirror knows it. */
  readonly hostname: string;
  /** The container, for what must come after it. */
  readonly container: docker.Container;

  constructor(name: string, args: ArbiterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("irismirror:index:Arbiter", name, {}, opts);
    const { stack, plan, network, hooks } = args;

    this.container = declareContainer(name, stack, plan, {
      parent: this,
      dependsOn: [network],
      ...(hooks === undefined ? {} : { hooks }),
    });

    this.hostname = plan.specification.hostname;
    this.registerOutputs({ hostname: this.hostname });
  }
}

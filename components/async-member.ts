import type * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { Member } from "./member.ts";
import type { AsyncPlan, Plan } from "./plan/plan.ts";
import { mirrorComponent } from "./plan/step-names.ts";

/** What an async member is made from. */
export interface AsyncMemberArgs {
  readonly plan: Plan;
  /** The member's own part of the plan. */
  readonly own: AsyncPlan;
  /** The mirror's network; its name stands in the plan. */
  readonly network: docker.Network;
  /** Async whose new container must be ready before this one's is replaced.
   *  @default none: containers are created side by side */
  readonly after?: Member | undefined;
  /** What else the container waits for. @default nothing */
  readonly containerAfter?: readonly pulumi.Resource[];
  /** Last guards of the container. @default none, as under mocks */
  readonly hooks?: pulumi.ResourceHookBinding | undefined;
}

/** An async member: one instance that follows the mirror and never takes over by itself. Its steps
 *  after the mirror was formed are declared by `membership.ts`, as those of the pair.
 *
 *  State: as `Member`. Taken out of the topology, it leaves the mirror and its volume stays. */
export class AsyncMember extends pulumi.ComponentResource {
  /** Key in the topology, hostname and network alias. */
  readonly hostname: string;
  /** Result of the step after which the instance can join. */
  readonly prepared: pulumi.Output<string>;

  /** The instance. */
  readonly member: Member;

  constructor(name: string, args: AsyncMemberArgs, opts: AsyncMemberOptions) {
    super("irismirror:index:AsyncMember", name, {}, opts);
    const { plan, own, network, after, containerAfter, hooks } = args;

    this.member = new Member(
      name,
      {
        ...{ stack: plan.stack, plan: own, network, code: plan.code, markers: plan.markers },
        ...{ after, containerAfter: containerAfter ?? [], hooks },
      },
      // A failover member that was demoted and then moved here keeps its container and volume.
      { parent: this, aliases: [{ parent: failoverPairUrn(opts.parent) }] },
    );

    this.hostname = name;
    this.prepared = this.member.prepared;
    this.registerOutputs({ hostname: this.hostname, prepared: this.prepared });
  }
}

/** An async is always part of a mirror: the alias of its member names it. */
export type AsyncMemberOptions = pulumi.ComponentResourceOptions & {
  readonly parent: pulumi.Resource;
};

function failoverPairUrn(mirror: pulumi.Resource): pulumi.Output<string> {
  return pulumi.createUrn(mirrorComponent, "irismirror:index:FailoverPair", mirror);
}

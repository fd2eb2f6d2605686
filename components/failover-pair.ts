import type { local } from "@pulumi/command";
import type * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { contractVersion } from "../operate/contract.ts";
import { Member } from "./member.ts";
import { type JoinedMember, joinMirror, resultsOf } from "./membership.ts";
import type { MemberPlan, Plan } from "./plan/plan.ts";
import { mirrorStep } from "./plan/step-names.ts";
import { declareStep } from "./step.ts";

/** What a failover pair is made from. */
export interface FailoverPairArgs {
  readonly plan: Plan;
  /** The mirror's network; its name stands in the plan. */
  readonly network: docker.Network;
  /** What the mirror is formed after: the arbiter, where there is one. */
  readonly formedAfter: readonly pulumi.Resource[];
  /** Asyncs by key, which a roll may put before a member of the pair. */
  readonly asyncs: ReadonlyMap<string, Member>;
  /** Last guards of the containers. @default none, as under mocks */
  readonly hooks?: pulumi.ResourceHookBinding | undefined;
}

/** The failover members and the mirror they form. Which of them is primary is nobody's wish.
 *
 *  State: the mirror itself lives in the members' volumes and stays when this goes. */
export class FailoverPair extends pulumi.ComponentResource {
  /** Result of the step that formed the mirror, or found it. */
  readonly formed: pulumi.Output<string>;
  /** Results of the steps that made each instance a member, by key. */
  readonly joined: Readonly<Record<string, pulumi.Output<string>>>;

  /** The step that formed the mirror. */
  readonly form: local.Command;
  /** The members, in the order of their keys. */
  readonly members: readonly JoinedMember[];

  constructor(name: string, args: FailoverPairArgs, opts: FailoverPairOptions) {
    super("irismirror:index:FailoverPair", name, {}, opts);
    const { plan } = args;

    const members = this.instances(args, opts.parent);
    this.form = this.mirror(args, members);
    this.members = members.map((member) =>
      joinMirror(member, plan, { eligibility: "failover", form: this.form }),
    );

    this.formed = this.form.stdout;
    this.joined = Object.fromEntries(
      this.members.map(({ member, joined }) => [member.hostname, joined.stdout]),
    );
    this.registerOutputs({ formed: this.formed, joined: this.joined });
  }

  /** Results of every step of the pair. */
  get results(): pulumi.Output<string>[] {
    return [this.formed, ...this.members.flatMap(resultsOf)];
  }

  /** Members in rolling order: whoever waits for another comes after it. */
  private instances(args: FailoverPairArgs, mirror: pulumi.Resource): Member[] {
    const made = new Map(args.asyncs);
    const plans = Object.entries(args.plan.failover);
    const rank = ({ after }: MemberPlan) => (after === undefined || made.has(after) ? 0 : 1);
    for (const [key, plan] of plans.toSorted(([, one], [, other]) => rank(one) - rank(other))) {
      made.set(
        key,
        new Member(
          key,
          {
            stack: args.plan.stack,
            plan,
            network: args.network,
            code: args.plan.code,
            markers: args.plan.markers,
            after: plan.after === undefined ? undefined : made.get(plan.after),
            containerAfter: args.plan.arbiterFirst ? args.formedAfter : [],
            hooks: args.hooks,
          },
          // A DR async that is promoted and then moved here keeps its container and volume.
          { parent: this, aliases: [{ parent: asyncMemberUrn(key, mirror) }] },
        ),
      );
    }
    return plans.flatMap(([key]) => made.get(key) ?? []);
  }

  private mirror(args: FailoverPairArgs, members: readonly Member[]) {
    const { plan, formedAfter } = args;
    return declareStep(
      mirrorStep("form"),
      {
        verb: "form",
        input: {
          version: contractVersion,
          mirror: plan.mirror,
          failover: Object.values(plan.failover).map(({ address }) => address),
        },
        markers: plan.markers,
      },
      { parent: this, dependsOn: [...members.map(({ preparing }) => preparing), ...formedAfter] },
    );
  }
}

/** The pair is always part of a mirror: the aliases of its members name it. */
export type FailoverPairOptions = pulumi.ComponentResourceOptions & {
  readonly parent: pulumi.Resource;
};

function asyncMemberUrn(key: string, mirror: pulumi.Resource): pulumi.Output<string> {
  return pulumi.createUrn(key, "irismirror:index:AsyncMember", mirror);
}

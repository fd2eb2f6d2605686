import type * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { contractVersion, type VerbOutput, verbs } from "../operate/contract.ts";
import { Arbiter } from "./arbiter.ts";
import { MirroredDatabase } from "./database.ts";
import { FailoverPair } from "./failover-pair.ts";
import type { ContainerHooks } from "./hooks.ts";
import { holdDatabases, holdNamespaces } from "./membership.ts";
import { Namespace } from "./namespace.ts";
import { declareNetwork } from "./network.ts";
import type { Plan } from "./plan/plan.ts";
import { mirrorStep } from "./plan/step-names.ts";
import { declareStep } from "./step.ts";

/** What a mirror is made from. */
export interface IrisMirrorArgs {
  readonly plan: Plan;
  /** Last guards of the containers. @default none, as under mocks */
  readonly hooks?: ContainerHooks | undefined;
}

/** What is known of a member when everything was verified. */
export interface VerifiedMember {
  /** `Primary` or `Backup` at that moment; a failover changes it and is no drift. */
  readonly role: string;
  /** Address of its web server; absent where it is not published. */
  readonly url?: string;
  /** How to open a session in it. */
  readonly session: string;
}

/** A synchronized IRIS mirror: arbiter, failover members, mirrored databases, namespaces, and the
 *  proof that it replicates. */
export class IrisMirror extends pulumi.ComponentResource {
  /** Name of the mirror set. */
  readonly mirrorName: pulumi.Output<string>;
  /** The members as they were verified, by key. */
  readonly members: pulumi.Output<Record<string, VerifiedMember>>;
  /** `arbiter controlled` or `agent controlled`, as verified. */
  readonly failoverMode: pulumi.Output<string>;

  constructor(name: string, args: IrisMirrorArgs, opts?: pulumi.ComponentResourceOptions) {
    super("irismirror:index:IrisMirror", name, {}, opts);

    const network = declareNetwork(`${name}-network`, args.plan, this);
    const arbiter = this.arbiter(args, network);
    const pair = this.failoverPair(name, args, network, arbiter);
    const databases = this.databases(args, pair);
    const namespaces = this.namespaces(args);
    const held = pair.members.flatMap((joined) => {
      const copies = holdDatabases(joined, args.plan.mirror.name, databases);
      return [copies, holdNamespaces(joined.member, copies, namespaces)];
    });
    const verified = this.verify(args, [
      ...pair.results,
      ...[...databases.map(({ mirrored }) => mirrored), ...held].map(({ stdout }) => stdout),
    ]);

    this.mirrorName = verified.apply(() => args.plan.mirror.name);
    this.members = verified.apply(({ roles }) => verifiedMembers(args.plan, roles));
    this.failoverMode = verified.apply(({ failoverMode }) => failoverMode);
    this.registerOutputs({
      mirrorName: this.mirrorName,
      members: this.members,
      failoverMode: this.failoverMode,
    });
  }

  private arbiter({ plan, hooks }: IrisMirrorArgs, network: docker.Network): Arbiter | undefined {
    if (plan.arbiter === undefined) return undefined;
    return new Arbiter(
      plan.arbiter.specification.hostname,
      { stack: plan.stack, plan: plan.arbiter, network, hooks: hooks?.arbiter },
      { parent: this },
    );
  }

  private failoverPair(
    name: string,
    { plan, hooks }: IrisMirrorArgs,
    network: docker.Network,
    arbiter: Arbiter | undefined,
  ): FailoverPair {
    return new FailoverPair(
      name,
      {
        plan,
        network,
        formedAfter: arbiter === undefined ? [] : [arbiter.container],
        hooks: hooks?.member,
      },
      { parent: this },
    );
  }

  private databases({ plan }: IrisMirrorArgs, { form }: FailoverPair): MirroredDatabase[] {
    return plan.databases.map(
      (database) => new MirroredDatabase(database.name, { plan, database, form }, { parent: this }),
    );
  }

  private namespaces({ plan }: IrisMirrorArgs): Namespace[] {
    return plan.namespaces.map((wish) => new Namespace(wish.name, wish, { parent: this }));
  }

  /** Takes every result, so that whatever ran again is verified again. */
  private verify(
    { plan }: IrisMirrorArgs,
    results: readonly pulumi.Output<string>[],
  ): pulumi.Output<VerbOutput<"verify">> {
    const step = declareStep(
      mirrorStep("verify"),
      {
        verb: "verify",
        input: {
          version: contractVersion,
          mirror: plan.mirror,
          failover: Object.values(plan.failover).map(({ address }) => address),
          databases: plan.databases.map((database) => ({
            name: database.name,
            directory: database.directory,
          })),
          after: pulumi.all([...results]),
        },
        markers: plan.markers,
      },
      { parent: this },
    );
    return step.stdout.apply((text) => verbs.verify.output.parse(JSON.parse(text)));
  }
}

/** Members as a person looks for them. */
function verifiedMembers(
  plan: Plan,
  roles: Readonly<Record<string, string>>,
): Record<string, VerifiedMember> {
  return Object.fromEntries(
    Object.entries(plan.failover).map(([key, { address, url }]) => [
      key,
      {
        role: roles[key] ?? "unknown",
        ...(url === undefined ? {} : { url }),
        session: `docker exec -it ${address.container} iris session IRIS -U %SYS`,
      },
    ]),
  );
}

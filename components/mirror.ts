import type * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { contractVersion, type VerbInput, type VerbOutput, verbs } from "../operate/contract.ts";
import { SampleApp } from "./app.ts";
import { Arbiter } from "./arbiter.ts";
import { AsyncMember } from "./async-member.ts";
import { MirroredDatabase } from "./database.ts";
import { FailoverPair } from "./failover-pair.ts";
import type { ContainerHooks } from "./hooks.ts";
import type { Member } from "./member.ts";
import {
  holdDatabases,
  holdNamespaces,
  type JoinedMember,
  joinMirror,
  resultsOf,
} from "./membership.ts";
import { Namespace } from "./namespace.ts";
import { declareNetwork } from "./network.ts";
import type { Plan } from "./plan/plan.ts";
import { mirrorStep } from "./plan/step-names.ts";
import { holdSettings } from "./settings.ts";
import { declareStep } from "./step.ts";

/** What a mirror is made from. */
export interface IrisMirrorArgs {
  readonly plan: Plan;
  /** Last guards of the containers. @default none, as under mocks */
  readonly hooks?: ContainerHooks | undefined;
}

/** What is known of a member when everything was verified. */
export interface VerifiedMember {
  /** `Primary` or `Backup` at that moment; a failover changes it and is no drift. For an async its
   *  type, such as `Disaster Recovery`. */
  readonly role: string;
  /** Address of its web server; absent where it is not published. */
  readonly url?: string;
  /** How to open a session in it. */
  readonly session: string;
}

/** What the containers of the members are declared with. */
interface Ground {
  readonly network: docker.Network;
  readonly arbiter: Arbiter | undefined;
}

/** A synchronized IRIS mirror: arbiter, failover members, asyncs, mirrored databases, namespaces,
 *  and the proof that it replicates. */
export class IrisMirror extends pulumi.ComponentResource {
  /** Name of the mirror set. */
  readonly mirrorName: pulumi.Output<string>;
  /** The members as they were verified, by key. */
  readonly members: pulumi.Output<Record<string, VerifiedMember>>;
  /** `arbiter controlled` or `agent controlled`, as verified. */
  readonly failoverMode: pulumi.Output<string>;
  /** What was seen when it was verified, as sentences. */
  readonly checks: pulumi.Output<string[]>;

  constructor(name: string, args: IrisMirrorArgs, opts?: pulumi.ComponentResourceOptions) {
    super("irismirror:index:IrisMirror", name, {}, opts);

    const network = declareNetwork(`${name}-network`, args.plan, this);
    const ground = { network, arbiter: this.arbiter(args, network) };
    const asyncs = this.asyncMembers(args, ground);
    const pair = this.failoverPair(name, args, ground, asyncs);
    const databases = this.databases(args, pair);
    const namespaces = this.namespaces(args);
    const followers = joinAsyncs(args.plan, asyncs, pair);
    const held = [...pair.members, ...followers].flatMap((joined) => {
      const copies = holdDatabases(joined, args.plan, databases);
      const made = holdNamespaces(joined.member, copies, namespaces);
      return [copies, made, ...holdSettings(joined.member, args.plan)];
    });
    const verified = this.verify(args, [
      ...pair.results,
      ...followers.flatMap(resultsOf),
      ...databases.map(({ mirrored }) => mirrored.stdout),
      ...held.map(({ stdout }) => stdout),
      ...this.apps(args, held).map(({ result }) => result),
    ]);

    this.mirrorName = verified.apply(() => args.plan.mirror.name);
    this.members = verified.apply(({ roles }) => verifiedMembers(args.plan, roles));
    this.failoverMode = verified.apply(({ failoverMode }) => failoverMode);
    this.checks = verified.apply(({ checks }) => checks);
    this.registerOutputs({
      mirrorName: this.mirrorName,
      members: this.members,
      failoverMode: this.failoverMode,
      checks: this.checks,
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

  /** Asyncs in rolling order. They come before the pair, because a roll puts them before it. */
  private asyncMembers({ plan, hooks }: IrisMirrorArgs, ground: Ground): Map<string, Member> {
    const made = new Map<string, Member>();
    for (const [key, own] of Object.entries(plan.async)) {
      const { member } = new AsyncMember(
        key,
        {
          ...{ plan, own, network: ground.network, hooks: hooks?.member },
          after: own.after === undefined ? undefined : made.get(own.after),
          containerAfter: plan.arbiterFirst ? containersOf(ground) : [],
        },
        { parent: this },
      );
      made.set(key, member);
    }
    return made;
  }

  private failoverPair(
    name: string,
    { plan, hooks }: IrisMirrorArgs,
    ground: Ground,
    asyncs: ReadonlyMap<string, Member>,
  ): FailoverPair {
    return new FailoverPair(
      name,
      {
        ...{ plan, asyncs, network: ground.network },
        formedAfter: containersOf(ground),
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

  /** One after another, when every member has its namespaces. */
  private apps({ plan }: IrisMirrorArgs, after: readonly pulumi.Resource[]): SampleApp[] {
    return plan.apps.reduce<SampleApp[]>((made, app) => {
      const args = { plan, app, after, previous: made.at(-1) };
      return [...made, new SampleApp(app.name, args, { parent: this })];
    }, []);
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
          ...asyncsToVerify(plan),
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

function containersOf({ arbiter }: Ground): docker.Container[] {
  return arbiter === undefined ? [] : [arbiter.container];
}

/** Each async joins the mirror that is formed, after the pair. */
function joinAsyncs(
  plan: Plan,
  asyncs: ReadonlyMap<string, Member>,
  pair: FailoverPair,
): JoinedMember[] {
  const after = pair.members.map(({ joined }) => joined);
  return Object.entries(plan.async).flatMap(([key, { type }]) => {
    const member = asyncs.get(key);
    return member === undefined
      ? []
      : [joinMirror(member, plan, { eligibility: type, form: pair.form, after })];
  });
}

/** Nothing where there is none: a mirror without asyncs is verified by what it always was. */
function asyncsToVerify(plan: Plan): Pick<VerbInput<"verify">, "asyncs"> {
  const asyncs = Object.values(plan.async).map(({ address, type, holds }) => ({
    ...{ member: address, type },
    databases: holds.databases.map(({ name }) => name),
  }));
  return asyncs.length === 0 ? {} : { asyncs };
}

/** Members as a person looks for them. */
function verifiedMembers(
  plan: Plan,
  roles: Readonly<Record<string, string>>,
): Record<string, VerifiedMember> {
  return Object.fromEntries(
    Object.entries({ ...plan.failover, ...plan.async }).map(([key, { address, url }]) => [
      key,
      {
        role: roles[key] ?? "unknown",
        ...(url === undefined ? {} : { url }),
        session: `docker exec -it ${address.container} iris session IRIS -U %SYS`,
      },
    ]),
  );
}

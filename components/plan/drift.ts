/** What differs between the topology and what a look saw, step by step and in words. Only what was
 *  seen counts: a member that did not answer has no drift but what Docker says about its volume. */

import { hasData, isDirectory } from "./directories.ts";
import type { MemberSeen, ReachedMember, Seen } from "./seen.ts";
import { codeDrift, joinDrift, joinsAnew, unseen } from "./membership-drift.ts";
import { namespacesDrift } from "./namespace-drift.ts";
import { type InstanceSettings, settingsDrift } from "./settings.ts";
import { appStep, databaseStep, memberStep, memberSteps, mirrorStep } from "./step-names.ts";
import type { AppWish, Contents, DatabaseWish } from "./wishes.ts";

/** A member as drift knows it: its volume, or a directory in its place, and what it is to hold. */
export interface DriftMember extends Contents {
  readonly volume: string;
}

/** What drift is measured against. */
export interface DriftWish {
  /** Mirror name, upper case. */
  readonly mirror: string;
  /** Failover members by key. */
  readonly failover: Readonly<Record<string, DriftMember>>;
  /** Async members by key. */
  readonly async: Readonly<Record<string, DriftMember>>;
  /** Databases of the mirror. */
  readonly databases: readonly DatabaseWish[];
  /** Sample applications. */
  readonly apps: readonly Pick<AppWish, "name">[];
  /** Settings of every member; absent where none are looked after. */
  readonly settings?: InstanceSettings | undefined;
  /** Failover members that a person demoted, by key. @default none */
  readonly demoted?: readonly string[];
}

/** Words of difference by step; every step is there, an empty list is no drift. */
export type Drift = Readonly<Record<string, readonly string[]>>;

/** The part of a look that drift is read from. */
export type DriftSeen = Pick<Seen, "volumes" | "directories" | "members" | "code" | "apps">;

/** Statuses of a mirrored database in which nothing needs doing, or the product is at it.
 *  Source: GHA_mirror_manage (mirrored database status). */
const soundStatuses: readonly string[] = [
  "Normal",
  "Dejournaling",
  "Catchup Running",
  "Downloading",
  "Needs Download",
];

/** All drift of a stack. */
export function driftOf(wish: DriftWish, seen: DriftSeen): Drift {
  const members = Object.entries({ ...wish.failover, ...wish.async }).map(([key, member]) =>
    memberDrift({ key, ...member }, wish, seen),
  );
  const databases = wish.databases.map((database) => [
    databaseStep(database.name),
    databaseDrift(database, wish, seen),
  ]);
  const drift = Object.fromEntries([
    ...members.flatMap((steps) => Object.entries(steps)),
    [mirrorStep("form"), formDrift(wish, seen)],
    ...databases,
    ...wish.apps.map(({ name }) => [appStep(name), appDrift(name, wish, seen)]),
  ]) as Drift;
  return { ...drift, [mirrorStep("verify")]: verifyDrift(drift) };
}

/** Whatever is repaired is verified again; the steps that repair say what. */
function verifyDrift(drift: Drift): string[] {
  const repairing = Object.keys(drift).filter((step) => (drift[step] ?? []).length > 0);
  if (repairing.length === 0) return [];
  const count = repairing.length === 1 ? "1 repair" : `${repairing.length} repairs`;
  return [`to be verified after ${count}`];
}

function memberDrift(
  wish: DriftMember & { readonly key: string },
  mirror: DriftWish,
  seen: DriftSeen,
): Drift {
  const { key } = wish;
  const none = Object.fromEntries(memberSteps.map((step) => [memberStep(key, step), []]));
  if (!hasData(wish.volume, seen)) return { ...none, ...everythingOn(wish, mirror, seen) };
  const member = seen.members[key];
  if (member?.reachable !== true) return none;
  const unknown = unseen(key, member);
  return {
    ...none,
    [memberStep(key, "load-code")]: codeDrift(key, member, seen.code),
    [memberStep(key, "service")]: member.service ? [] : [`the mirror service is off on ${key}`],
    [memberStep(key, "settings")]: settingsDrift(key, member.settings, mirror.settings),
    [memberStep(key, "join")]: joinDrift(key, member, mirror),
    [memberStep(key, "databases")]: unknown ?? databasesDrift(key, member, wish.databases),
    [memberStep(key, "namespaces")]: unknown ?? namespacesDrift(key, member, wish.namespaces),
  };
}

/** With its volume a member loses everything it held. `ready` follows the new container. */
function everythingOn(
  { key, volume }: { readonly key: string; readonly volume: string },
  wish: DriftWish,
  seen: DriftSeen,
): Drift {
  const lost = [`${key} has no ${isDirectory(volume) ? "data in" : "volume"} ${volume}`];
  const anew = formDrift(wish, seen).length > 0 ? [] : [joinsAnew];
  const words: Readonly<Record<string, string[]>> = {
    ...{ ready: [], join: [...lost, ...anew] },
    ...(wish.settings === undefined ? { settings: [] } : {}),
  };
  return Object.fromEntries(
    memberSteps.map((step) => [memberStep(key, step), words[step] ?? lost]),
  );
}

function databasesDrift(
  key: string,
  member: ReachedMember,
  databases: readonly DatabaseWish[],
): string[] {
  return databases.flatMap(({ name }) => {
    const held = member.databases[name];
    if (held === undefined) {
      return member.ordinary[name] === undefined
        ? [`database ${name} missing on ${key}`]
        : [`database ${name} on ${key} is an ordinary one, which a copy will replace`];
    }
    return soundStatuses.includes(held.status)
      ? []
      : [`database ${name} on ${key}: ${held.status}`];
  });
}

/** The mirror is gone only when that is certain: every failover member said so, or lost the volume
 *  that would know. */
function formDrift(wish: DriftWish, seen: DriftSeen): string[] {
  const gone = Object.entries(wish.failover).every(([key, wanted]) => {
    const member = seen.members[key];
    return (
      !hasData(wanted.volume, seen) || (member?.reachable === true && member.mirror === undefined)
    );
  });
  return gone ? [`no member holds ${wish.mirror}`] : [];
}

/** A database is in the mirror when the primary has it there. */
function databaseDrift({ name }: DatabaseWish, wish: DriftWish, seen: DriftSeen): string[] {
  const primary = primaryOf(wish, seen);
  if (primary === undefined) return formDrift(wish, seen);
  const { key, member } = primary;
  if (member.databases[name] !== undefined) return [];
  const unknown = unseen(key, member);
  if (unknown !== undefined) return unknown;
  const ordinary = member.ordinary[name] === undefined ? "" : ", where it is an ordinary one";
  return [`database ${name} is not in the mirror on the primary ${key}${ordinary}`];
}

/** What the mirror knows of an application is asked on its primary. */
function appDrift(name: string, wish: DriftWish, seen: DriftSeen): string[] {
  const primary = primaryOf(wish, seen);
  if (primary === undefined) return formDrift(wish, seen);
  const held = primary.member.apps[name];
  const unknown = unseen(primary.key, primary.member);
  if (unknown !== undefined) return unknown;
  return [
    ...(held?.code === seen.apps[name] ? [] : [`classes of application ${name} not as here`]),
    ...((held?.entered ?? "") === "" ? [`first data of application ${name} not entered`] : []),
  ];
}

function primaryOf(
  wish: DriftWish,
  seen: DriftSeen,
): { readonly key: string; readonly member: ReachedMember } | undefined {
  return Object.entries(seen.members)
    .flatMap(([key, member]) => (isPrimary(member) ? [{ key, member }] : []))
    .find(({ key }) => Object.hasOwn(wish.failover, key));
}

function isPrimary(member: MemberSeen): member is ReachedMember {
  return member.reachable && member.status === "PRIMARY";
}

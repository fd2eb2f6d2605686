/** The plan: everything that is to be declared, as plain data. Declaring adds no decision. */

import { basename } from "node:path/posix";
import type { AsyncWish, Draft, MemberWish } from "../topology/schema.ts";
import { changedByHand, promotionNotes } from "./by-hand.ts";
import { arbiterContainer, memberContainer, type Place } from "./containers.ts";
import { driftOf } from "./drift.ts";
import { chooseImages } from "./image.ts";
import { leavingTold } from "./leaving-notes.ts";
import { type Markers, markersOf, type StoredMarkers } from "./marker.ts";
import type { AsyncType } from "./members.ts";
import { arbiterKey, dataPlace, physicalNames } from "./names.ts";
import type { Past } from "./past.ts";
import { arbiterGoesFirst, rollOrder, type RollWish } from "./roll.ts";
import { seedingNotes } from "./seeding.ts";
import { type InstanceSettings, settingsToHold } from "./settings.ts";
import type { Seen } from "./seen.ts";
import { type ContainerSpecification, specificationHash } from "./specification.ts";
import { memberships } from "./survey.ts";
import {
  type AppWish,
  appWishes,
  type Contents,
  contents,
  type DatabaseWish,
  heldBy,
  type MemberAddress,
  memberAddress,
  type MirrorSettings,
  mirrorSettings,
  type NamespaceWish,
} from "./wishes.ts";

/** A container with what is known about it beside its specification. */
export interface ContainerPlan {
  readonly key: string;
  readonly specification: ContainerSpecification;
  readonly hash: string;
  /** A container exists that was created from this very specification. */
  readonly isThere: boolean;
  /** Most memory in MiB; changed in place, so not part of the specification. */
  readonly memoryMib?: number;
}

/** A member and everything that is its own. */
export interface MemberPlan {
  readonly address: MemberAddress;
  /** Name of its volume, or the directory in its place as the topology has it. */
  readonly volume: string;
  /** Absolute path of the directory in place of a volume. */
  readonly directory: string | undefined;
  /** Folder with durable %SYS in the volume or directory. */
  readonly durable: string;
  readonly container: ContainerPlan;
  /** Member whose new container must be ready before this one's is replaced. */
  readonly after: string | undefined;
  /** Address of the web server for people; absent where it is not published. */
  readonly url: string | undefined;
  /** What of the mirror it is to hold. */
  readonly holds: Contents;
}

/** An async member. */
export interface AsyncPlan extends MemberPlan {
  readonly type: AsyncType;
  /** It names the databases it holds, and so may cease to hold one that stays in the mirror. */
  readonly chooses: boolean;
}

/** Everything the components declare. */
export interface Plan {
  readonly stack: string;
  readonly mirror: MirrorSettings;
  readonly network: {
    readonly name: string;
    /** Id of a network of ours that exists: adopted when the state does not know it. */
    readonly adopt: string | undefined;
  };
  readonly arbiter: ContainerPlan | undefined;
  /** The arbiter's container is replaced before any member's. */
  readonly arbiterFirst: boolean;
  /** Failover members by key. */
  readonly failover: Readonly<Record<string, MemberPlan>>;
  /** Async members by key. */
  readonly async: Readonly<Record<string, AsyncPlan>>;
  readonly databases: readonly DatabaseWish[];
  readonly namespaces: readonly NamespaceWish[];
  /** Settings of every member; absent where none are looked after. */
  readonly settings: InstanceSettings | undefined;
  /** Sample applications, each after the one before. */
  readonly apps: readonly (AppWish & { readonly hash: string })[];
  /** Hash of the classes that every member gets. */
  readonly code: string;
  /** Marker of every step. */
  readonly markers: Markers;
  /** What will happen to databases that hold data already and to what leaves, and what a person did
   *  that stays. */
  readonly notes: readonly string[];
  /** What a person should know, though it stops nothing. */
  readonly warnings: readonly string[];
}

/** What surrounds a topology. */
export interface Surroundings {
  readonly stack: string;
  readonly seen: Seen;
  /** Markers that the state has. */
  readonly stored: StoredMarkers;
  /** What the state remembers beside them. */
  readonly past: Past;
  /** Turns a path of the topology into an absolute one. */
  readonly resolve: (path: string) => string;
}

/** Plans a topology that has no fault. */
export function planMirror(draft: Draft, surroundings: Surroundings): Plan {
  const { stack, seen, stored, past, resolve } = surroundings;
  const names = physicalNames(stack, draft.names);
  const place: Place = { draft, names, images: chooseImages(draft, seen.rehearsal), resolve };
  const { databases, namespaces } = contents(draft);
  const mirror = mirrorSettings(draft);
  const planned = containerPlans(place, surroundings);
  const byHand = changedByHand({ ...memberships(draft), past }, seen);
  const wish = {
    mirror: mirror.name,
    demoted: byHand.demoted,
    failover: driftMembers(planned.failover),
    async: driftMembers(planned.async),
    databases,
    apps: appWishes(draft),
    settings: settingsToHold(draft, stored),
  };
  const staying = { failover: Object.keys(planned.failover), asyncs: Object.keys(planned.async) };
  const leaving = leavingTold({ ...wish, ...staying, stack }, seen, stored);
  return {
    stack,
    mirror,
    network: { name: names.network, adopt: seen.network?.id },
    ...planned,
    databases,
    namespaces,
    settings: wish.settings,
    apps: wish.apps.map((app) => ({ ...app, hash: seen.apps[app.name] ?? "" })),
    code: seen.code,
    markers: markersOf(driftOf(wish, seen), stored),
    notes: [...leaving.notes, ...seedingNotes(wish, seen), ...promotionNotes(byHand)],
    warnings: [...leaving.warnings, ...seen.warnings],
  };
}

function driftMembers(members: Readonly<Record<string, MemberPlan>>) {
  return Object.fromEntries(
    Object.entries(members).map(([key, { volume, holds }]) => [key, { volume, ...holds }]),
  );
}

/** Arbiter and members, and in which order their containers change. */
function containerPlans(
  place: Place,
  surroundings: Surroundings,
): Pick<Plan, "arbiter" | "arbiterFirst" | "failover" | "async"> {
  const { draft } = place;
  const { seen } = surroundings;
  const arbiter =
    draft.arbiter === false
      ? undefined
      : containerPlan(arbiterKey, arbiterContainer(draft.arbiter, place), seen);
  const failover = memberPlans(draft.failover, place, surroundings);
  const asyncs = memberPlans(draft.async, place, surroundings);
  const wish = { failover: rollWishes(failover), async: rollWishes(asyncs) };
  const after = rollOrder(wish, seen);
  return {
    arbiter,
    arbiterFirst: arbiter !== undefined && arbiterGoesFirst(roll(arbiter), wish, seen),
    failover: Object.fromEntries(
      failover.map(([key, plan]) => [key, { ...plan, after: after[key] }]),
    ),
    async: Object.fromEntries(
      asyncs.flatMap(([key, plan]) => {
        const wanted = draft.async[key];
        return wanted === undefined
          ? []
          : [[key, { ...plan, after: after[key], ...kindOf(wanted) }]];
      }),
    ),
  };
}

function kindOf({ type, databases }: AsyncWish): Pick<AsyncPlan, "type" | "chooses"> {
  return { type, chooses: databases !== undefined };
}

/** Members by key, sorted: an order in the configuration must not look like a change. */
function memberPlans(
  members: Readonly<Record<string, MemberWish>>,
  place: Place,
  { stack, seen, resolve }: Surroundings,
): [string, Omit<MemberPlan, "after">][] {
  const { draft, names } = place;
  return Object.entries(members)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, member]) => {
      const plan = containerPlan(key, memberContainer(key, member, place), seen);
      const { memoryMib, webPort, data } = member;
      return [
        key,
        {
          address: memberAddress(key, draft, stack),
          volume: dataPlace(key, member, names),
          directory: data === undefined ? undefined : resolve(data.bind),
          durable: basename(draft.durableDirectory),
          container: { ...plan, ...(memoryMib === undefined ? {} : { memoryMib }) },
          url: webUrl(draft.publishAddress, webPort),
          holds: heldBy(key, draft),
        },
      ];
    });
}

function rollWishes(members: readonly [string, Omit<MemberPlan, "after">][]) {
  return Object.fromEntries(members.map(([key, { container }]) => [key, roll(container)]));
}

function containerPlan(
  key: string,
  specification: ContainerSpecification,
  { containers }: Seen,
): ContainerPlan {
  const hash = specificationHash(specification);
  const isThere = containers[specification.name]?.specification === hash;
  return { key, specification, hash, isThere };
}

function roll({ specification, hash }: ContainerPlan): RollWish {
  return { container: specification.name, specification: hash };
}

/** A port published on every address is reached on the host itself as well. */
function webUrl(address: string, port: number | undefined): string | undefined {
  if (port === undefined) return undefined;
  return `http://${address === "0.0.0.0" ? "localhost" : address}:${port}/`;
}

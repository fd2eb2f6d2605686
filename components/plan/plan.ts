/** The plan: everything that is to be declared, as plain data. Declaring adds no decision. */

import type { Draft } from "../topology/schema.ts";
import { arbiterContainer, memberContainer, type Place } from "./containers.ts";
import { driftOf } from "./drift.ts";
import { chooseImages } from "./image.ts";
import { type Markers, markersOf, type StoredMarkers } from "./marker.ts";
import { arbiterKey, physicalNames } from "./names.ts";
import { arbiterGoesFirst, rollOrder, type RollWish } from "./roll.ts";
import type { Seen } from "./seen.ts";
import { type ContainerSpecification, specificationHash } from "./specification.ts";
import {
  contents,
  type DatabaseWish,
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
  readonly volume: string;
  readonly container: ContainerPlan;
  /** Member whose new container must be ready before this one's is replaced. */
  readonly after: string | undefined;
  /** Address of the web server for people; absent where it is not published. */
  readonly url: string | undefined;
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
  readonly databases: readonly DatabaseWish[];
  readonly namespaces: readonly NamespaceWish[];
  /** Hash of the classes that every member gets. */
  readonly code: string;
  /** Marker of every step. */
  readonly markers: Markers;
  /** What a person should know, though it stops nothing. */
  readonly warnings: readonly string[];
}

/** What surrounds a topology. */
export interface Surroundings {
  readonly stack: string;
  readonly seen: Seen;
  /** Markers that the state has. */
  readonly stored: StoredMarkers;
  /** Turns a path of the topology into an absolute one. */
  readonly resolve: (path: string) => string;
}

/** Plans a topology that has no fault. */
export function planMirror(draft: Draft, surroundings: Surroundings): Plan {
  const { stack, seen, stored, resolve } = surroundings;
  const names = physicalNames(stack, draft.names);
  const place: Place = { draft, names, images: chooseImages(draft, seen.rehearsal), resolve };
  const { databases, namespaces } = contents(draft);
  const mirror = mirrorSettings(draft);
  const keys = Object.keys(draft.failover).toSorted();
  const drift = driftOf(
    {
      mirror: mirror.name,
      failover: Object.fromEntries(keys.map((key) => [key, { volume: names.volume(key) }])),
      databases,
      namespaces,
    },
    seen,
  );
  return {
    stack,
    mirror,
    network: { name: names.network, adopt: seen.network?.id },
    ...containerPlans(keys, place, surroundings),
    databases,
    namespaces,
    code: seen.code,
    markers: markersOf(drift, stored),
    warnings: seen.warnings,
  };
}

/** Arbiter and members, and in which order their containers change. */
function containerPlans(
  keys: readonly string[],
  place: Place,
  { stack, seen }: Surroundings,
): Pick<Plan, "arbiter" | "arbiterFirst" | "failover"> {
  const { draft, names } = place;
  const arbiter =
    draft.arbiter === false
      ? undefined
      : containerPlan(arbiterKey, arbiterContainer(draft.arbiter, place), seen);
  const members = keys.flatMap((key) => {
    const member = draft.failover[key];
    if (member === undefined) return [];
    const plan = containerPlan(key, memberContainer(key, member, place), seen);
    const { memoryMib, webPort } = member;
    const container = { ...plan, ...(memoryMib === undefined ? {} : { memoryMib }) };
    return [{ key, container, url: webUrl(draft.publishAddress, webPort) }];
  });
  const wishes = Object.fromEntries(members.map(({ key, container }) => [key, roll(container)]));
  const after = rollOrder(wishes, seen);
  return {
    arbiter,
    arbiterFirst: arbiter !== undefined && arbiterGoesFirst(roll(arbiter), wishes, seen),
    failover: Object.fromEntries(
      members.map(({ key, container, url }) => [
        key,
        {
          address: memberAddress(key, draft, stack),
          volume: names.volume(key),
          container,
          after: after[key],
          url,
        },
      ]),
    ),
  };
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

/** Faults that only a look at the engine can find: what is in the way, what is missing, and what
 *  contradicts a mirror that already runs. Same form as faults of the topology itself. */

import { startFaults } from "./by-hand.ts";
import { contradictions, lostPair, otherTypes } from "./contradictions.ts";
import { directoryFaults, movedDatabases } from "./directories.ts";
import { type Fault, shown } from "./fault.ts";
import { exchanged, withoutHeir } from "./leaving.ts";
import type { StoredMarkers } from "./marker.ts";
import type { Past } from "./past.ts";
import type { OwnerSeen, Seen } from "./seen.ts";
import type { DatabaseWish } from "./wishes.ts";

/** Something the plan wants under a name, and where the topology names it. */
export interface NamedWish {
  readonly path: string;
  readonly name: string;
  /** Key of the member or the arbiter it belongs to; absent for what the whole stack shares. */
  readonly member?: string;
}

/** What refusals are measured against. */
export interface RefusalWish {
  readonly stack: string;
  readonly images: readonly { readonly path: string; readonly reference: string }[];
  /** How to get an image that is missing. */
  readonly imageRemedy: string;
  readonly files: readonly {
    readonly path: string;
    readonly file: string;
    readonly mayBeDirectory: boolean;
  }[];
  readonly containers: readonly NamedWish[];
  /** Where each member's data lie: a volume, or a directory of the host in its place. */
  readonly data: readonly NamedWish[];
  readonly network: NamedWish;
  readonly ports: readonly {
    readonly path: string;
    readonly address: string;
    readonly port: number;
    readonly member: string;
  }[];
  readonly mirror: {
    readonly name: string;
    readonly arbiter?: string;
    readonly qosTimeoutMs: number;
  };
  readonly databases: readonly DatabaseWish[];
  readonly failover: readonly string[];
  /** The asyncs, each with the product's word for what it is to be. */
  readonly asyncs: Readonly<Record<string, string>>;
  /** What the state remembers. */
  readonly past: Past;
}

/** All faults of a wish against what was seen, and against what the state has. */
export function refusals(wish: RefusalWish, seen: Seen, stored: StoredMarkers): Fault[] {
  if (!seen.docker.reachable) {
    return [
      {
        path: "",
        given: seen.docker.why,
        allowed: "a Docker engine that answers",
        remedy: "start it (npm run up does where it can), or set DOCKER_HOST to one that runs",
      },
    ];
  }
  const { stack, mirror, failover } = wish;
  const staying = { stack, mirror: mirror.name, failover, asyncs: Object.keys(wish.asyncs) };
  return [
    ...missingImages(wish, seen),
    ...missingFiles(wish, seen),
    ...foreignObjects(wish, seen),
    ...directoryFaults(wish, seen),
    ...takenPorts(wish, seen),
    ...contradictions(wish, seen),
    ...movedDatabases(wish, seen),
    ...exchanged(staying, seen, stored),
    ...withoutHeir(staying, seen, stored),
    ...otherTypes(wish, seen),
    ...lostPair(wish, seen),
    ...startFaults(wish, seen),
  ];
}

function missingImages({ images, imageRemedy }: RefusalWish, seen: Seen): Fault[] {
  return images
    .filter(({ reference }) => (seen.images[reference] ?? null) === null)
    .map(({ path, reference }) => ({
      path,
      given: `${reference}, which is not on this engine`,
      allowed: "an image that is there: nothing is pulled while a mirror changes",
      remedy: imageRemedy,
    }));
}

function missingFiles({ files }: RefusalWish, seen: Seen): Fault[] {
  return files.flatMap(({ path, file, mayBeDirectory }) => {
    const kind = seen.files[file] ?? "missing";
    if (kind === "file" || (kind === "directory" && mayBeDirectory)) return [];
    const found = {
      missing: "does not exist",
      unreadable: "cannot be read",
      directory: "is a folder",
    };
    return [
      {
        path,
        given: `${shown(file)}, which ${found[kind]}`,
        allowed: mayBeDirectory ? "a folder or file that exists" : "a file that can be read",
        remedy: "put it there, or correct the path (a relative one starts at the project folder)",
      },
    ];
  });
}

/** Whose something is, in words, or `undefined` when it is ours. */
function foreignOwner(stack: string, wanted: string | undefined, owner: OwnerSeen) {
  if (owner.stack === undefined) return "it was not made by this project";
  if (owner.stack !== stack) return `it belongs to the stack ${shown(owner.stack)}`;
  if (wanted !== undefined && owner.member !== wanted) {
    return `it belongs to ${owner.member ?? "no member"} of this stack`;
  }
  return undefined;
}

function foreignObjects(wish: RefusalWish, seen: Seen): Fault[] {
  const objects = [
    ...wish.containers.map((named) => {
      const container = seen.containers[named.name];
      const exists = container !== undefined && container.state !== "absent";
      return { kind: "container", named, owner: exists ? container : undefined };
    }),
    ...wish.data.map((named) => {
      const volume = seen.volumes[named.name];
      return { kind: "volume", named, owner: volume?.exists === true ? volume : undefined };
    }),
    { kind: "network", named: wish.network, owner: seen.network ?? undefined },
  ];
  return objects.flatMap(({ kind, named, owner }) => {
    const foreign = owner && foreignOwner(wish.stack, named.member, owner);
    return foreign === undefined
      ? []
      : [
          {
            path: named.path,
            given: `the ${kind} ${shown(named.name)} exists, and ${foreign}`,
            allowed: `a name that is free, or a ${kind} of this stack`,
            remedy: `remove that ${kind} if nobody needs it, or choose another name here`,
          },
        ];
  });
}

function takenPorts({ stack, ports }: RefusalWish, seen: Seen): Fault[] {
  return ports.flatMap(({ path, address, port, member }) => {
    const taken = seen.ports.find((entry) => entry.port === port && entry.address === address);
    if (taken === undefined || (taken.stack === stack && taken.member === member)) return [];
    // A member of our own that gives the port up in this very run is not in the way.
    if (taken.stack === stack) return [];
    return [
      {
        path,
        given: `${port}, which ${taken.holder} has on ${address}`,
        allowed: "a port of the Docker host that is free",
        remedy: "choose another port, or stop what has it",
      },
    ];
  });
}

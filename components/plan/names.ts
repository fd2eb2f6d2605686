/** Names of everything on the Docker engine. A Pulumi name is identity and never changes; these
 *  are what a person sees in `docker ps`. */

import { dirname } from "node:path/posix";

/** How containers are named: with the stack in front, or the topology's key as it is. */
export type NameStyle = "stack" | "plain";

/** Names of a stack's Docker objects. */
export interface PhysicalNames {
  /** Container of a member or of the arbiter. */
  container(key: string): string;
  /** Volume of a member. Always with the stack: data of two stacks must never meet. */
  volume(member: string): string;
  /** The mirror's network. */
  readonly network: string;
}

/** Docker takes names of letters, digits, `_`, `.` and `-`; so do Pulumi's stacks, which makes
 *  every composition of the two a valid name. */
export function physicalNames(stack: string, style: NameStyle): PhysicalNames {
  return {
    container: (key) => (style === "plain" ? key : `${stack}-${key}`),
    volume: (member) => `${stack}-${member}-data`,
    network: `${stack}-mirror`,
  };
}

/** Where a database lies when the topology does not say: beside the product's own, under the
 *  durable directory, as in an instance that was set up by hand. */
export function defaultDirectory(database: string, { durableDirectory }: DurablePlace): string {
  return `${durableDirectory}/mgr/${database.toLowerCase()}/`;
}

/** The part of a topology that says where durable %SYS lies in the containers. */
interface DurablePlace {
  readonly durableDirectory: string;
}

/** Where a member's volume or directory is mounted: durable %SYS is a folder inside the mount,
 *  never the mount itself. Source: ADOCK (durable %SYS). */
export function durableRoot({ durableDirectory }: DurablePlace): string {
  return dirname(durableDirectory);
}

/** Where a member's data lie, as a look names it: its volume, or the directory of the host that the
 *  topology gives in its place, as it is written there. The two never look alike. */
export function dataPlace(key: string, member: DataWish, names: PhysicalNames): string {
  return member.data?.bind ?? names.volume(key);
}

/** The part of a member that says where its data lie. */
interface DataWish {
  readonly data?: { readonly bind: string } | undefined;
}

/** Key of the arbiter on Docker's labels, beside the members' keys. */
export const arbiterKey = "arbiter";

/** Where the licence key is mounted. */
export const licenseTarget = "/licence/iris.key";

/** Names of everything on the Docker engine. A Pulumi name is identity and never changes; these
 *  are what a person sees in `docker ps`. */

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
export function defaultDirectory(database: string): string {
  return `${durableDirectory}/mgr/${database.toLowerCase()}/`;
}

/** Where the durable volume is mounted. */
export const durableRoot = "/dur";

/** Durable %SYS: a folder inside the mount, never the mount itself.
 *  Source: ADOCK (durable %SYS). */
export const durableDirectory = `${durableRoot}/iconfig`;

/** Key of the arbiter on Docker's labels, beside the members' keys. */
export const arbiterKey = "arbiter";

/** Where the licence key is mounted. */
export const licenseTarget = "/licence/iris.key";

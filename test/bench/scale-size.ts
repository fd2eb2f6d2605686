/** Sizes of a mirror that the bench deploys, and their topologies. */

/** How many members, the failover pair among them, and how many mirrored databases. */
export interface Size {
  readonly members: number;
  readonly databases: number;
}

/** Every number of members with every number of databases. */
export const allSizes: readonly Size[] = [2, 4, 8, 16].flatMap((members) =>
  [1, 10, 100].map((databases) => ({ members, databases })),
);

/** A size as a person writes it: `16x100`. @throws Error for anything else */
export function sizeOf(text: string): Size {
  const [, members, databases] = /^(\d+)x(\d+)$/.exec(text) ?? [];
  const size = { members: Number(members), databases: Number(databases) };
  if (!(size.members >= 2 && size.members <= 16 && size.databases >= 1)) {
    throw new Error(`"${text}" is no size: write members (2 to 16) and databases, such as 16x100`);
  }
  return size;
}

/** A failover pair and asyncs that hold everything, each database with a namespace of its name;
 *  nothing is published, so that it disturbs nobody. */
export function topologyOf({ members, databases }: Size): Record<string, unknown> {
  const named = Object.fromEntries(numbered("DATA", databases).map((name) => [name, {}]));
  const asyncs = numbered("dr", members - 2).map((name) => [name, { type: "dr" }]);
  return {
    name: "SCALE",
    version: "2022.1",
    failover: { mirrorA: {}, mirrorB: {} },
    async: Object.fromEntries(asyncs) as Record<string, unknown>,
    databases: named,
    namespaces: named,
  };
}

function numbered(stem: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${stem}${index + 1}`);
}

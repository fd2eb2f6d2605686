/** Rules that look at more than one field. Each takes whatever part is well formed and says every
 *  fault it sees; none relies on another having passed. */

import { type Fault, pathText, shown } from "../plan/fault.ts";
import { arbiterKey, durableRoot } from "../plan/names.ts";
import { productDatabases, productNamespaces } from "./names.ts";
import type { Draft } from "./schema.ts";

type Rule = (draft: Draft) => Fault[];

/** One use of a value that must be unique. */
interface Use {
  readonly value: string;
  readonly path: readonly string[];
}

/** A fault for every use of a value that an earlier place has taken already. */
function takenTwice(uses: readonly Use[], allowed: string, remedy: string): Fault[] {
  return uses.flatMap(({ value, path }, index) => {
    const earlier = uses.slice(0, index).find((use) => use.value === value);
    return earlier === undefined
      ? []
      : [
          {
            path: pathText(path),
            given: `${shown(value)}, also at ${pathText(earlier.path)}`,
            allowed,
            remedy,
          },
        ];
  });
}

/** A mirror has two failover members, or one while it is built up or taken down.
 *  Source: GHA_mirror_set (at most two failover members). */
export const hasOneOrTwoFailoverMembers: Rule = ({ failover }) => {
  const names = Object.keys(failover);
  if (names.length === 1 || names.length === 2) return [];
  return [
    {
      path: "failover",
      given: names.length === 0 ? "no member" : `${names.length} members (${names.join(", ")})`,
      allowed: "one or two failover members",
      remedy: names.length === 0 ? "name two members" : "take members out until two are left",
    },
  ];
};

/** Hostnames, names in the mirror, databases and namespaces differ by more than case: the product
 *  stores them in upper case, and the network does not tell the cases apart. */
export const namesDifferByMoreThanCase: Rule = (draft) => {
  const hosts = Object.keys(draft.failover).map((key) => ({ key, path: ["failover", key] }));
  const arbiters =
    draft.arbiter === false ? [] : [{ key: draft.arbiter.name, path: ["arbiter", "name"] }];
  const memberNames = Object.entries(draft.failover)
    .filter(([, member]) => member.memberName !== undefined)
    .map(([key, { memberName }]) => ({
      key: memberName ?? key,
      path: ["failover", key, "memberName"],
    }));
  const defaults = Object.entries(draft.failover)
    .filter(([, member]) => member.memberName === undefined)
    .map(([key]) => ({ key, path: ["failover", key] }));
  const groups = [
    [...hosts, ...arbiters],
    // Two defaults that clash are two hosts that clash, and said there.
    memberNames.length === 0 ? [] : [...defaults, ...memberNames],
    Object.keys(draft.databases).map((key) => ({ key, path: ["databases", key] })),
    Object.keys(draft.namespaces).map((key) => ({ key, path: ["namespaces", key] })),
  ];
  return groups.flatMap((group) =>
    takenTwice(
      group.map(({ key, path }) => ({ value: key.toUpperCase(), path })),
      "names that differ by more than upper and lower case",
      "rename one of the two",
    ),
  );
};

/** `arbiter` is what the arbiter is called on Docker's labels, whatever its hostname is. */
export const noMemberIsCalledArbiter: Rule = ({ failover }) =>
  Object.keys(failover)
    .filter((key) => key.toLowerCase() === arbiterKey)
    .map((key) => ({
      path: pathText(["failover", key]),
      given: `the name ${shown(key)}`,
      allowed: `any hostname but ${arbiterKey}`,
      remedy: "choose another name",
    }));

/** Every published port belongs to one container. */
export const hostPortsAreUsedOnce: Rule = ({ failover }) =>
  takenTwice(
    Object.entries(failover).flatMap(([key, { webPort, superserverPort }]) =>
      Object.entries({ webPort, superserverPort })
        .filter(([, port]) => port !== undefined)
        .map(([field, port]) => ({ value: String(port), path: ["failover", key, field] })),
    ),
    "a port of the Docker host that nothing else in the topology takes",
    "choose another port, or take one of the two out",
  );

/** The agent shares its container with the superserver and the web server. */
export const agentPortIsFree: Rule = ({ failover, webServerPort }) =>
  Object.entries(failover).flatMap(([key, { agentPort }]) =>
    [1972, webServerPort ?? 52773].includes(agentPort)
      ? [
          {
            path: pathText(["failover", key, "agentPort"]),
            given: String(agentPort),
            allowed: "a port that neither superserver (1972) nor web server uses",
            remedy: "leave agentPort out (2188 is taken)",
          },
        ]
      : [],
  );

/** A database lies under the durable directory or under a mount that may be written: elsewhere it
 *  would go with the container. */
export const databasesAreDurable: Rule = ({ databases, failover }) =>
  Object.entries(databases).flatMap(([key, { directory }]) => {
    if (directory === undefined) return [];
    const places = Object.values(failover).map(({ mounts }) => [
      durableRoot,
      ...mounts.filter(({ readOnly }) => !readOnly).map(({ target }) => target),
    ]);
    const lies = places.every((targets) => targets.some((place) => isInside(directory, place)));
    return lies
      ? []
      : [
          {
            path: pathText(["databases", key, "directory"]),
            given: shown(directory),
            allowed: `a directory under ${durableRoot}, or under a writable mount of every member`,
            remedy: "leave directory out, or move it there",
          },
        ];
  });

function isInside(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
}

/** Two databases never share a directory. */
export const directoriesAreUsedOnce: Rule = ({ databases }) =>
  takenTwice(
    Object.entries(databases)
      .filter(([, { directory }]) => directory !== undefined)
      .map(([key, { directory }]) => ({
        value: `${(directory ?? "").replace(/\/+$/, "")}/`,
        path: ["databases", key, "directory"],
      })),
    "a directory of its own for each database",
    "choose another directory",
  );

/** A namespace stands on databases of this topology. */
export const namespacesUseKnownDatabases: Rule = ({ databases, namespaces }) => {
  const known = Object.keys(databases).map((name) => name.toUpperCase());
  return Object.entries(namespaces).flatMap(([key, { globals, routines }]) =>
    [
      { name: globals ?? key, path: ["namespaces", key, ...(globals ? ["globals"] : [])] },
      ...(routines === undefined
        ? []
        : [{ name: routines, path: ["namespaces", key, "routines"] }]),
    ]
      .filter(({ name }) => !known.includes(name.toUpperCase()))
      .map(({ name, path }) => ({
        path: pathText(path),
        given: `the database ${shown(name)}`,
        allowed: known.length === 0 ? "a name from databases (it is empty)" : known.join(", "),
        remedy: "add that database under databases, or name another",
      })),
  );
};

/** The product's own databases and namespaces are not the topology's. */
export const namesAreNotTheProducts: Rule = ({ databases, namespaces }) =>
  [
    { field: "databases", keys: Object.keys(databases), taken: productDatabases },
    { field: "namespaces", keys: Object.keys(namespaces), taken: productNamespaces },
  ].flatMap(({ field, keys, taken }) =>
    keys
      .filter((key) => taken.includes(key.toUpperCase()))
      .map((key) => ({
        path: pathText([field, key]),
        given: `${shown(key)}, one of the product's own`,
        allowed: `any name but ${taken.join(", ")}`,
        remedy: "choose another name",
      })),
  );

/** Two mounts never meet at one place, and none hides the durable volume. */
export const mountTargetsAreFree: Rule = ({ failover }) =>
  Object.entries(failover).flatMap(([key, { mounts }]) =>
    takenTwice(
      [
        { value: durableRoot, path: ["the durable volume"] },
        ...mounts.map(({ target }, index) => ({
          value: target.replace(/(?<=.)\/+$/, ""),
          path: ["failover", key, "mounts", String(index), "target"],
        })),
      ],
      "a place of its own for each mount",
      "choose another target",
    ),
  );

/** All rules, in the order of the topology's fields. */
export const rules: readonly Rule[] = [
  hasOneOrTwoFailoverMembers,
  namesDifferByMoreThanCase,
  noMemberIsCalledArbiter,
  hostPortsAreUsedOnce,
  agentPortIsFree,
  mountTargetsAreFree,
  databasesAreDurable,
  directoriesAreUsedOnce,
  namespacesUseKnownDatabases,
  namesAreNotTheProducts,
];

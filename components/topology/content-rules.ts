/** Rules about what is in the mirror: databases, their places, namespaces. */

import { pathText, shown } from "../plan/fault.ts";
import { holdsDatabase } from "../plan/members.ts";
import { durableRoot } from "../plan/names.ts";
import { productDatabases, productNamespaces } from "./names.ts";
import { type Rule, takenTwice } from "./rule.ts";

/** A database lies under the durable directory or under a mount that may be written: elsewhere it
 *  would go with the container. */
const databasesAreDurable: Rule = ({ databases, failover, async: asyncs }) =>
  Object.entries(databases).flatMap(([key, { directory }]) => {
    if (directory === undefined) return [];
    const holders = [
      ...Object.values(failover),
      ...Object.values(asyncs).filter((member) => holdsDatabase(member, key)),
    ];
    const places = holders.map(({ mounts }) => [
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
const directoriesAreUsedOnce: Rule = ({ databases }) =>
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
const namespacesUseKnownDatabases: Rule = ({ databases, namespaces }) => {
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
const namesAreNotTheProducts: Rule = ({ databases, namespaces }) =>
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

/** All rules of this file. */
export const contentRules: readonly Rule[] = [
  databasesAreDurable,
  directoriesAreUsedOnce,
  namespacesUseKnownDatabases,
  namesAreNotTheProducts,
];

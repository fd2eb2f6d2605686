/** Rules about what is in the mirror: databases, their places, namespaces. */

import { isProductDatabase } from "../../operate/contract.ts";
import { pathText, shown } from "../plan/fault.ts";
import { holdsDatabase } from "../plan/members.ts";
import { defaultDirectory, durableRoot } from "../plan/names.ts";
import { productNamespaces } from "./names.ts";
import { type Rule, takenTwice } from "./rule.ts";
import type { NamespaceWished } from "./schema.ts";

/** A database lies under the durable directory or under a mount that may be written: elsewhere it
 *  would go with the container. */
const databasesAreDurable: Rule = (draft) => {
  const { databases, failover, async: asyncs } = draft;
  const root = durableRoot(draft);
  return Object.entries(databases).flatMap(([key, { directory }]) => {
    if (directory === undefined) return [];
    const holders = [
      ...Object.values(failover),
      ...Object.values(asyncs).filter((member) => holdsDatabase(member, key)),
    ];
    const places = holders.map(({ mounts }) => [
      root,
      ...mounts.filter(({ readOnly }) => !readOnly).map(({ target }) => target),
    ]);
    const lies = places.every((targets) => targets.some((place) => isInside(directory, place)));
    return lies
      ? []
      : [
          {
            path: pathText(["databases", key, "directory"]),
            given: shown(directory),
            allowed: `a directory under ${root}, or under a writable mount of every member`,
            remedy: "leave directory out, or move it there",
          },
        ];
  });
};

function isInside(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
}

/** Two databases never share a directory, whether it is named or the one by default. */
const directoriesAreUsedOnce: Rule = (draft) => {
  const all = Object.entries(draft.databases);
  // Two of one name share their default, which is said of their names.
  const byDefault = new Map(
    all
      .filter(([, { directory }]) => directory === undefined)
      .map(([key]) => [defaultDirectory(key, draft), ["databases", key]]),
  );
  const named = all.flatMap(([key, { directory }]) =>
    directory === undefined
      ? []
      : [
          {
            value: `${directory.replace(/\/+$/, "")}/`,
            path: ["databases", key, "directory"],
          },
        ],
  );
  return takenTwice(
    [...[...byDefault].map(([value, path]) => ({ value, path })), ...named],
    "a directory of its own for each database",
    "choose another directory",
  );
};

/** The instance's own databases lie in its directory and in folders of their names there, and its
 *  journals beside them. Source: the configuration of published instances (IRISSYS=…/mgr/,
 *  USER=…/mgr/user/); journals: ADOCK (durable %SYS). */
const directoriesAreNotTheProducts: Rule = ({ databases, durableDirectory }) =>
  Object.entries(databases).flatMap(([key, { directory }]) => {
    const [, folder] = /^(.*?)\/*$/.exec(directory ?? "") ?? [];
    const mgr = `${durableDirectory}/mgr`;
    const name = folder?.startsWith(`${mgr}/`) ? folder.slice(mgr.length + 1) : "";
    const isOwn = name.toLowerCase() === "journal" || isTheProducts(name);
    return folder === mgr || isOwn
      ? [
          {
            path: pathText(["databases", key, "directory"]),
            given: `${shown(directory)}, one of the product's own`,
            allowed: "a directory that the product does not use itself",
            remedy: "choose another directory, or leave it out",
          },
        ]
      : [];
  });

/** A namespace and its mappings stand on databases of this topology: those are mirrored. */
const namespacesUseKnownDatabases: Rule = ({ databases, namespaces }) => {
  const known = Object.keys(databases).map((name) => name.toUpperCase());
  return Object.entries(namespaces)
    .flatMap(([key, wished]) => databasesOf(key, wished))
    .filter(({ name }) => !known.includes(name.toUpperCase()))
    .map(({ name, path }) => ({
      path: pathText(path),
      given: `the database ${shown(name)}${isTheProducts(name) ? ", which is never mirrored" : ""}`,
      allowed: known.length === 0 ? "a name from databases (it is empty)" : known.join(", "),
      remedy: isTheProducts(name)
        ? "name a database of the mirror"
        : "add that database under databases, or name another",
    }));
};

/** Every database a namespace names, and where. */
function databasesOf(
  key: string,
  { globals, routines, mappings }: NamespaceWished,
): { name: string; path: string[] }[] {
  const own = [
    { name: globals ?? key, path: ["namespaces", key, ...(globals ? ["globals"] : [])] },
    ...(routines === undefined ? [] : [{ name: routines, path: ["namespaces", key, "routines"] }]),
  ];
  const mapped = Object.entries(mappings).flatMap(([kind, items]) =>
    Object.entries(items).map(([item, name]) => ({
      name,
      path: ["namespaces", key, "mappings", kind, item],
    })),
  );
  return [...own, ...mapped];
}

/** Each global, package and routine of a namespace is mapped once.
 *  Assumed: names that differ only in case are refused too. The product tells such globals apart;
 *  that its configuration does is not documented. */
const mappingsAreSaidOnce: Rule = ({ namespaces }) =>
  Object.entries(namespaces).flatMap(([key, { mappings }]) =>
    Object.entries(mappings).flatMap(([kind, items]) =>
      takenTwice(
        Object.keys(items).map((item) => ({
          value: item.toUpperCase(),
          path: ["namespaces", key, "mappings", kind, item],
        })),
        "names that differ by more than upper and lower case",
        "take one of the two out",
      ),
    ),
  );

/** USER is there from the start, and may hold anything. */
const isTheProducts = (database: string): boolean =>
  isProductDatabase(database) || database.toUpperCase() === "USER";

/** The product's own databases and namespaces are not the topology's. */
const namesAreNotTheProducts: Rule = ({ databases, namespaces }) =>
  [
    ...Object.keys(databases)
      .filter(isTheProducts)
      .map((key) => ({ field: "databases", key })),
    ...Object.keys(namespaces)
      .filter((key) => productNamespaces.includes(key.toUpperCase()))
      .map((key) => ({ field: "namespaces", key })),
  ].map(({ field, key }) => ({
    path: pathText([field, key]),
    given: `${shown(key)}, one of the product's own`,
    allowed: "any name that the product does not use itself",
    remedy: "choose another name",
  }));

/** An application goes into a namespace of this topology. */
const appsUseKnownNamespaces: Rule = ({ apps, namespaces }) => {
  const known = Object.keys(namespaces).map((name) => name.toUpperCase());
  return Object.entries(apps)
    .filter(([key, { namespace }]) => !known.includes((namespace ?? key).toUpperCase()))
    .map(([key, { namespace }]) => ({
      path: pathText(["apps", key, ...(namespace === undefined ? [] : ["namespace"])]),
      given: `the namespace ${shown(namespace ?? key)}`,
      allowed: known.length === 0 ? "a name from namespaces (it is empty)" : known.join(", "),
      remedy: "add that namespace under namespaces, or name another",
    }));
};

/** All rules of this file. */
export const contentRules: readonly Rule[] = [
  databasesAreDurable,
  directoriesAreUsedOnce,
  directoriesAreNotTheProducts,
  namespacesUseKnownDatabases,
  mappingsAreSaidOnce,
  appsUseKnownNamespaces,
  namesAreNotTheProducts,
];

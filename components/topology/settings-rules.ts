/** Rules about the settings that every member has alike. */

import { isProductDatabase } from "../../operate/contract.ts";
import { type Fault, pathText, shown } from "../plan/fault.ts";
import { type Rule, takenTwice } from "./rule.ts";

const resourceOfDatabase = "%DB_";

/** Names differ by more than case, which the product does not tell apart. */
const settingsDifferByMoreThanCase: Rule = ({ settings }) =>
  Object.entries(settings ?? {}).flatMap(([kind, all]) =>
    takenTwice(
      Object.keys(all).map((key) => ({
        value: key.toUpperCase(),
        path: ["settings", kind, key],
      })),
      "names that differ by more than upper and lower case",
      "take one of the two out",
    ),
  );

/** A resource of one of the product's databases is the product's. */
const resourcesAreNotTheProducts: Rule = ({ settings }) =>
  Object.keys(settings?.resources ?? {})
    .filter((key) => key.startsWith(resourceOfDatabase))
    .filter((key) => {
      const database = key.slice(resourceOfDatabase.length).toUpperCase();
      return isProductDatabase(database) || database === "USER";
    })
    .map((key) => ({
      path: pathText(["settings", "resources", key]),
      given: `${shown(key)}, one of the product's own`,
      allowed: "a resource that the product does not make itself",
      remedy: "take it out; roles may name it all the same",
    }));

/** What a role names is in the topology, or begins as the product's names do. */
const rolesNameKnownThings: Rule = ({ settings }) =>
  Object.entries(settings?.roles ?? {}).flatMap(([key, { resources, grantedRoles }]) => [
    ...Object.keys(resources).flatMap((name) =>
      unknown("resources", name, settings?.resources, [
        "settings",
        "roles",
        key,
        "resources",
        name,
      ]),
    ),
    ...grantedRoles.flatMap((name, index) =>
      unknown("roles", name, settings?.roles, [
        ...["settings", "roles", key, "grantedRoles", String(index)],
      ]),
    ),
  ]);

function unknown(kind: string, name: string, all: object = {}, path: string[]): Fault[] {
  const isKnown = Object.keys(all).some((one) => one.toUpperCase() === name.toUpperCase());
  if (isKnown || name.startsWith("%")) return [];
  return [
    {
      path: pathText(path),
      given: `the name ${shown(name)}`,
      allowed: `a name from settings.${kind}, or one of the product's, which begins with %`,
      remedy: `add it under settings.${kind}, or name another`,
    },
  ];
}

/** No role includes itself, not by way of others either. */
const rolesStandInNoCircle: Rule = ({ settings }) => {
  const roles = settings?.roles ?? {};
  const granted = new Map(
    Object.entries(roles).map(([key, { grantedRoles }]) => [
      key.toUpperCase(),
      grantedRoles.map((name) => name.toUpperCase()),
    ]),
  );
  return Object.keys(roles)
    .filter((key) => reached(key.toUpperCase(), granted).has(key.toUpperCase()))
    .map((key) => ({
      path: pathText(["settings", "roles", key, "grantedRoles"]),
      given: `roles that include ${shown(key)} again`,
      allowed: "roles that do not include this one",
      remedy: "take one grant of the circle out",
    }));
};

function reached(from: string, granted: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set<string>();
  const open = [...(granted.get(from) ?? [])];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    open.push(...(granted.get(name) ?? []));
  }
  return found;
}

/** All rules of this file. */
export const settingsRules: readonly Rule[] = [
  settingsDifferByMoreThanCase,
  resourcesAreNotTheProducts,
  rolesNameKnownThings,
  rolesStandInNoCircle,
];

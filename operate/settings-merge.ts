/** What turns the settings of an instance into the wanted ones: a merge file, and what the merge
 *  has no action for. Pure.
 *  Source: GCMF 1.5 (Create is skipped where the object exists, Modify and Delete where it does
 *  not); the actions of resources and roles in RACS, of which none modifies a resource. */

import {
  named,
  permissions,
  resourceDifferences,
  roleDifferences,
  type InstanceSettings,
  type ResourceSetting,
  type RoleSetting,
  type SettingNames,
} from "./contract/settings.ts";

/** What is to be done; nothing where both are empty. */
export interface SettingActs {
  /** Lines of the section [Actions]. */
  readonly lines: readonly string[];
  /** Resources that exist and are described otherwise. */
  readonly descriptions: readonly ResourceSetting[];
}

/** Decides. Of settings that are not wanted only those are removed that the last run listed. */
export function decide(
  before: SettingNames,
  wanted: InstanceSettings,
  held: InstanceSettings,
): SettingActs {
  const resources = wanted.resources.map((one) => ({ one, is: named(held.resources, one.name) }));
  return {
    lines: [
      ...resources.filter(({ is }) => is === undefined).map(({ one }) => resourceLine(one)),
      ...inGrantOrder(wanted.roles).flatMap((role) => roleLines(role, held.roles)),
      ...gone(before.roles, wanted.roles, held.roles).map((name) => `DeleteRole:Name=${name}`),
      ...gone(before.resources, wanted.resources, held.resources).map(
        (name) => `DeleteResource:Name=${name}`,
      ),
    ],
    descriptions: resources.flatMap(({ one, is }) =>
      is === undefined || resourceDifferences(one, is).length === 0 ? [] : [one],
    ),
  };
}

type Named = readonly { readonly name: string }[];

function gone(before: readonly string[], wanted: Named, held: Named): string[] {
  return before.filter(
    (name) => named(wanted, name) === undefined && named(held, name) !== undefined,
  );
}

function resourceLine({ name, description }: ResourceSetting): string {
  return `CreateResource:Name=${name},Description=${quoted(description)}`;
}

function roleLines(role: RoleSetting, held: readonly RoleSetting[]): string[] {
  const is = named(held, role.name);
  if (is !== undefined && roleDifferences(role, is).length === 0) return [];
  const values = [
    `Name=${role.name}`,
    `Description=${quoted(role.description)}`,
    `Resources=${quoted(permissions(role).join(","))}`,
    `GrantedRoles=${quoted(role.grantedRoles.join(","))}`,
  ];
  return [`${is === undefined ? "CreateRole" : "ModifyRole"}:${values.join(",")}`];
}

/** Values with commas stand in quotes. Source: public merge files. None of ours has a quote. */
const quoted = (value: string): string => `"${value}"`;

/** A role that is granted must be there: those without an open grant first. The topology refuses
 *  circles; what is in one keeps its place at the end. */
function inGrantOrder(roles: readonly RoleSetting[]): RoleSetting[] {
  const isOpen = (role: RoleSetting) =>
    role.grantedRoles.some((name) => named(roles, name) !== undefined);
  const first = roles.filter((role) => !isOpen(role));
  const rest = roles.filter(isOpen);
  return first.length === 0 ? [...rest] : [...first, ...inGrantOrder(rest)];
}

/** The whole file. */
export function mergeText(lines: readonly string[]): string {
  return `[Actions]\n${lines.join("\n")}\n`;
}

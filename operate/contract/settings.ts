/** Settings of an instance that a mirror does not carry: resources and roles. What they are, and
 *  when two are the same. */

import { memberAddress, versioned } from "./common.ts";
import { anyText, list, object, record, text, truth, type OutOf } from "./shape.ts";
import { verb } from "./verb.ts";

/** A name of resources or roles, of which the product does not tell the cases apart.
 *  Source: class references Security.Resources and Security.Roles. */
const resourceSetting = object({ name: text, description: anyText });
export type ResourceSetting = OutOf<typeof resourceSetting>;

const roleSetting = object({
  name: text,
  description: anyText,
  /** Resource to permissions: letters of `RWU`. */
  resources: record(text),
  /** Roles it includes. */
  grantedRoles: list(text),
});
export type RoleSetting = OutOf<typeof roleSetting>;

export const instanceSettings = object({
  resources: list(resourceSetting),
  roles: list(roleSetting),
});
export type InstanceSettings = OutOf<typeof instanceSettings>;

/** The verb's row of the contract. */
export const settingsVerb = verb({
  per: "member",
  does: "the resources and roles are as listed; one the last run listed and this one does not is removed",
  again: "nothing: they are as listed",
  input: object({ ...versioned, member: memberAddress, settings: instanceSettings }),
  output: object({
    ...versioned,
    settings: instanceSettings,
    /** Of what the member holds of them: alike on members that are alike. */
    hash: anyText,
    changed: truth,
  }),
  errors: ["code-missing", "instance-refused"],
});

/** What is looked for in an instance. */
export const settingNames = object({ resources: list(text), roles: list(text) });
export type SettingNames = OutOf<typeof settingNames>;

/** Names of settings. */
export function namesOf({ resources, roles }: InstanceSettings): SettingNames {
  return {
    resources: resources.map(({ name }) => name),
    roles: roles.map(({ name }) => name),
  };
}

/** The one of that name. */
export function named<Setting extends { readonly name: string }>(
  all: readonly Setting[],
  name: string,
): Setting | undefined {
  return all.find((one) => one.name.toLowerCase() === name.toLowerCase());
}

/** Names of the fields in which two differ, in words; empty for the same. */
export function resourceDifferences(one: ResourceSetting, other: ResourceSetting): string[] {
  return one.description === other.description ? [] : ["description"];
}

/** The same for roles. Neither order nor case counts in what a role has. */
export function roleDifferences(one: RoleSetting, other: RoleSetting): string[] {
  return [
    ...resourceDifferences(one, other),
    ...(sameList(permissions(one), permissions(other)) ? [] : ["resources"]),
    ...(sameList(one.grantedRoles, other.grantedRoles) ? [] : ["granted roles"]),
  ];
}

/** `%DB_APP:RW`, as the product writes them. */
export function permissions({ resources }: Pick<RoleSetting, "resources">): string[] {
  return Object.entries(resources).map(
    ([name, letters]) => `${name}:${letters.toUpperCase().split("").toSorted().join("")}`,
  );
}

function sameList(one: readonly string[], other: readonly string[]): boolean {
  const alike = (all: readonly string[]) =>
    all
      .map((item) => item.toLowerCase())
      .toSorted()
      .join();
  return alike(one) === alike(other);
}

/** Settings that every member is to have alike, and in what a member differs from them. */

import type { Draft } from "../topology/schema.ts";
import type { StoredMarkers } from "./marker.ts";
import { memberStep } from "./step-names.ts";

interface ResourceSetting {
  readonly name: string;
  readonly description: string;
}

interface RoleSetting extends ResourceSetting {
  /** Resource to permissions. */
  readonly resources: Record<string, string>;
  readonly grantedRoles: string[];
}

/** Resources and roles of an instance, as they are wanted or as they were seen. */
export interface InstanceSettings {
  readonly resources: ResourceSetting[];
  readonly roles: RoleSetting[];
}

/** Settings of the topology, sorted: an order in the configuration must not look like a change. */
export function settingsWish({ settings }: Draft): InstanceSettings {
  return {
    resources: sorted(settings?.resources ?? {}).map(([name, { description }]) => ({
      name,
      description,
    })),
    roles: sorted(settings?.roles ?? {}).map(
      ([name, { description, resources, grantedRoles }]) => ({
        name,
        description,
        resources: Object.fromEntries(sorted(resources)),
        grantedRoles: grantedRoles.toSorted(),
      }),
    ),
  };
}

function sorted<Value>(all: Readonly<Record<string, Value>>): [string, Value][] {
  return Object.entries(all).toSorted(([one], [other]) => (one < other ? -1 : 1));
}

/** What is to be looked for in every instance. */
export function settingNames(draft: Draft): Record<keyof InstanceSettings, readonly string[]> {
  const { resources, roles } = settingsWish(draft);
  const names = (all: readonly ResourceSetting[]) => all.map(({ name }) => name);
  return { resources: names(resources), roles: names(roles) };
}

/** What the members' steps are told; nothing when no member has such a step or needs one. A step
 *  that the state knows stays when the last setting is taken out: it is what removes it. */
export function settingsToHold(draft: Draft, stored: StoredMarkers): InstanceSettings | undefined {
  const end = memberStep("", "settings");
  const isKnown = Object.keys(stored).some((step) => step.endsWith(end));
  return draft.settings === undefined && !isKnown ? undefined : settingsWish(draft);
}

/** Words of difference of one member. None where nothing is looked after, or the member did not
 *  tell. */
export function settingsDrift(
  key: string,
  held: InstanceSettings | undefined,
  wanted: InstanceSettings | undefined,
): string[] {
  if (held === undefined || wanted === undefined) return [];
  return [
    ...wanted.resources.flatMap((resource) => {
      const is = named(held.resources, resource.name);
      const subject = `resource ${resource.name}`;
      return is === undefined
        ? [`${subject} missing on ${key}`]
        : descriptionDrift(`${subject} on ${key}`, resource, is);
    }),
    ...wanted.roles.flatMap((role) => {
      const is = named(held.roles, role.name);
      const subject = `role ${role.name}`;
      return is === undefined
        ? [`${subject} missing on ${key}`]
        : roleDrift(`${subject} on ${key}`, role, is);
    }),
  ];
}

/** Names know no case. */
function named<Setting extends ResourceSetting>(all: readonly Setting[], name: string) {
  return all.find((one) => one.name.toLowerCase() === name.toLowerCase());
}

function descriptionDrift(subject: string, wanted: ResourceSetting, is: ResourceSetting): string[] {
  return wanted.description === is.description ? [] : [`${subject} is described otherwise`];
}

function roleDrift(subject: string, wanted: RoleSetting, is: RoleSetting): string[] {
  const [pairs, isPairs] = [wanted, is].map(permissions);
  return [
    ...descriptionDrift(subject, wanted, is),
    ...listDrift(`${subject} has the resources`, pairs ?? [], isPairs ?? []),
    ...listDrift(`${subject} includes the roles`, wanted.grantedRoles, is.grantedRoles),
  ];
}

/** `%DB_APP:RW`, the letters in order. */
function permissions({ resources }: RoleSetting): string[] {
  return Object.entries(resources).map(
    ([name, letters]) => `${name}:${letters.toUpperCase().split("").toSorted().join("")}`,
  );
}

/** Neither order nor case counts. */
function listDrift(words: string, wanted: readonly string[], is: readonly string[]): string[] {
  const alike = (all: readonly string[]) => all.toSorted().join(", ") || "none";
  return alike(wanted).toLowerCase() === alike(is).toLowerCase()
    ? []
    : [`${words} ${alike(is)}, not ${alike(wanted)}`];
}

/** Resources and roles of one instance, as it tells them. */

import { createHash } from "node:crypto";
import {
  named,
  namesOf,
  permissions,
  type InstanceSettings,
  type SettingNames,
} from "./contract/settings.ts";
import { anyText, list, mapped, openObject } from "./contract/shape.ts";
import { ask } from "./instance.ts";
import type { Session } from "./session.ts";

const items = (text: string): string[] => text.split(",").filter((item) => item !== "");

/** `%DB_APP:RW,App:U`. Source: class reference Security.Roles. */
const resourcesText = mapped(anyText, (given) =>
  Object.fromEntries(
    items(given).map((item) => {
      const [name = "", letters = ""] = item.split(":");
      return [name, letters] as const;
    }),
  ),
);

const found = openObject({
  resources: list(openObject({ name: anyText, description: anyText })),
  roles: list(
    openObject({
      ...{ name: anyText, description: anyText, resources: resourcesText },
      grantedRoles: mapped(anyText, items),
    }),
  ),
});

/** Those of the named settings that exist. */
export async function settingsOf(session: Session, names: SettingNames): Promise<InstanceSettings> {
  return ask(session, found, "Settings.Find", names);
}

/** Says by one word whether members are alike: a hash of what an instance holds of the wanted
 *  settings, whatever the order in which it tells them. */
export function settingsHash(wanted: InstanceSettings, held: InstanceSettings): string {
  const names = namesOf(wanted);
  const resources = names.resources.map((name) => named(held.resources, name)?.description ?? null);
  const roles = names.roles.map((name) => {
    const role = named(held.roles, name);
    if (role === undefined) return null;
    const granted = role.grantedRoles.toSorted();
    return [role.description, permissions(role).toSorted(), granted];
  });
  const text = JSON.stringify([names, resources, roles]);
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

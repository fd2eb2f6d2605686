/** `Security.Users`, `Security.Roles`, `Security.Resources`: data. Nobody logs in here, so they
 *  have no effect but on each other, and passwords are not kept.
 *  Source: class references; the order of Create's arguments as scripts use it. Assumed: which
 *  accounts, roles and resources a new container has, beyond those the documents name. */

import type { Arguments, Globals, NativeClass, Running } from "../../objectscript/host.ts";
import { recordClass } from "../config/record-class.ts";
import type { RecordObject } from "../config/record-object.ts";
import { statusMethod } from "../support/answers.ts";
import { Refusal } from "../support/refusal.ts";
import { StoredRecords } from "./stored-records.ts";

const described = (text: string) => ({ Description: text });

const resources = new StoredRecords({
  file: "ResourcesD",
  defaults: { Description: "", PublicPermission: "", ResourceType: "" },
  initial: {
    "%Admin_Manage": described("Privilege to configure the system"),
    "%Admin_Operate": described("Privilege to operate the system"),
    "%Admin_Secure": described("Privilege to set up security"),
    "%DB_%DEFAULT": described("Default database resource"),
    "%DB_IRISLIB": described("The IRISLIB database"),
    "%DB_IRISSYS": described("The IRISSYS database"),
    "%DB_USER": described("The USER database"),
    "%Development": described("Privilege to develop"),
  },
  createArguments: ["Description", "PublicPermission", "ResourceType"],
  check(name) {
    if (/[,:\s]/.test(name) || name === "") throw new Refusal(896, name);
  },
  alreadyThere: (name) => new Refusal(891, name),
  notThere: (name) => new Refusal(892, name),
});

const roles = new StoredRecords({
  file: "RolesD",
  defaults: { Description: "", GrantedRoles: "", Resources: "" },
  initial: {
    "%All": described("The super-user role"),
    "%DB_%DEFAULT": { Resources: "%DB_%DEFAULT:RW" },
    "%DB_USER": { Resources: "%DB_USER:RW" },
    "%Developer": described("A role for developers"),
    "%Manager": described("A role for system managers"),
    "%Operator": described("A role for system operators"),
    "%SQL": described("A role for SQL users"),
  },
  createArguments: ["Description", "Resources", "GrantedRoles"],
  check(name, properties, globals) {
    if (/[,:\s]/.test(name) || name === "") throw new Refusal(887, name);
    requireRoles(properties["GrantedRoles"] ?? "", globals);
  },
  alreadyThere: (name) => new Refusal(884, name),
  notThere: (name) => new Refusal(883, name),
});

/** All the roles granted must exist. Source: class reference Security.Users.
 *  @throws Refusal 883 */
function requireRoles(list: string, globals: Globals): void {
  for (const name of list.split(",").filter((one) => one !== "")) {
    if (roles.known(name, globals) === undefined) throw new Refusal(883, name);
  }
}

/** A predefined account asks for a new password at the first login. Source: ADOCK. */
const predefined = (Roles: string) => ({ Roles, ChangePassword: "1" });

const users = new StoredRecords({
  file: "UsersD",
  defaults: {
    AccountNeverExpires: "0",
    ChangePassword: "0",
    Comment: "",
    EmailAddress: "",
    Enabled: "1",
    ExpirationDate: "",
    FullName: "",
    NameSpace: "",
    PasswordNeverExpires: "0",
    PhoneNumber: "",
    Roles: "",
    Routine: "",
  },
  initial: {
    _PUBLIC: { Enabled: "0" },
    _SYSTEM: predefined("%All"),
    Admin: predefined("%Manager"),
    CSPSystem: { Roles: "" },
    irisowner: { Roles: "%All" },
    SuperUser: predefined("%All"),
    UnknownUser: { Roles: "" },
  },
  createArguments: [
    "Roles",
    "Password",
    "FullName",
    "NameSpace",
    "Routine",
    "ExpirationDate",
    "ChangePassword",
    "Enabled",
    "Comment",
  ],
  secrets: ["Password", "PasswordExternal"],
  check: (_, properties, globals) => {
    requireRoles(properties["Roles"] ?? "", globals);
  },
  alreadyThere: (name) => new Refusal(837, name),
  notThere: (name) => new Refusal(838, name),
});

/** True for a name that one of the patterns means: `*`, `Adm*`, `_SYSTEM`. */
function isMeant(name: string, patterns: string): boolean {
  return patterns.split(",").some((pattern) => {
    const wanted = pattern.trim().toLowerCase();
    const given = name.toLowerCase();
    return wanted.endsWith("*") ? given.startsWith(wanted.slice(0, -1)) : given === wanted;
  });
}

/** Sets whether the accounts must change their passwords. */
const expiry = (ChangePassword: "0" | "1") =>
  statusMethod(function* (call: Arguments, process): Running<void> {
    const patterns = call.given(0) ? call.text(0) : "*";
    const meant = users.names(process.globals).filter((name) => isMeant(name, patterns));
    if (meant.length === 0) throw new Refusal(838, patterns);
    for (const name of meant) yield* users.put([name], { ChangePassword }, process);
  });

const addRoles = statusMethod(function* (call, process): Running<void> {
  const name = call.text(0);
  const held = users.find([name], process)?.["Roles"] ?? users.notThere([name]);
  const list = [...held.split(","), ...call.text(1).split(",")].filter((role) => role !== "");
  yield* users.put([name], { Roles: [...new Set(list)].join(",") }, process);
});

const openedById = { opener: "%OpenId" } as const;

/** The three classes. */
export function securityAccounts(): readonly NativeClass<RecordObject>[] {
  const userClass = recordClass("Security.Users", users, openedById);
  return [
    recordClass("Security.Resources", resources, openedById),
    recordClass("Security.Roles", roles, openedById),
    {
      ...userClass,
      classMethods: {
        ...userClass.classMethods,
        AddRoles: addRoles,
        ExpireUserPasswords: expiry("1"),
        UnExpireUserPasswords: expiry("0"),
      },
      notSimulated: [
        ...(userClass.notSimulated ?? []),
        "AddEscalationRoles",
        "GetResourceSet",
        "GetRoleSet",
        "RemoveEscalationRoles",
        "RemoveRoles",
      ],
    },
  ];
}

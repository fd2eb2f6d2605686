/** The actions of a merge file that this engine has: their properties, and the order in which they
 *  run whatever the order in the file. Pure.
 *  Source: RACS_actions, "Action Processing Order"; RACS_createdatabase and siblings. */

import type { Profile } from "../../profile.ts";
import { localInfoKeys, mirrorInfoKeys } from "../mirror/info-keys.ts";
import { same, type ActionLine } from "./action-line.ts";
import type { MergeFault } from "./merge-file.ts";
import { isPasswordHash } from "./settings.ts";

/** Values by the name of their property, as the product spells it. */
export type ActionValues = Readonly<Record<string, string>>;

/** An action that may run. */
export interface PlannedAction {
  readonly name: ActionName;
  readonly given: ActionValues;
  /** Counted from 1. */
  readonly line: number;
}

interface ActionKind {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** More properties, by their form. */
  readonly more?: RegExp;
  /** Why these values cannot be used. */
  readonly refuse?: (given: ActionValues, profile: Profile) => string | undefined;
}

/** `$$label^ROUTINE`. Source: RACS, Execute. */
export const functionForm = /^\$\$([A-Za-z%][A-Za-z0-9]*)\^([A-Za-z%][A-Za-z0-9.]*)$/;

const namespaceProperties = ["Globals", "Routines", "TempGlobals"];
const fileProperties = ["Size", "MaxSize", "ExpansionSize", "ResourceName", "GlobalJournalState"];
const entryProperties = ["MountRequired", "MountAtStartup", "StreamLocation"];
const mirrorProperties = ["MirrorSetName", "MirrorDBName"];
const serviceProperties = ["Enabled", "AutheEnabled", "ClientSystems", "Description", "Public"];
const resourceProperties = ["Description", "PublicPermission", "ResourceType"];
const roleProperties = ["Description", "Resources", "GrantedRoles"];
const userProperties = [
  ...["AccountNeverExpires", "ChangePassword", "Comment", "EmailAddress", "Enabled", "FullName"],
  ...["ExpirationDate", "NameSpace", "PasswordNeverExpires", "PhoneNumber", "Roles", "Routine"],
  ...["Password", "PasswordHash"],
];

const mirrorKeys = [...new Set([...mirrorInfoKeys, ...localInfoKeys])];

const mapping = { required: ["Namespace", "Name", "Database"], optional: [] } as const;
const user = { required: ["Name"], optional: userProperties, refuse: refuseUser } as const;

/** In the order in which they are processed. Assumed: roles before users. */
const kinds = {
  DeleteMapGlobal: { required: ["Namespace", "Name"], optional: [] },
  DeleteMapRoutine: { required: ["Namespace", "Name"], optional: [] },
  DeleteMapPackage: { required: ["Namespace", "Name"], optional: [] },
  DeleteNamespace: { required: ["Name"], optional: [] },
  DeleteDatabase: { required: ["Name"], optional: [] },
  DeleteDatabaseFile: { required: ["Directory"], optional: [] },
  DeleteResource: { required: ["Name"], optional: [] },
  ConfigMirror: {
    required: ["Name", "Member"],
    optional: ["Primary", "SystemName", "SSLDir", "ArbiterURL", "Map", "Ordinal", ...mirrorKeys],
    refuse: refuseMirror,
  },
  CreateResource: { required: ["Name"], optional: resourceProperties },
  CreateDatabaseFile: {
    required: ["Directory"],
    optional: [...fileProperties, ...mirrorProperties, "RunCatchupDBOnCreate"],
    refuse: refuseDatabase,
  },
  CreateDatabase: {
    required: ["Name", "Directory"],
    optional: [...fileProperties, ...mirrorProperties, ...entryProperties, "LogicalOnly", "Seed"],
    refuse: refuseDatabase,
  },
  ModifyDatabase: {
    required: ["Name"],
    optional: ["Directory", ...fileProperties, "ReadOnly", ...entryProperties, "LogicalOnly"],
    refuse: refuseDatabaseValues,
  },
  CreateNamespace: {
    required: ["Name", "Globals"],
    optional: ["Routines", "TempGlobals", "Interop"],
    refuse: refuseInterop,
  },
  ModifyNamespace: { required: ["Name"], optional: namespaceProperties },
  CreateMapPackage: mapping,
  CreateMapGlobal: mapping,
  CreateMapRoutine: mapping,
  ModifyMapPackage: mapping,
  ModifyMapGlobal: mapping,
  ModifyMapRoutine: mapping,
  ModifyService: { required: ["Name"], optional: serviceProperties, refuse: refuseService },
  DeleteUser: { required: ["Name"], optional: [] },
  DeleteRole: { required: ["Name"], optional: [] },
  CreateRole: { required: ["Name"], optional: roleProperties },
  ModifyRole: { required: ["Name"], optional: roleProperties },
  CreateUser: user,
  ModifyUser: user,
  Execute: {
    required: ["Namespace"],
    optional: ["ClassName", "MethodName", "RoutineName"],
    refuse: refuseExecute,
    more: /^Arg[1-9]\d?$/i,
  },
} as const satisfies Readonly<Record<string, ActionKind>>;

/** Names of the actions this engine has. */
export type ActionName = keyof typeof kinds;

const processingOrder = Object.keys(kinds) as ActionName[];

/** Sorted as they are processed; those of one kind stay as they stand in the file. */
export function inProcessingOrder(actions: readonly PlannedAction[]): readonly PlannedAction[] {
  const rank = ({ name }: PlannedAction): number => processingOrder.indexOf(name);
  return [...actions].sort((one, other) => rank(one) - rank(other));
}

/** An action with its values, or why it cannot run. */
export function planAction(written: ActionLine, profile: Profile): PlannedAction | MergeFault {
  const { line } = written;
  const name = processingOrder.find((known) => same(known, written.name));
  if (name === undefined) return { line, text: `not simulated: action ${written.name}` };
  const kind: ActionKind = kinds[name];
  const given: Record<string, string> = {};
  for (const { name: property, value } of written.properties) {
    const known = propertyOf(kind, property);
    if (known === undefined) {
      return { line, text: `not simulated: property ${property} of ${name}` };
    }
    given[known] = value;
  }
  const missing = kind.required.find((property) => (given[property] ?? "") === "");
  // Assumed: the number for a property that is missing.
  if (missing !== undefined) return { line, text: `ERROR #5659: Property '${missing}' required` };
  const refusal = kind.refuse?.(given, profile);
  return refusal === undefined ? { name, given, line } : { line, text: refusal };
}

function propertyOf(kind: ActionKind, written: string): string | undefined {
  const known = [...kind.required, ...kind.optional].find((name) => same(name, written));
  if (known !== undefined || kind.more?.test(written) !== true) return known;
  return `Arg${written.slice("Arg".length)}`;
}

const invalid = (property: string): string =>
  `ERROR #407: Invalid value for property '${property}'`;

function refuseMirror(given: ActionValues, profile: Profile): string | undefined {
  return profile.merge.configMirror
    ? refuseMirrorValues(given, profile)
    : `not simulated: ConfigMirror in release ${profile.release}; [Startup] has MirrorSetName there`;
}

const memberWords = ["primary", "backup", "drasync", "rorasync", "rwrasync", "auto"];
/** Of the keys in [Startup]. Assumed: the older releases know these. */
const formerMemberWords = ["primary", "backup", "drasync"];

/** Why a mirror cannot be configured by these values, from the action or from [Startup]. */
export function refuseMirrorValues(given: ActionValues, { merge }: Profile): string | undefined {
  if ((given["SSLDir"] ?? "") !== "") return "not simulated: SSLDir";
  const member = (given["Member"] ?? "").toLowerCase();
  const words = merge.configMirror ? memberWords : formerMemberWords;
  if (!words.includes(member)) return invalid("Member");
  const primary = given["Primary"] ?? "";
  if (member !== "auto" && primary.toLowerCase() === "auto") {
    return "not simulated: Primary=auto without Member=auto";
  }
  if (!["auto", "primary"].includes(member) && primary === "") {
    return "ERROR #5659: Property 'Primary' required";
  }
  const arbiter = given["ArbiterURL"] ?? "";
  if (arbiter !== "" && !/^[^:|\s]+:\d{1,5}$/.test(arbiter)) return invalid("ArbiterURL");
  return undefined;
}

const truth = /^[01]?$/;
const size = /^\d{0,9}$/;

function refuseDatabaseValues(given: ActionValues): string | undefined {
  const sizes = ["Size", "MaxSize", "ExpansionSize"];
  const truths = ["MountRequired", "MountAtStartup", "LogicalOnly", "ReadOnly"];
  const isWrong = (names: readonly string[], form: RegExp): string | undefined =>
    names.find((name) => !form.test(given[name] ?? ""));
  const wrong = isWrong(sizes, size) ?? isWrong(truths, truth);
  if (wrong !== undefined) return invalid(wrong);
  return /^[23]?$/.test(given["GlobalJournalState"] ?? "")
    ? undefined
    : invalid("GlobalJournalState");
}

function refuseDatabase(given: ActionValues, { merge, release }: Profile): string | undefined {
  const directory = given["Directory"] ?? "";
  if (!directory.startsWith("/")) return "not simulated: a directory that does not begin with /";
  const wrong = refuseDatabaseValues(given);
  if (wrong !== undefined) return wrong;
  if (!/^1?$/.test(given["RunCatchupDBOnCreate"] ?? "")) {
    return "not simulated: RunCatchupDBOnCreate=0";
  }
  const isNamed = mirrorProperties.map((name) => (given[name] ?? "") !== "");
  if (isNamed[0] !== isNamed[1]) {
    // Source: RACS_createdatabase (both are required).
    return `ERROR #5659: Property '${isNamed[0] ? "MirrorDBName" : "MirrorSetName"}' required`;
  }
  return refuseExisting(given, { isMirrored: isNamed[0] === true, merge, release });
}

/** Ways to a mirrored database with data. */
function refuseExisting(
  given: ActionValues,
  {
    isMirrored,
    merge,
    release,
  }: Pick<Profile, "merge" | "release"> & { readonly isMirrored: boolean },
): string | undefined {
  const isLogical = given["LogicalOnly"] === "1";
  const seed = given["Seed"] ?? "";
  if (seed !== "" && !seed.startsWith("/")) {
    return "not simulated: a directory that does not begin with /";
  }
  if (seed !== "" && (isLogical || !isMirrored)) {
    return "not simulated: Seed with LogicalOnly, or for a database that is not mirrored";
  }
  const way = seed === "" ? "LogicalOnly" : "Seed";
  const isExisting = isMirrored && (isLogical || seed !== "");
  return isExisting && !merge.existingDatabases
    ? `not simulated: ${way} for a mirrored database in release ${release}`
    : undefined;
}

function refuseInterop(given: ActionValues): string | undefined {
  return /^0?$/.test(given["Interop"] ?? "") ? undefined : "not simulated: Interop=1";
}

/** Assumed: AutheEnabled as the number the class has; the macros' values were not read. */
function refuseService(given: ActionValues): string | undefined {
  if (!truth.test(given["Enabled"] ?? "")) return invalid("Enabled");
  return /^\d*$/.test(given["AutheEnabled"] ?? "")
    ? undefined
    : "not simulated: AutheEnabled in words";
}

/** Either a class method or a function of a routine. Source: RACS, Execute. */
function refuseExecute(given: ActionValues): string | undefined {
  const routine = given["RoutineName"] ?? "";
  if (routine !== "") {
    const isAlone = (given["ClassName"] ?? "") + (given["MethodName"] ?? "") === "";
    return isAlone && functionForm.test(routine) ? undefined : invalid("RoutineName");
  }
  const missing = ["ClassName", "MethodName"].find((name) => (given[name] ?? "") === "");
  return missing === undefined ? undefined : `ERROR #5659: Property '${missing}' required`;
}

/** Passwords are looked at and not kept, as in Security.Users. Source: GCMF 5.1 (the hash). */
function refuseUser(given: ActionValues): string | undefined {
  const hash = given["PasswordHash"] ?? "";
  return hash === "" || isPasswordHash(hash) ? undefined : invalid("PasswordHash");
}

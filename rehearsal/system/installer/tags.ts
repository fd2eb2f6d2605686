/** The tags of an installation manifest: where they may stand, and their attributes as schemas
 *  that turn texts into ObjectScript.
 *  Source: GCI_manifest; class references %Installer.Import and %Installer.CSPApplication; for the
 *  other tags their use in public manifests. */

import { z } from "zod";
import { NotSimulated, SyntaxFault } from "../../objectscript/errors.ts";
import { expressionCode, textCode, variableName } from "./template.ts";

/** A text that becomes code; what is wrong with it becomes an issue of the schema. */
const coded = (toCode: (text: string) => string) =>
  z.string().transform((text, context) => {
    try {
      return toCode(text);
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
      context.addIssue({ code: "custom", message: error.message });
      return z.NEVER;
    }
  });

const text = coded(textCode);
const variable = coded(variableName);
const truth = coded((word) => {
  if (!/^(?:0|1|true|false|yes|no)$/i.test(word)) {
    throw new SyntaxFault(0, `'${word}' is neither 0 nor 1`);
  }
  return /^(?:1|true|yes)$/i.test(word) ? "1" : "0";
});
const level = coded((word) => {
  if (!/^[0-3]$/.test(word)) throw new SyntaxFault(0, `'${word}' is no level from 0 to 3`);
  return word;
});
/** A number, or a macro that stands for one. */
const errorCode = coded((word) => {
  if (!/^(?:\d+|\$\$\$\w+)$/.test(word)) throw new SyntaxFault(0, `'${word}' is no error`);
  return word;
});
/** `Config.Class.Property`, with or without the package. */
const setting = coded((word) => {
  if (!/^(?:Config\.)?\w+\.\w+$/.test(word)) throw new SyntaxFault(0, `'${word}' is no setting`);
  return word.replace(/^Config\./, "");
});
const yesOrNo = (word: string): string => {
  if (!["yes", "no"].includes(word)) throw new SyntaxFault(0, `'${word}' is neither yes nor no`);
  return word;
};
const create = coded((word) => {
  if (word === "overwrite") throw new NotSimulated('Create="overwrite" in a manifest');
  return yesOrNo(word);
});
/** `overwrite` makes a database as `yes` does; one that exists is refused when it is found. */
const createDatabase = coded((word) => (word === "overwrite" ? word : yesOrNo(word)));

const texts = (names: string) =>
  Object.fromEntries(names.split(" ").map((name) => [name, text.optional()]));

/** What is known of one tag. */
export interface TagRule {
  /** Attributes that are used; any other is refused. */
  readonly attributes: z.ZodType<Readonly<Record<string, string | undefined>>>;
  /** Attributes of the product that this engine does not have, and values that ask for nothing. */
  readonly notSimulated?: Readonly<Record<string, RegExp>>;
  /** Tags in which it stands. */
  readonly parents: readonly string[];
}

const never = /^(?!)/;
const none = /^(?:0|no|false|)$/i;

const anywhere = ["Manifest", "Namespace", "Configuration"];
const outside = ["Manifest", "Namespace"];

const mapping = (named: string) => ({ [named]: text, From: text });

/** Attributes of a web application with the property of Security.Applications each one is. */
export const applicationProperties: Readonly<Record<string, string>> = {
  AuthenticationMethods: "AutheEnabled",
  AutoCompile: "AutoCompile",
  CSPZENEnabled: "CSPZENEnabled",
  ChangePasswordPage: "ChangePasswordPage",
  CookiePath: "CookiePath",
  CustomErrorPage: "ErrorPage",
  DeepSeeEnabled: "DeepSeeEnabled",
  DefaultSuperclass: "SuperClass",
  DefaultTimeout: "Timeout",
  Description: "Description",
  Directory: "Path",
  DispatchClass: "DispatchClass",
  EventClass: "EventClass",
  GroupById: "GroupById",
  InboundWebServicesEnabled: "InbndWebServicesEnabled",
  IsNamespaceDefault: "IsNameSpaceDefault",
  LockCSPName: "LockCSPName",
  LoginClass: "LoginPage",
  MatchRoles: "MatchRoles",
  PackageName: "Package",
  PermittedClasses: "PermittedClasses",
  Recurse: "Recurse",
  Resource: "Resource",
  ServeFiles: "ServeFiles",
  ServeFilesTimeout: "ServeFilesTimeout",
  UseSessionCookie: "UseCookies",
  iKnowEnabled: "iKnowEnabled",
};

/** Attributes this engine cannot keep, with the values that ask for nothing. */
const refused = (names: string, harmless: RegExp) =>
  Object.fromEntries(names.split(" ").map((name) => [name, harmless]));

/** The tags that are executed. */
export const tags: Readonly<Record<string, TagRule>> = {
  Manifest: { attributes: z.strictObject({}), parents: [] },
  Var: { attributes: z.strictObject({ Name: variable, Value: text }), parents: anywhere },
  Default: {
    attributes: z
      .strictObject({ Name: variable, Value: text.optional(), Dir: text.optional() })
      .refine(({ Value, Dir }) => (Value === undefined) !== (Dir === undefined), {
        message: "one of Value and Dir is wanted",
      }),
    parents: anywhere,
  },
  If: { attributes: z.strictObject({ Condition: coded(expressionCode) }), parents: anywhere },
  Log: { attributes: z.strictObject({ Text: text, Level: level.optional() }), parents: anywhere },
  Error: {
    attributes: z.strictObject({ Status: errorCode }),
    notSimulated: { Source: never },
    parents: outside,
  },
  Arg: { attributes: z.strictObject({ Value: text }), parents: ["Error", "Invoke"] },
  CopyFile: {
    attributes: z.strictObject({ Src: text, Target: text, IgnoreErrors: truth.optional() }),
    parents: outside,
  },
  SystemSetting: {
    attributes: z.strictObject({ Name: setting, Value: text }),
    parents: outside,
  },
  Namespace: {
    attributes: z.strictObject({ Name: text, Create: create.optional(), ...texts("Code Data") }),
    notSimulated: refused("Ensemble Interop", none),
    parents: ["Manifest"],
  },
  Configuration: { attributes: z.strictObject({}), parents: ["Namespace"] },
  Database: {
    attributes: z.strictObject({
      Name: text,
      Create: createDatabase.optional(),
      MountAtStartup: truth.optional(),
      MountRequired: truth.optional(),
      ...texts("Dir ExpansionSize InitialSize MaximumSize PublicPermissions Resource"),
      ...texts("StreamLocation"),
    }),
    notSimulated: { ...refused("ClusterMountMode Encrypted", none), EncryptionKeyID: /^$/ },
    parents: ["Configuration"],
  },
  GlobalMapping: {
    attributes: z.strictObject(mapping("Global")),
    notSimulated: { Collation: /^5?$/ },
    parents: ["Configuration"],
  },
  RoutineMapping: {
    attributes: z.strictObject(mapping("Routines")),
    notSimulated: { Type: /^$/ },
    parents: ["Configuration"],
  },
  ClassMapping: {
    attributes: z.strictObject(mapping("Package")),
    parents: ["Configuration"],
  },
  Import: {
    attributes: z.strictObject({
      File: text,
      Flags: text.optional(),
      IgnoreErrors: truth.optional(),
      Recurse: truth.optional(),
    }),
    parents: ["Namespace", "Configuration"],
  },
  Invoke: {
    attributes: z.strictObject({
      Class: text,
      Method: text,
      CheckStatus: truth.optional(),
      Return: variable.optional(),
    }),
    parents: ["Namespace"],
  },
  CSPApplication: {
    attributes: z
      .strictObject({
        Url: text,
        ...texts(Object.keys(applicationProperties).join(" ")),
        Grant: text.optional(),
        MatchRoles: text.optional(),
      })
      .refine(({ Grant, MatchRoles }) => Grant === undefined || MatchRoles === undefined, {
        message: "only one of Grant and MatchRoles is simulated",
      }),
    notSimulated: refused(
      "CSRFToken JWTAccessTokenTimeout JWTAuthEnabled JWTRefreshTokenTimeout " +
        "RedirectEmptyPath SessionScope TwoFactorEnabled UserCookieScope WSGIAppLocation " +
        "WSGIAppName WSGICallable WSGIDebug WSGIType",
      none,
    ),
    parents: ["Namespace"],
  },
};

/** Tags of the product that this engine does not execute. */
export const tagsNotSimulated: ReadonlySet<string> = new Set(
  (
    "Compile CopyClass CopyDir Credential Else ForEach IfDef IfNotDef LoadPage Production Resource " +
    "Role RunInstall Setting User"
  ).split(" "),
);

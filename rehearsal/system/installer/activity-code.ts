/** Code for the tags that are neither namespaces nor what configures them. */

import type { Activity } from "./check-manifest.ts";
import { attribute, failWith, log, must, properties } from "./code-parts.ts";
import { applicationProperties } from "./tags.ts";

const files = "##class(%Library.File)";
const applications = "##class(Security.Applications)";

const system = ' set $namespace="%SYS"';
const back = " set $namespace=tCurrent";

/** `<Var>` sets, `<Default>` sets what was not set. `Dir` is a directory with its closing slash.
 *  Assumed: that slash, because manifests write `${AppDir}src` behind such a default. */
export function variableCode({ tag, attributes }: Activity): string[] {
  const { Name = "", Value, Dir = '""' } = attributes;
  const value = Value ?? `${files}.NormalizeDirectory(${Dir})`;
  const node = `tVars("${Name}")`;
  return [` set${tag === "Default" ? `:'$data(${node})` : ""} ${node}=${value}`];
}

/** `<Log>`: Source: GCI_manifest (written when its level is not above that of setup()). */
export const logCode = (activity: Activity): string[] => [
  log(attribute(activity, "Level", "0"), "Log", attribute(activity, "Text")),
];

/** `<Error>`: the installation ends with this status. */
export function errorCode(activity: Activity): string[] {
  const args = activity.children.map((arg) => `,${attribute(arg, "Value")}`).join("");
  return [must(`$$$ERROR(${attribute(activity, "Status")}${args})`)];
}

/** `<CopyFile>`: one file. */
export function copyCode(activity: Activity): string[] {
  const sources = ` set tFile=${attribute(activity, "Src")},tTarget=${attribute(activity, "Target")}`;
  const failure = '"File "_tFile_" cannot be copied to "_tTarget';
  return [
    sources,
    log(1, "CopyFile", '"Copying "_tFile_" to "_tTarget'),
    ` if '${files}.CopyFile(tFile,tTarget,1) {`,
    attribute(activity, "IgnoreErrors") === "1" ? log(1, "CopyFile", failure) : failWith(failure),
    " }",
  ];
}

/** `<SystemSetting>`: one property of a class of the package Config.
 *  Source: GCI_manifest (it calls Modify of that class). */
export function settingCode(activity: Activity): string[] {
  const [className = "", property = ""] = attribute(activity, "Name").split(".");
  return [
    ...properties({ [property]: attribute(activity, "Value") }),
    log(1, "SystemSetting", `"Setting ${className}.${property} to "_tProps("${property}")`),
    system,
    must(`##class(Config.${className}).Modify(.tProps)`),
    back,
  ];
}

/** `<Import>`: a file, or the sources in a directory, into the namespace.
 *  Source: class reference %Installer.Import (flags `ck`, no recursion, errors not ignored). */
export function importCode(activity: Activity): string[] {
  const recurse = attribute(activity, "Recurse", "0");
  return [
    ` set tFile=${attribute(activity, "File")},tFlags=${attribute(activity, "Flags", '"ck"')}`,
    log(1, "Import", '"Importing "_tFile_" into "_tNamespace'),
    " set $namespace=tNamespace",
    ` if ${files}.DirectoryExists(tFile) {`,
    ` set tResult=$system.OBJ.LoadDir(tFile,tFlags,.tErrors,${recurse})`,
    " } else {",
    " set tResult=$system.OBJ.Load(tFile,tFlags,.tErrors)",
    " }",
    back,
    ...(attribute(activity, "IgnoreErrors") === "1" ? [] : [must("tResult")]),
  ];
}

/** `<Invoke>`: a class method, with its value as a variable or looked at as a status. */
export function invokeCode(activity: Activity): string[] {
  const { Return, CheckStatus } = activity.attributes;
  const args = activity.children.map((arg) => `,${attribute(arg, "Value")}`).join("");
  const target = `tClass,tMethod${args}`;
  const names = ` set tClass=${attribute(activity, "Class")},tMethod=${attribute(activity, "Method")}`;
  const hasValue = Return !== undefined || CheckStatus === "1";
  return [
    names,
    log(1, "Invoke", '"Calling "_tClass_"::"_tMethod'),
    ` ${hasValue ? "set tResult=" : "do "}$classmethod(${target})`,
    ...(Return === undefined ? [] : [` set tVars("${Return}")=tResult`]),
    ...(CheckStatus === "1" ? [must("tResult")] : []),
  ];
}

/** `<CSPApplication>`: a web application of the namespace.
 *  Assumed: one that exists already gets the properties of the manifest; roles to grant are those
 *  that everybody gets there, `:role` in MatchRoles. */
export function applicationCode(activity: Activity): string[] {
  const given = Object.entries(applicationProperties).map(
    ([name, property]) => [property, activity.attributes[name]] as const,
  );
  const { Grant } = activity.attributes;
  const granted = Grant === undefined ? {} : { MatchRoles: `":"_${Grant}` };
  return [
    ` set tName=${attribute(activity, "Url")}`,
    ...properties({ ...Object.fromEntries(given), ...granted, NameSpace: "tNamespace" }),
    log(1, "CSPApplication", '"Creating web application "_tName'),
    system,
    ` if ${applications}.Exists(tName) {`,
    must(`${applications}.Modify(tName,.tProps)`),
    " } else {",
    must(`${applications}.Create(tName,.tProps)`),
    " }",
    back,
  ];
}

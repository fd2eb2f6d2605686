/** Code for a namespace, its databases and its mappings.
 *  Source: GCI_manifest. Assumed: databases come first, then the namespace, then its mappings, then
 *  the rest in the order of the manifest; a namespace or database that exists already is kept when
 *  it is the same, and an error when it is not. */

import type { Activity } from "./check-manifest.ts";
import { attribute, failWith, log, must, properties } from "./code-parts.ts";

const databases = "##class(Config.Databases)";
const namespaces = "##class(Config.Namespaces)";
const files = "##class(%Library.File)";

/** Makes the code of activities that stand inside. */
type Walk = (activities: readonly Activity[]) => string[];

/** What a configuration has that needs the namespace. */
const needNamespace: ReadonlySet<string> = new Set([
  "ClassMapping",
  "GlobalMapping",
  "Import",
  "RoutineMapping",
]);

/** The activities for which `isMeant` holds, also inside of conditions. */
function only(activities: readonly Activity[], isMeant: (tag: string) => boolean): Activity[] {
  return activities.flatMap((activity) => {
    if (activity.tag !== "If") return isMeant(activity.tag) ? [activity] : [];
    const children = only(activity.children, isMeant);
    return children.length === 0 ? [] : [{ ...activity, children }];
  });
}

/** `<Namespace>` with everything in it. */
export function namespaceCode(activity: Activity, walk: Walk): string[] {
  const configuration = activity.children
    .filter(({ tag }) => tag === "Configuration")
    .flatMap(({ children }) => children);
  const others = activity.children.filter(({ tag }) => tag !== "Configuration");
  return [
    ` set tNamespace=$zconvert(${attribute(activity, "Name")},"U")`,
    ...walk(only(configuration, (tag) => !needNamespace.has(tag))),
    ...presence(activity),
    ...walk(only(configuration, (tag) => needNamespace.has(tag))),
    ...(others.length === 0
      ? []
      : [" set tCurrent=tNamespace,$namespace=tCurrent", ...walk(others)]),
    ' set tCurrent="%SYS",$namespace=tCurrent',
  ];
}

function presence(activity: Activity): string[] {
  const isThere = `${namespaces}.Exists(tNamespace)`;
  if (attribute(activity, "Create", "yes") === "no") {
    return [
      ` if tNamespace'="%ALL",'${isThere} {`,
      failWith('"Namespace "_tNamespace_" does not exist"'),
      " }",
    ];
  }
  const { Code, Data } = activity.attributes;
  const wanted = { Globals: Data ?? Code, Routines: Code ?? Data };
  return [
    ...properties(wanted),
    ` if ${isThere} {`,
    must(`${namespaces}.Get(tNamespace,.tHas)`),
    ...same("Globals", "Namespace "),
    ...same("Routines", "Namespace "),
    " } else {",
    log(1, "CreateNamespace", '"Creating namespace "_tNamespace'),
    must(`${namespaces}.Create(tNamespace,.tProps)`),
    " }",
  ];
}

function same(property: string, what: string): string[] {
  const named = `$zconvert($get(tProps("${property}")),"U")`;
  return [
    ` if $data(tProps("${property}")),${named}'=tHas("${property}") {`,
    failWith(`"${what}"_tNamespace_" exists with ${property} "_tHas("${property}")`),
    " }",
  ];
}

/** `<Database>`: its resource, its file, its place in the configuration. */
export function databaseCode(activity: Activity): string[] {
  const isThere = `${databases}.Exists(tName)`;
  const name = ` set tName=$zconvert(${attribute(activity, "Name")},"U")`;
  if (attribute(activity, "Create", "yes") === "no") {
    return [name, ` if '${isThere} {`, failWith('"Database "_tName_" does not exist"'), " }"];
  }
  const { MountAtStartup, MountRequired, StreamLocation } = activity.attributes;
  return [
    name,
    ` set tDir=${attribute(activity, "Dir")},tResource=${attribute(activity, "Resource")}`,
    ' if tDir="" {',
    failWith('"Database "_tName_" needs a directory"'),
    " }",
    ` set tDir=${files}.NormalizeDirectory(tDir)`,
    ...overwriteCode(activity),
    ...resourceCode(activity),
    ...fileCode(activity),
    ...properties({ Directory: "tDir", MountAtStartup, MountRequired, StreamLocation }),
    ` if ${isThere} {`,
    must(`${databases}.Get(tName,.tHas)`),
    ' if tHas("Directory")\'=tDir {',
    failWith('"Database "_tName_" exists in "_tHas("Directory")'),
    " }",
    " } else {",
    must(`${databases}.Create(tName,.tProps)`),
    " }",
  ];
}

/** Data is not deleted by a manifest here. */
function overwriteCode(activity: Activity): string[] {
  if (attribute(activity, "Create") !== "overwrite") return [];
  const refuse = '##class(%Installer.Manifest).%Refuse("Create=""overwrite"" of "_tDir)';
  return [` if ##class(SYS.Database).%ExistsId(tDir) do ${refuse}`];
}

function resourceCode(activity: Activity): string[] {
  const create = `##class(Security.Resources).Create(tResource,"",${attribute(activity, "PublicPermissions")})`;
  return [
    " if tResource'=\"\",'##class(Security.Resources).Exists(tResource) {",
    must(create),
    " }",
  ];
}

function fileCode(activity: Activity): string[] {
  const size = (name: string) => attribute(activity, name);
  const create =
    `##class(SYS.Database).CreateDatabase(tDir,${size("InitialSize")},,,tResource,,,,,` +
    `${size("MaximumSize")},${size("ExpansionSize")})`;
  return [
    " if '##class(SYS.Database).%ExistsId(tDir) {",
    log(1, "CreateDatabase", '"Creating database "_tName_" in "_tDir'),
    ` if '${files}.DirectoryExists(tDir),'${files}.CreateDirectoryChain(tDir) {`,
    failWith('"Directory "_tDir_" cannot be created"'),
    " }",
    must(create),
    " }",
  ];
}

const mapped: Readonly<Record<string, { readonly className: string; readonly named: string }>> = {
  ClassMapping: { className: "Config.MapPackages", named: "Package" },
  GlobalMapping: { className: "Config.MapGlobals", named: "Global" },
  RoutineMapping: { className: "Config.MapRoutines", named: "Routines" },
};

/** A mapping; one that exists already gets the database of the manifest. */
export function mappingCode(activity: Activity): string[] {
  const { className, named } = mapped[activity.tag] ?? { className: "", named: "" };
  const at = "(tNamespace,tName";
  return [
    ` set tName=${attribute(activity, named)}`,
    ...properties({ Database: attribute(activity, "From") }),
    log(1, activity.tag, `"Mapping "_tName_" from "_tProps("Database")_" in "_tNamespace`),
    ` if ##class(${className}).Exists${at}) {`,
    must(`##class(${className}).Modify${at},.tProps)`),
    " } else {",
    must(`##class(${className}).Create${at},.tProps)`),
    " }",
  ];
}

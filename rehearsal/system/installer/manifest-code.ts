/** The code of setup(): what `%Installer.Manifest.%Generate` writes for a manifest. The evaluator
 *  runs it like any method, so the classes it calls are those administrators call.
 *  Source: GCI_manifest (it runs in %SYS, variables come in by reference, the level of the log is
 *  the second argument). */

import { GenerationFault } from "../../objectscript/errors.ts";
import type { GeneratorRequest } from "../../objectscript/host.ts";
import * as simple from "./activity-code.ts";
import { checkManifest, type Activity } from "./check-manifest.ts";
import { attribute, helper } from "./code-parts.ts";
import { databaseCode, mappingCode, namespaceCode } from "./namespace-code.ts";
import { predefined, unsetVariables } from "./template.ts";
import { readElement } from "./xml-element.ts";

const codeOf: Readonly<Record<string, (activity: Activity) => string[]>> = {
  CSPApplication: simple.applicationCode,
  ClassMapping: mappingCode,
  CopyFile: simple.copyCode,
  Database: databaseCode,
  Default: simple.variableCode,
  Error: simple.errorCode,
  GlobalMapping: mappingCode,
  If: (activity) => [` if ${attribute(activity, "Condition")} {`, ...walk(activity.children), " }"],
  Import: simple.importCode,
  Invoke: simple.invokeCode,
  Log: simple.logCode,
  Namespace: (activity) => namespaceCode(activity, walk),
  RoutineMapping: mappingCode,
  SystemSetting: simple.settingCode,
  Var: simple.variableCode,
};

function walk(activities: readonly Activity[]): string[] {
  return activities.flatMap((activity) => codeOf[activity.tag]?.(activity) ?? []);
}

/** The code for the manifest in an XData block.
 *  @throws GenerationFault naming everything that is wrong in it, with its line
 *  @throws NotSimulated naming everything this engine does not do */
export function manifestCode(request: GeneratorRequest, xdataName: string): string {
  const data = request.xdata(xdataName);
  const [variables, level] = request.formals;
  if (data === undefined) throw fault(`XData block '${xdataName}' does not exist`);
  if (variables === undefined || level === undefined) {
    throw fault("setup() takes the variables and the level of the log");
  }
  const manifest = checkManifest(readElement(data));
  const used = unsetVariables(data.text).map((name) => ` do ${helper}.%Need("${name}",.tVars)`);
  return [
    ...beginning(request),
    ...used,
    " try {",
    ...walk(manifest.children),
    " } catch tError {",
    " set tSC=tError.AsStatus()",
    " }",
    ' set $namespace="%SYS"',
    ` do ${helper}.%Ended(tLogLevel,"${request.className}",tSC)`,
    " quit tSC",
  ].join("\n");
}

const fault = (message: string) => new GenerationFault([{ line: 1, message }]);

function beginning({ className, formals }: GeneratorRequest): string[] {
  const [variables = "", level = "", ...objects] = formals;
  const given = objects.map((name) => `(${name}'="")`).join("!");
  const preset = Object.entries(predefined).map(([name, code]) => ` set tVars("${name}")=${code}`);
  return [
    " new $namespace",
    ...objects.map((name) => ` set ${name}=$get(${name})`),
    ...(given === "" ? [] : [` if ${given} do ${helper}.%Refuse("an installer or a logger")`]),
    ` set tSC=1,tCurrent="%SYS",tLogLevel=$get(${level},3)`,
    ` if $namespace'="%SYS" {`,
    ` quit $$$ERROR($$$GeneralError,"${className} must be run in %SYS, not in "_$namespace)`,
    " }",
    ...preset,
    ' set tKey=""',
    " for {",
    ` set tKey=$order(${variables}(tKey)) quit:tKey=""`,
    ` set tVars($zconvert(tKey,"U"))=${variables}(tKey)`,
    " }",
    ` do ${helper}.%Log(tLogLevel,0,"${className}","Installation starting")`,
  ];
}

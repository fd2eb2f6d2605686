/** Small classes about the process and the instance: `$system.Process`, `.Util`, `.INetInfo`,
 *  `.Version`, and `%SYS.System`. Source: class reference %SYSTEM.*. */

import { ProcessEnd } from "../../objectscript/errors.ts";
import type { Arguments, NativeClass, NativeProcess } from "../../objectscript/host.ts";
import type { Running } from "../../objectscript/host.ts";
import { toInteger } from "../../objectscript/numbers.ts";
import type { Value } from "../../objectscript/value.ts";
import { knownMethods } from "./known-methods.ts";
import type { LibraryEnvironment } from "./environment.ts";
import { directoryPath, plainPath } from "./paths.ts";
import { okStatus } from "./status.ts";
import { changeDirectory, currentDirectory } from "./working-directory.ts";

const defaultExitStatus = 1;

/** `Terminate(pid,status)`: this process ends with the status; others through the instance. */
function terminate(call: Arguments, process: NativeProcess): Value {
  const status = call.given(1) ? toInteger(call.value(1)) : defaultExitStatus;
  const other = call.text(0) === "" ? undefined : toInteger(call.value(0));
  if (other === undefined || other === process.jobNumber) throw new ProcessEnd(status);
  return process.terminate(other, status);
}

/** The directory before the change, as the product answers. */
function workingDirectory(
  call: Arguments,
  process: NativeProcess,
  environment: LibraryEnvironment,
): Value {
  const before = currentDirectory(process, environment);
  if (call.text(0) !== "") {
    const wanted = directoryPath(call.text(0), before);
    const isThere = environment.files.facts(plainPath(wanted))?.kind === "directory";
    if (!isThere) return "";
    changeDirectory(process, wanted);
  }
  return before;
}

function processClass(environment: LibraryEnvironment): NativeClass {
  return {
    name: "%SYSTEM.Process",
    classMethods: {
      Terminate: terminate,
      CurrentDirectory: (call, process) => workingDirectory(call, process, environment),
      NameSpace: (_, process) => process.namespace,
      UserName: (_, process) => process.username,
      // Assumed: nobody here reads a device to its end by $zeof, so switching it changes nothing.
      SetZEOF: () => 0,
    },
    notSimulated: knownMethods("%SYSTEM.Process"),
  };
}

function utilClass(environment: LibraryEnvironment): NativeClass {
  return {
    name: "%SYSTEM.Util",
    classMethods: {
      GetEnviron: (call) => environment.environmentVariable(call.text(0)) ?? "",
      InstallDirectory: () => environment.installDirectory,
      ManagerDirectory: () => environment.managerDirectory,
      DataDirectory: () => environment.managerDirectory.replace(/mgr\/$/, ""),
      BinaryDirectory: () => `${environment.installDirectory}bin/`,
    },
    notSimulated: knownMethods("%SYSTEM.Util"),
  };
}

const addressPattern = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/** `""` for a host nobody knows. */
function* hostNameToAddress(call: Arguments, environment: LibraryEnvironment): Running<Value> {
  const host = call.text(0);
  if (addressPattern.test(host)) return host;
  let address: string | undefined;
  const until = environment.resolveHost(host).then((found) => (address = found));
  yield { kind: "wait", until };
  return address ?? "";
}

function netClass(environment: LibraryEnvironment): NativeClass {
  return {
    name: "%SYSTEM.INetInfo",
    classMethods: {
      LocalHostName: () => environment.hostName,
      HostNameToAddr: (call) => hostNameToAddress(call, environment),
      IPV6Format: () => 0,
    },
    notSimulated: knownMethods("%SYSTEM.INetInfo"),
  };
}

/** Parts of `$zversion`: product, release, build. */
function versionParts(version: string): { readonly release: string; readonly build: string } {
  const match = /(\d{4}\.\d+)(?:\.\d+)* \(Build (\w+)/.exec(version);
  return { release: match?.[1] ?? "", build: match?.[2] ?? "" };
}

const versionClass: NativeClass = {
  name: "%SYSTEM.Version",
  classMethods: {
    GetVersion: (_, process) => process.version,
    GetNumber: (_, process) => versionParts(process.version).release,
    GetMajor: (_, process) => versionParts(process.version).release.split(".")[0] ?? "",
    GetMinor: (_, process) => versionParts(process.version).release.split(".")[1] ?? "",
    GetBuildNumber: (_, process) => versionParts(process.version).build,
    GetOS: () => "UNIX",
    GetProduct: () => "InterSystems IRIS",
  },
  notSimulated: knownMethods("%SYSTEM.Version"),
};

function sysSystemClass(environment: LibraryEnvironment): NativeClass {
  return {
    name: "%SYS.System",
    classMethods: {
      WriteToConsoleLog: (call) => {
        environment.consoleLog(call.text(0), toInteger(call.value(2)));
        return okStatus;
      },
      GetInstanceName: () => environment.instance,
      GetNodeName: () => environment.hostName,
      GetUniqueInstanceName: () => `${environment.hostName.toUpperCase()}:${environment.instance}`,
    },
    notSimulated: knownMethods("%SYS.System"),
  };
}

/** All of them. */
export function smallSystemClasses(environment: LibraryEnvironment): NativeClass[] {
  return [
    processClass(environment),
    utilClass(environment),
    netClass(environment),
    versionClass,
    sysSystemClass(environment),
  ];
}

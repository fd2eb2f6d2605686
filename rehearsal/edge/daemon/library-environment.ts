/** What the library classes see of the instance and its container. */

import { lookup } from "node:dns/promises";
import { hostname } from "node:os";
import type { LibraryEnvironment } from "../../system/library/environment.ts";
import { nodeFiles } from "../../system/library/node-files.ts";
import type { MessagesLog, Severity } from "../messages-log.ts";
import type { Places } from "../places.ts";

/** The environment of this instance. */
export function libraryEnvironment(places: Places, log: MessagesLog): LibraryEnvironment {
  return {
    hostName: hostname(),
    instance: places.instance,
    installDirectory: `${places.installDirectory}/`,
    managerDirectory: places.managerDirectory,
    workingDirectory: places.managerDirectory,
    files: nodeFiles,
    environmentVariable: (name) => process.env[name],
    resolveHost: async (name) => {
      try {
        return (await lookup(name, { family: 4 })).address;
      } catch {
        return undefined;
      }
    },
    consoleLog: (text, severity) => log.write(severityOf(severity), "Generic.Event", text),
    monitorStateOk: () => log.health.reset(),
  };
}

function severityOf(value: number): Severity {
  return value === 1 || value === 2 || value === 3 ? value : 0;
}

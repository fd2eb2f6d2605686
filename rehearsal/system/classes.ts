/** All classes of the system, by their full names. */

import type { NativeClass } from "../objectscript/host.ts";
import { backupGeneral } from "./backup/backup-general.ts";
import { configDatabases } from "./config/databases.ts";
import { configMapGlobals } from "./config/map-globals.ts";
import { configMiscellaneous } from "./config/miscellaneous.ts";
import { configMapMirrors, configMirrors } from "./config/mirrors.ts";
import { configNamespaces } from "./config/namespaces.ts";
import { globalQuery } from "./database/global-query.ts";
import { sysDatabase } from "./database/sys-database.ts";
import type { Instance } from "./instance.ts";
import { sysAgent } from "./mirror/sys-agent.ts";
import { sysMirror } from "./mirror/sys-mirror.ts";
import { systemMirror } from "./mirror/system-mirror.ts";
import { securityServices } from "./security/services.ts";

/** The classes of this instance. */
export function systemClasses(instance: Instance): readonly NativeClass[] {
  return [
    backupGeneral(instance),
    configDatabases(instance),
    configMapGlobals(instance),
    configMapMirrors(instance),
    configMirrors(instance),
    configMiscellaneous(instance),
    configNamespaces(instance),
    globalQuery(instance),
    securityServices(instance),
    sysAgent(instance),
    sysDatabase(instance),
    sysMirror(instance),
    systemMirror(instance),
  ];
}

/** All classes of the system, by their full names. */

import type { NativeClass } from "../objectscript/host.ts";
import { backupGeneral } from "./backup/backup-general.ts";
import { configDatabases } from "./config/databases.ts";
import { configMappings } from "./config/mappings.ts";
import { configMapMirrors, configMirrors } from "./config/mirrors.ts";
import { configNamespaces } from "./config/namespaces.ts";
import { globalQuery } from "./database/global-query.ts";
import { configSections } from "./config/sections.ts";
import { sysDatabase } from "./database/sys-database.ts";
import { installerManifest } from "./installer/installer-manifest.ts";
import type { Instance } from "./instance.ts";
import { sysAgent } from "./mirror/sys-agent.ts";
import { sysMirror } from "./mirror/sys-mirror.ts";
import { systemMirror } from "./mirror/system-mirror.ts";
import { securityAccounts } from "./security/accounts.ts";
import { securityServices } from "./security/services.ts";
import { securitySettings } from "./security/settings.ts";

/** The classes of this instance. */
export function systemClasses(instance: Instance): readonly NativeClass[] {
  return [
    backupGeneral(instance),
    configDatabases(instance),
    ...configMappings(instance),
    configMapMirrors(instance),
    configMirrors(instance),
    configNamespaces(instance),
    globalQuery(instance),
    installerManifest,
    ...configSections(instance),
    ...securityAccounts(),
    ...securitySettings(),
    securityServices(instance),
    sysAgent(instance),
    sysDatabase(instance),
    sysMirror(instance),
    systemMirror(instance),
  ];
}

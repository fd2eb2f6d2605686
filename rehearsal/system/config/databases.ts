/** `Config.Databases`: the section [Databases] of iris.cpf.
 *  Source: class reference Config.Databases; RACS_Database_n. */

import { existsSync } from "node:fs";
import type { NativeClass } from "../../objectscript/host.ts";
import { directoryName, type ConfiguredDatabase } from "../../storage/configuration.ts";
import { databaseFileName } from "../../storage/database-file.ts";
import { Refusal } from "../support/refusal.ts";
import type { Instance } from "../instance.ts";
import { recordClass, type Properties, type Records } from "./record-class.ts";

const section = "Databases";

const systemNames = [
  "IRISSYS",
  "IRISLIB",
  "IRISTEMP",
  "IRISLOCALDATA",
  "IRISAUDIT",
  "IRISSECURITY",
  "ENSLIB",
];

function propertiesOf(database: ConfiguredDatabase): Properties {
  return {
    Directory: database.directory,
    Server: database.server,
    MountRequired: database.mountRequired ? "1" : "0",
    MountAtStartup: "0",
    ClusterMountMode: "0",
    StreamLocation: database.streamLocation,
  };
}

/** `directory,server,mount required,mount at startup,cluster mode,stream location`. */
function cpfText(properties: Properties): string {
  const text = [
    properties["Directory"] ?? "",
    properties["Server"] ?? "",
    properties["MountRequired"] === "1" ? "1" : "",
    properties["MountAtStartup"] === "1" ? "1" : "",
    "",
    properties["StreamLocation"] ?? "",
  ].join(",");
  return text.replace(/,+$/, "");
}

function records({ store }: Instance): Records {
  const { configuration } = store;
  const find = (name: string) =>
    configuration.databases().find((database) => database.name === name.toUpperCase());
  return {
    keyLength: 1,
    properties: [
      "Directory",
      "Server",
      "MountRequired",
      "MountAtStartup",
      "ClusterMountMode",
      "StreamLocation",
    ],
    find: ([name = ""]) => {
      const database = find(name);
      return database === undefined ? undefined : propertiesOf(database);
    },
    async put([name = ""], properties) {
      const directory = properties["Directory"] ?? "";
      if (directory === "") throw new Refusal(408, section, "Directory");
      configuration.set(
        section,
        name.toUpperCase(),
        cpfText({ ...properties, Directory: directoryName(directory) }),
      );
      configuration.save();
      const isHere = existsSync(`${directoryName(directory)}${databaseFileName}`);
      if (isHere && (properties["Server"] ?? "") === "") await store.mount(directory);
    },
    remove([name = ""]) {
      const wanted = name.toUpperCase();
      if (systemNames.includes(wanted)) throw new Refusal(427, wanted);
      const users = configuration
        .namespaces()
        .filter(({ globals, routines }) => globals === wanted || routines === wanted)
        .map((namespace) => namespace.name);
      if (users.length > 0) throw new Refusal(429, wanted, users.join(","));
      configuration.remove(section, wanted);
      configuration.save();
    },
    alreadyThere: ([name = ""]) => {
      throw new Refusal(459, name);
    },
    notThere: ([name = ""]) => {
      throw new Refusal(420, "Database", name);
    },
  };
}

/** The class on this instance. */
export function configDatabases(instance: Instance): NativeClass {
  const { copies } = instance.store.mirror;
  return {
    ...recordClass("Config.Databases", records(instance)),
    queries: {
      List: {
        columns: ["Name", "Directory", "Server"],
        rows: () =>
          instance.store.configuration
            .databases()
            .map(({ name, directory, server }) => [name, directory, server]),
      },
      // LIVE on 2026.1: name, mirror set, directory; empty on a backup without its copy.
      MirrorDatabaseList: {
        columns: ["Name", "MirrorSetName", "Directory"],
        rows: () => copies.rows().map((row) => [row.name, row.mirror, row.directory]),
      },
    },
  };
}

/** `SYS.Database`: files of databases. Source: class reference SYS.Database; the properties for
 *  checks as listed there (it reports the mount table, not the disk). */

import { NotSimulated } from "../../objectscript/errors.ts";
import { existsSync } from "node:fs";
import type { NativeClass, NativeProcess, Running } from "../../objectscript/host.ts";
import { isTrue } from "../../objectscript/numbers.ts";
import type { Value } from "../../objectscript/value.ts";
import { directoryName } from "../../storage/configuration.ts";
import { databaseFileName } from "../../storage/database-file.ts";
import type { DatabaseEntry } from "../../storage/databases.ts";
import { Refusal } from "../support/refusal.ts";
import type { Instance } from "../instance.ts";
import { awaiting, refusalStatus, statusMethod } from "../support/answers.ts";
import { okStatus } from "../library/status.ts";

const className = "SYS.Database";

/** An opened database: its directory, and changes until `%Save`. */
interface Opened {
  readonly directory: string;
  readonly changes: Record<string, string>;
}

const truth = (value: boolean | undefined): number => (value === true ? 1 : 0);

/** Arguments of CreateDatabase behind the directory, in the product's order. */
const createArguments = {
  size: 1,
  blockSize: 2,
  isEncrypted: 3,
  resource: 4,
  journalState: 5,
  mirrorDatabaseName: 6,
  mirrorSetName: 7,
  maxSize: 9,
  expansionSize: 10,
} as const;

function createDatabase({ store, mirror }: Instance) {
  return statusMethod(async (call) => {
    if (call.text(0) === "") throw new Refusal(5007, "");
    const directory = directoryName(call.text(0));
    if (call.text(createArguments.isEncrypted) === "1") {
      throw new NotSimulated("encrypted databases");
    }
    const properties = given({
      Size: call.text(createArguments.size),
      ResourceName: call.text(createArguments.resource),
      GlobalJournalState: call.text(createArguments.journalState),
      MaxSize: call.text(createArguments.maxSize),
      ExpansionSize: call.text(createArguments.expansionSize),
    });
    const name = call.text(createArguments.mirrorDatabaseName);
    const set = call.text(createArguments.mirrorSetName);
    if (name === "") {
      await store.createDatabase(directory, properties);
      return;
    }
    const view = mirror.view();
    if (view.isMember === 0) throw new Refusal(2074);
    if (set !== "" && !view.mirrorNames.includes(set.toUpperCase())) {
      throw new Refusal(2051, set);
    }
    const { isFailoverDatabase: failoverDatabase } = view;
    const wanted = { directory, name: name.toUpperCase(), properties, failoverDatabase };
    await store.mirroredDatabases.create(wanted);
  });
}

function given(properties: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== ""));
}

/** The class on this instance. */
export function sysDatabase(instance: Instance): NativeClass<Opened> {
  const { store } = instance;
  const entryOf = (self: Opened): DatabaseEntry | undefined => store.databases.find(self.directory);
  const label = (self: Opened) => entryOf(self)?.database?.label;
  const rowOf = (self: Opened) =>
    store.mirror.copies.rows().find((row) => row.directory === self.directory);
  const property = (get: (self: Opened) => Value) => ({ get });
  const isHere = (directory: string) =>
    existsSync(`${directoryName(directory)}${databaseFileName}`) ? 1 : 0;
  return {
    name: className,
    namespace: "%SYS",
    classMethods: {
      CreateDatabase: createDatabase(instance),
      MountDatabase: statusMethod((call) => store.mount(call.text(0))),
      DismountDatabase: statusMethod((call) => store.dismount(call.text(0))),
      DeleteDatabase: statusMethod((call) => store.deleteDatabase(call.text(0))),
      "%ExistsId": (call) => isHere(call.text(0)),
      "%OpenId": (call, process: NativeProcess) => {
        if (isHere(call.text(0)) === 0) return "";
        return process.createObject(className, {
          directory: directoryName(call.text(0)),
          changes: {},
        });
      },
    },
    // Source: class reference (signatures).
    mostArguments: { CreateDatabase: 14, DismountDatabase: 1, DeleteDatabase: 1, MountDatabase: 4 },
    methods: {
      *"%Save"(self): Running<Value> {
        try {
          yield* awaiting(store.changeProperties(self.directory, self.changes));
          return okStatus;
        } catch (error) {
          return refusalStatus(error);
        }
      },
    },
    properties: {
      Directory: property((self) => self.directory),
      SFN: property((self) => entryOf(self)?.sfn ?? -1),
      Mounted: property((self) => truth(entryOf(self)?.database !== undefined)),
      ReadOnlyMounted: property((self) => truth(isReadOnlyMounted(instance, self))),
      ReadOnly: {
        get: (self) => Number(label(self)?.properties["ReadOnly"] ?? 0),
        set: (self, value) => {
          self.changes["ReadOnly"] = isTrue(value) ? "1" : "0";
        },
      },
      Size: property((self) => Number(label(self)?.properties["Size"] ?? 0)),
      MaxSize: property((self) => Number(label(self)?.properties["MaxSize"] ?? 0)),
      ResourceName: property((self) => label(self)?.properties["ResourceName"] ?? ""),
      GlobalJournalState: property((self) => Number(label(self)?.properties["GlobalJournalState"])),
      Mirrored: property((self) => truth(label(self)?.mirror !== undefined)),
      MirrorSetName: property((self) => label(self)?.mirror?.mirror ?? ""),
      MirrorDBName: property((self) => label(self)?.mirror?.database ?? ""),
      MirrorFailoverDB: property((self) => truth(label(self)?.mirror?.failoverDatabase)),
      MirrorActivationRequired: property((self) => truth(label(self)?.mirror?.activated === false)),
      MirrorDBCatchup: property((self) => truth(label(self)?.mirror?.caughtUp === false)),
      ...(instance.profile.downloadsDatabases
        ? { MirrorDBDownload: property((self) => truth(label(self)?.mirror?.needsDownload)) }
        : {}),
      MirrorDBPaused: property((self) => truth(rowOf(self)?.status === "Dejournaling Stopped")),
      MirrorObsolete: property((self) => truth(rowOf(self)?.status === "Obsolete")),
      InActiveMirror: property((self) => truth(rowOf(self) !== undefined)),
    },
    notSimulated: ["CanDatabaseBeMirrored", "CopyDatabase", "ExpandDatabase", "GetFreeSpace"],
  };
}

/** A mirrored database is writable on the primary alone. Source: GHA_mirror_set. */
function isReadOnlyMounted({ store }: Instance, { directory }: Opened): boolean {
  const database = store.databases.find(directory)?.database;
  if (database === undefined) return false;
  if (database.label.properties["ReadOnly"] === "1") return true;
  if (database.label.mirror?.failoverDatabase !== true) return false;
  return !store.mirror.copies.current.has(database);
}

/** The data directory of an instance: made at the first start, recognised later. */

import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync, type Dirent } from "node:fs";
import { join } from "node:path";
import { formatCpf } from "./cpf.ts";
import { databaseFileName } from "./database-file.ts";
import { Database } from "./database.ts";
import { defaultProperties } from "./database-properties.ts";
import { defaultCpf, systemDatabasesOf } from "./default-cpf.ts";
import { syncDirectory } from "./journal-file.ts";
import { StatusError } from "./status-error.ts";

/** What a new instance is made from. */
export interface NewInstance {
  /** With closing slash. */
  readonly dataDirectory: string;
  /** Version profile, such as `2022.1`. */
  readonly release: string;
  /** `2022.1.0.209.0`. */
  readonly build: string;
  readonly newGuid: () => string;
}

/** Marks a first start that did not end.
 *  Source: messages.log of a first start with durable %SYS. */
const unfinishedMark = "CloneIncomplete";

/** What stands in `mgr/` before there is an instance: what a start leaves, and what a fresh file
 *  system has. */
const beforeInstance = ["alerts.log", "iris.key", "lost+found", "messages.log"];

/** True when `mgr/` holds an instance, or what is left of one: a fresh volume mounted there or on
 *  a folder in it is empty. */
export function holdsInstance(dataDirectory: string): boolean {
  const manager = `${dataDirectory}mgr`;
  if (!existsSync(manager)) return false;
  return readdirSync(manager, { withFileTypes: true }).some(
    (entry) => !beforeInstance.includes(entry.name) && !isFresh(entry),
  );
}

function isFresh(entry: Dirent): boolean {
  if (!entry.isDirectory()) return false;
  return readdirSync(join(entry.parentPath, entry.name)).every((name) =>
    beforeInstance.includes(name),
  );
}

/** Makes the directory's content when it is not there; a first start that was interrupted is done
 *  again from the beginning. Source: ADOCK (durable %SYS).
 *  @returns true when the instance is new
 *  @throws StatusError 5001 when the directory cannot be made, or holds something else */
export function prepareDataDirectory(instance: NewInstance): boolean {
  const { dataDirectory } = instance;
  const mark = `${dataDirectory}${unfinishedMark}`;
  const isUnfinished = existsSync(mark);
  if (holdsInstance(dataDirectory) && !isUnfinished) return false;
  const isForeign =
    existsSync(dataDirectory) &&
    !existsSync(`${dataDirectory}mgr`) &&
    readdirSync(dataDirectory).length > 0;
  if (isForeign && !isUnfinished) {
    throw new StatusError(
      5001,
      `${dataDirectory} holds data but no mgr directory: it is no instance's data directory`,
    );
  }
  makeTarget(dataDirectory);
  writeFileSync(mark, "");
  makeTree(instance);
  rmSync(mark);
  syncDirectory(dataDirectory);
  return true;
}

function makeTarget(dataDirectory: string): void {
  try {
    mkdirSync(dataDirectory, { recursive: true });
    writeFileSync(`${dataDirectory}${unfinishedMark}`, "");
  } catch (cause) {
    // What the product says about a fresh volume that belongs to root.
    throw Object.assign(new StatusError(5001, `Cannot create target ${dataDirectory}`), { cause });
  }
}

/** Source: ADOCK, tree of the durable directory after the first start. */
function makeTree({ dataDirectory, release, build, newGuid }: NewInstance): void {
  const manager = `${dataDirectory}mgr/`;
  const directories = ["csp/", "dist/install/misc/", "mgr/journal/", "mgr/temp/", "mgr/stream/"];
  for (const directory of directories) {
    mkdirSync(`${dataDirectory}${directory}`, { recursive: true });
  }
  const owner = newGuid();
  for (const { name, directory, isJournaled } of systemDatabasesOf(release)) {
    const place = `${manager}${directory}`;
    mkdirSync(place, { recursive: true });
    rmSync(`${place}${databaseFileName}`, { force: true });
    Database.create(place, {
      // The database of the system gives the instance its identity.
      guid: name === "IRISSYS" ? owner : newGuid(),
      owner,
      own: undefined,
      mirror: undefined,
      mirrored: undefined,
      properties: { ...defaultProperties, GlobalJournalState: isJournaled ? "3" : "2" },
    });
  }
  writeFileSync(`${dataDirectory}dist/install/misc/buildver`, `${build}\n`);
  writeFileSync(`${dataDirectory}iris.cpf`, formatCpf(defaultCpf(manager, release)));
}

/** `CreateDatabase`, `CreateDatabaseFile`, `DeleteDatabaseFile`.
 *  Source: RACS_createdatabase (SYS.Database.CreateDatabase, then Config.Databases.Create; what
 *  LogicalOnly means on the primary, and that others ignore it); GHA_mirror_set_configdbs. */

import { constants, copyFileSync, mkdirSync } from "node:fs";
import type { Running } from "../../objectscript/host.ts";
import { isTrue } from "../../objectscript/numbers.ts";
import type { Value } from "../../objectscript/value.ts";
import { directoryName } from "../../storage/configuration.ts";
import { databaseFileName } from "../../storage/database-file.ts";
import { isError, okStatus } from "../library/status.ts";
import { Refusal } from "../support/refusal.ts";
import { callSystem } from "./call.ts";
import { exists, pick, type Perform, type Performance } from "./performing.ts";
import { waitFor } from "./wait-for.ts";

/** How long a member may take from joining to following, and the primary to make a database that
 *  is made here too. Source: public scripts wait up to 30 s for the former; twice that for both. */
const mirrorSettlesMs = 60_000;

const configuredProperties = ["Directory", "MountRequired", "MountAtStartup", "StreamLocation"];

const isMirrored = ({ given }: Performance): boolean => (given["MirrorSetName"] ?? "") !== "";

const directoryOf = ({ given }: Performance): string => directoryName(given["Directory"] ?? "");

function* fileExists(performance: Performance): Running<boolean> {
  const call = ["SYS.Database", "%ExistsId"] as const;
  return isTrue(yield* callSystem(performance.process, call, directoryOf(performance)));
}

/** Registers a database and makes its file; one that is registered is left as it is. */
export const createDatabase: Perform = function* (performance) {
  const { given, process, around } = performance;
  const name = given["Name"] ?? "";
  if (yield* exists(process, "Config.Databases", [name])) return okStatus;
  yield* mirrorSettles(performance);
  const configured = pick(given, configuredProperties);
  const register = () => callSystem(process, ["Config.Databases", "Create"], name, configured);
  const isOrdinary = !isMirrored(performance);
  const isExisting = given["LogicalOnly"] === "1" || (given["Seed"] ?? "") !== "";
  if (isExisting && isOrdinary) return yield* register();
  if (isExisting && around.instance.mirror.view().isPrimary) {
    return yield* addExisting(performance, register);
  }
  const isHere = isOrdinary && (yield* fileExists(performance));
  const status = isHere ? okStatus : yield* createFile(performance);
  return isError(status) ? status : yield* register();
};

/** Puts a database with data into the mirror: the one in the directory, or a copy of Seed. Of one
 *  that cannot be, nothing stays: a merge of the corrected file would pass over it otherwise. */
function* addExisting(performance: Performance, register: () => Running<Value>): Running<Value> {
  const { given, process } = performance;
  const directory = directoryOf(performance);
  const seed = given["Seed"] ?? "";
  if (seed !== "") copySeed(directoryName(seed), directory);
  const registered = yield* register();
  const call = ["SYS.Mirror", "AddDatabase"] as const;
  const status = isError(registered)
    ? registered
    : yield* callSystem(process, call, directory, given["MirrorDBName"] ?? "");
  if (!isError(status)) return status;
  yield* callSystem(process, ["Config.Databases", "Delete"], given["Name"] ?? "");
  if (seed !== "") yield* callSystem(process, ["SYS.Database", "DeleteDatabase"], directory);
  return status;
}

/** A database that is mounted somewhere is not whole on the disk: mounting its copy is
 *  refused (350).
 *  @throws Refusal 5032, 5001 */
function copySeed(seed: string, directory: string): void {
  makeDirectory(directory);
  const [from, to] = [`${seed}${databaseFileName}`, `${directory}${databaseFileName}`];
  try {
    copyFileSync(from, to, constants.COPYFILE_EXCL);
  } catch (error) {
    throw new Refusal(5001, error instanceof Error ? error.message : String(error));
  }
}

/** Makes the file alone; one that is there is left as it is. */
export const createDatabaseFile: Perform = function* (performance) {
  if (yield* fileExists(performance)) return okStatus;
  yield* mirrorSettles(performance);
  return yield* createFile(performance);
};

/** Removes a file; none is no fault. */
export const deleteDatabaseFile: Perform = function* (performance) {
  if (!(yield* fileExists(performance))) return okStatus;
  const call = ["SYS.Database", "DeleteDatabase"] as const;
  return yield* callSystem(performance.process, call, directoryOf(performance));
};

function* createFile(performance: Performance): Running<Value> {
  const { given, process } = performance;
  const directory = directoryOf(performance);
  makeDirectory(directory);
  const text = (name: string): string => given[name] ?? "";
  return yield* callSystem(
    process,
    ["SYS.Database", "CreateDatabase"],
    ...[directory, text("Size"), "", "", text("ResourceName"), text("GlobalJournalState")],
    ...[text("MirrorDBName"), text("MirrorSetName"), "", text("MaxSize"), text("ExpansionSize")],
  );
}

/** The product makes the directory: captured log of a CreateDatabase that could not.
 *  @throws Refusal 5032 */
function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true });
  } catch {
    throw new Refusal(5032, directory);
  }
}

/** Waits until this member leads or follows, and until the mirror has the database where this one
 *  follows: both may just have been begun by this merge and the primary's. When that does not come
 *  about, the class says what is missing. */
function* mirrorSettles(performance: Performance): Running<void> {
  const { given, around } = performance;
  const { mirror, store } = around.instance;
  if (!isMirrored(performance) || mirror.view().isMember === 0) return;
  const wanted = (given["MirrorDBName"] ?? "").toUpperCase();
  yield* waitFor(() => {
    const { isPrimary, isBackup, isConnectedAsync } = mirror.view();
    if (isPrimary) return true;
    const lacking = store.mirror.copies.missing();
    const isInMirror = lacking.some(({ database }) => database.toUpperCase() === wanted);
    return (isBackup || isConnectedAsync) && isInMirror;
  }, mirrorSettlesMs);
}

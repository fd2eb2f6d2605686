/** A database on one instance as the steps may rely on it: mounted, and not another one. */

import type { DatabaseSettings } from "../contract/common.ts";
import { databaseStateOf, type DatabaseState } from "../instance.ts";
import { MirrorError } from "../mirror-error.ts";
import type { Session } from "../session.ts";

/** Looks at a database. One that an interrupted run or a person left dismounted is mounted first,
 *  for it does not tell what it is; unless its name belongs to another directory. */
export async function mountedStateOf(
  session: Session,
  database: DatabaseSettings,
): Promise<DatabaseState> {
  const state = await databaseStateOf(session, database);
  if (!state.file || state.mounted || isConfiguredElsewhere(database, state)) {
    return state;
  }
  await session.call("Database.Mount", database);
  return databaseStateOf(session, database);
}

/** @throws MirrorError when the name is configured elsewhere, or the file mirrored as another. */
export function refuseElsewhere(
  mirror: string,
  database: DatabaseSettings,
  state: DatabaseState,
): void {
  if (isConfiguredElsewhere(database, state)) {
    const configured = String(state.configuredDirectory);
    throw elsewhere(database, `${database.name} is configured with the directory ${configured}`);
  }
  if (!state.mirrored) {
    return;
  }
  const isSame =
    state.mirror?.toUpperCase() === mirror.toUpperCase() &&
    state.mirrorName?.toUpperCase() === database.name.toUpperCase();
  if (!isSame) {
    const as = `${String(state.mirrorName)} of the mirror ${String(state.mirror)}`;
    throw elsewhere(database, `the file in ${database.directory} is mirrored as ${as}`);
  }
}

function isConfiguredElsewhere(
  { directory }: DatabaseSettings,
  { configuredDirectory }: DatabaseState,
): boolean {
  return configuredDirectory !== undefined && withSlash(configuredDirectory) !== directory;
}

function elsewhere(database: DatabaseSettings, seen: string): MirrorError {
  return new MirrorError({
    code: "database-elsewhere",
    subject: database.name,
    seen,
    remedy: "Give the database another name or directory in the topology.",
  });
}

function withSlash(directory: string): string {
  return directory.endsWith("/") ? directory : `${directory}/`;
}

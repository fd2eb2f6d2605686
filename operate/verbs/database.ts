/** A database of the mirror on its primary: created there as a mirrored one, or added with the data
 *  it has. On the primary first, because the others follow its journal. Source:
 *  GHA_mirror_set_configdbs; SYS.Database CreateDatabase; SYS.Mirror AddDatabase. */

import { askAgainMs } from "../budgets.ts";
import type { ParsedInput, VerbOutput } from "../contract.ts";
import { contractVersion, type DatabaseSettings } from "../contract/common.ts";
import {
  actInRole,
  databaseStateOf,
  mirroredDatabasesOf,
  type DatabaseState,
} from "../instance.ts";
import { withPrimary, type Reached } from "../members.ts";
import { MirrorError } from "../mirror-error.ts";
import { waitUntil } from "../wait.ts";
import type { World } from "../world.ts";

type Input = ParsedInput<"database">;

/** How often a changed role is answered by looking for the primary again. */
const attempts = 3;

export async function run(input: Input, world: World): Promise<VerbOutput<"database">> {
  const result = { version: contractVersion, database: input.database.name } as const;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const outcome = await withPrimary(world, input, (primary) => ensure(input, primary, world));
    if (outcome !== "role changed") {
      return { ...result, changed: outcome === "changed" };
    }
    world.say(`${input.database.name}: the primary changed just now; looking for the new one`);
  }
  throw new MirrorError({
    code: "no-primary",
    subject: input.mirror,
    seen: "the primary changed again and again",
    remedy: "Wait until the mirror is quiet (`npm run status`), then run the same command again.",
  });
}

type Outcome = "changed" | "unchanged" | "role changed";

async function ensure(input: Input, primary: Reached, world: World): Promise<Outcome> {
  const { database } = input;
  const state = await databaseStateOf(primary.session, database);
  const decision = decide(input.mirror, database, state);
  if (decision.configure) {
    await primary.session.call("Database.Configure", database);
  }
  if (decision.act !== "none") {
    const primitive = decision.act === "create" ? "Database.Create" : "Database.Add";
    const argument = { ...database, mirror: input.mirror, primary: true };
    if (!(await actInRole(primary.session, primitive, argument))) {
      return "role changed";
    }
  }
  await awaitNormal(database, primary, world);
  return decision.act !== "none" || decision.configure ? "changed" : "unchanged";
}

interface Decision {
  /** Enter the database into the configuration of the instance. */
  readonly configure: boolean;
  readonly act: "none" | "create" | "add";
}

/** What is missing on the primary. @throws MirrorError when name or directory are another's. */
function decide(mirror: string, database: DatabaseSettings, state: DatabaseState): Decision {
  refuseElsewhere(mirror, database, state);
  return {
    configure: state.configuredDirectory === undefined,
    act: !state.file ? "create" : state.mirrored ? "none" : "add",
  };
}

/** @throws MirrorError when the name is configured elsewhere, or the file mirrored as another. */
export function refuseElsewhere(
  mirror: string,
  database: DatabaseSettings,
  state: DatabaseState,
): void {
  const configured = state.configuredDirectory;
  if (configured !== undefined && withSlash(configured) !== database.directory) {
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

/** `Normal` is the healthy status on the primary. Source: GHA_mirror_manage. */
function awaitNormal(database: DatabaseSettings, primary: Reached, world: World): Promise<string> {
  return waitUntil(world, {
    subject: `${database.name} on ${primary.member.name}`,
    until: "its status is Normal",
    budgetMs: world.budget("database"),
    everyMs: askAgainMs,
    remedy: "Look at the Mirror Monitor of that member, and into its messages.log.",
    probe: async () => {
      const databases = await mirroredDatabasesOf(primary.session);
      const found = databases.find((one) => one.name === database.name.toUpperCase());
      return found?.status === "Normal"
        ? { done: found.status }
        : { still: found === undefined ? "it is not in the mirror" : `it is ${found.status}` };
    },
  });
}

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
  withSession,
  type DatabaseState,
} from "../instance.ts";
import { withPrimary, type Reached } from "../members.ts";
import { MirrorError } from "../mirror-error.ts";
import { mountedStateOf, refuseElsewhere } from "../seeding/state.ts";
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
  const state = await mountedStateOf(primary.session, database);
  const decision = decide(input.mirror, database, state);
  if (decision.act === "create") {
    await refuseHidden(input, primary, world);
  }
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

/** An empty database on the primary would take the place of one that only another member has. One
 *  that cannot be asked now is not waited for: what it has is set aside later, not lost.
 *  @throws MirrorError `plain-database` */
async function refuseHidden(
  { database, failover }: Input,
  primary: Reached,
  world: World,
): Promise<void> {
  for (const member of failover.filter(({ name }) => name !== primary.member.name)) {
    const state = await withSession(world, member, (session) =>
      databaseStateOf(session, database),
    ).catch(unlessOutOfReach);
    if (state?.file === true && !state.mirrored) {
      throw new MirrorError({
        code: "plain-database",
        subject: `${database.name} on ${member.name}`,
        seen:
          `an ordinary database is in ${database.directory} there, and none on the primary ` +
          primary.member.name,
        remedy:
          `If its data are wanted, let ${member.name} become primary first, or copy it to ` +
          `${primary.member.name}; otherwise move its directory away.`,
      });
    }
  }
}

function unlessOutOfReach(problem: unknown): undefined {
  if (problem instanceof MirrorError && problem.definite) {
    return undefined;
  }
  throw problem;
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

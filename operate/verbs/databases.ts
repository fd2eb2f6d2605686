/** The databases of the mirror on one member. A backup or async gets each as a mirrored database
 *  under the directory it has on the primary, and catches up by itself while the journals since
 *  its creation are there. Where the product cannot do that, because the database held data before
 *  it was mirrored or the journals are gone, it gets a copy. Source: GHA_mirror_set_configdbs. */

import { askAgainMs } from "../budgets.ts";
import type { ParsedInput, VerbOutput } from "../contract.ts";
import { contractVersion, type DatabaseSettings } from "../contract/common.ts";
import { anyText, fit, list, openObject } from "../contract/shape.ts";
import {
  actInRole,
  catchUp,
  databaseStateOf,
  mirroredDatabasesOf,
  stateOf,
  withSession,
} from "../instance.ts";
import { holds } from "../members.ts";
import { MirrorError } from "../mirror-error.ts";
import { decide, type Decision } from "../seeding/decide.ts";
import { seed } from "../seeding/seed.ts";
import { mountedStateOf } from "../seeding/state.ts";
import type { Session } from "../session.ts";
import { waitUntil } from "../wait.ts";
import type { World } from "../world.ts";
import { unhealthy } from "../verify/copies.ts";

type Input = ParsedInput<"databases">;

export function run(input: Input, world: World): Promise<VerbOutput<"databases">> {
  return withSession(world, input.member, async (session) => {
    const isPrimary = await awaitRole(input, session, world);
    const place = { input, session, isPrimary };
    const changed = await ensureAll(place, world);
    const released = await release(place, previousDatabases(world));
    const helped = await makeHealthy(place, world);
    return {
      version: contractVersion,
      databases: input.databases.map((database) => database.name),
      changed: changed || released || helped,
    };
  });
}

interface Place {
  readonly input: Input;
  readonly session: Session;
  readonly isPrimary: boolean;
}

/** True for the primary, once the member has a role in which it holds databases. */
function awaitRole(input: Input, session: Session, world: World): Promise<boolean> {
  return waitUntil(world, {
    subject: input.member.name,
    until: "it is primary, backup or connected",
    budgetMs: world.budget("backup"),
    everyMs: askAgainMs,
    remedy: `Look into the messages.log of ${input.member.container}.`,
    probe: async () => {
      const state = await stateOf(session);
      if (!holds(state, input.mirror)) {
        throw new MirrorError({
          code: "mirror-absent",
          subject: input.member.name,
          seen: `it does not belong to the mirror ${input.mirror}`,
          remedy: "Run `npx pulumi up`: its step join makes it a member.",
        });
      }
      return ["PRIMARY", "BACKUP", "CONNECTED"].includes(state.status)
        ? { done: state.status === "PRIMARY" }
        : { still: `it is ${state.status}` };
    },
  });
}

/** Decides for all before it acts on the first, so that a refusal has changed nothing. */
async function ensureAll(place: Place, world: World): Promise<boolean> {
  const { input, session, isPrimary } = place;
  const decided: { database: DatabaseSettings; decision: Decision }[] = [];
  for (const database of input.databases) {
    const state = await mountedStateOf(session, database);
    decided.push({ database, decision: decide(input, { ...database, isPrimary }, state) });
  }
  for (const { database, decision } of decided) {
    await act(place, world, { database, decision });
  }
  return decided.some(({ decision }) => decision.configure || decision.act !== "none");
}

const previousOutput = openObject({ databases: list(anyText) });

/** What the last run of this step listed, from its output. Nothing for a first run; an output this
 *  version cannot read releases nothing. */
function previousDatabases({ environment }: World): string[] {
  try {
    const text = environment["PULUMI_COMMAND_STDOUT"] ?? "null";
    const read = fit(previousOutput, JSON.parse(text));
    return "value" in read ? read.value.databases : [];
  } catch {
    return [];
  }
}

/** Makes ordinary databases of the copies that were listed before and are not any more; the other
 *  members keep theirs. Source: GHA_mirror_set_configdbs 4.10.5 (on an async: that copy alone). */
async function release({ input, session }: Place, before: readonly string[]): Promise<boolean> {
  const wanted = input.databases.map(({ name }) => name.toUpperCase());
  const dropped = input.releases ? before.filter((name) => !wanted.includes(name)) : [];
  if (dropped.length === 0) {
    return false;
  }
  const copies = (await mirroredDatabasesOf(session)).filter(({ name }) => dropped.includes(name));
  for (const { name, directory } of copies) {
    if (!(await actInRole(session, "Database.Remove", { directory, primary: false }))) {
      throw roleChanged(`${name} on ${input.member.name}`);
    }
  }
  return copies.length > 0;
}

function roleChanged(subject: string): MirrorError {
  return new MirrorError({
    code: "instance-refused",
    subject,
    seen: "the member became primary just now",
    remedy: "Run the same command again: it looks first and goes on from what is there.",
  });
}

async function act(
  place: Place,
  world: World,
  { database, decision }: { readonly database: DatabaseSettings; readonly decision: Decision },
): Promise<void> {
  const { input, session } = place;
  if (decision.configure) {
    await session.call("Database.Configure", database);
  }
  const refused = decision.act === "create" ? await create(place, database) : undefined;
  const ordinary = decision.act === "copy" ? "an ordinary database is in its place" : undefined;
  const why = refused ?? ordinary;
  if (why !== undefined) {
    await seed(world, { ...input, session }, database, why);
  }
}

/** Creates the file as a mirrored database. @returns why the product refused: it does so for one
 *  that held data before it was mirrored (ERR 2105), and what else it may have met a copy mends */
async function create(
  { input, session }: Place,
  database: DatabaseSettings,
): Promise<string | undefined> {
  const argument = { ...database, mirror: input.mirror, primary: false };
  try {
    if (await actInRole(session, "Database.Create", argument)) {
      return undefined;
    }
  } catch (problem) {
    if (!(problem instanceof MirrorError) || problem.code !== "instance-refused") {
      throw problem;
    }
    const { mirrored } = await databaseStateOf(session, database);
    return mirrored ? undefined : problem.seen;
  }
  throw roleChanged(`${database.name} on ${input.member.name}`);
}

/** Waits until all are healthy. One that cannot get there by journals gets a copy, once.
 *  @returns whether it did anything */
async function makeHealthy(place: Place, world: World): Promise<boolean> {
  const { input, session } = place;
  const seeded = new Set<string>();
  for (;;) {
    const { lost, helped } = await awaitHealthy(place, world);
    for (const { database, why } of lost) {
      if (seeded.has(database.name)) {
        throw new MirrorError({
          code: "journals-gone",
          subject: `${database.name} on ${input.member.name}`,
          seen: `after a copy was made: ${why}`,
          remedy: "Run the same command again; do not purge journals while it copies.",
        });
      }
      seeded.add(database.name);
      await seed(world, { ...input, session }, database, why);
    }
    if (lost.length === 0) {
      return helped || seeded.size > 0;
    }
  }
}

/** A database that journals cannot bring forward here, and why. */
interface Lost {
  readonly database: DatabaseSettings;
  readonly why: string;
}

/** Waits until each is healthy or lost, and starts what the product leaves to an operator.
 *  Statuses: GHA_mirror_manage. */
async function awaitHealthy(
  { input, session, isPrimary }: Place,
  world: World,
): Promise<{ readonly lost: readonly Lost[]; readonly helped: boolean }> {
  const healthy = isPrimary ? "Normal" : "Dejournaling";
  const helped = new Set<string>();
  const failed = new Set<string>();
  return waitUntil(world, {
    subject: input.member.name,
    until: `every database is ${healthy}`,
    budgetMs: world.budget("database"),
    everyMs: askAgainMs,
    remedy: "Look at the Mirror Monitor of that member, and into its messages.log.",
    probe: async () => {
      const found = await mirroredDatabasesOf(session);
      const behind = unhealthy(input.databases, found, healthy);
      const lost = isPrimary ? [] : behind.flatMap((one) => lostOf(one, failed));
      for (const { database, status } of behind) {
        const help = helpFor(status);
        if (help !== undefined && !helped.has(`${database.name} ${status}`)) {
          helped.add(`${database.name} ${status}`);
          if (!(await give(help, session, database))) {
            failed.add(database.name);
          }
        }
      }
      return behind.length === lost.length
        ? { done: { lost, helped: helped.size > 0 } }
        : { still: behind.map((one) => `${one.database.name} is ${one.status}`).join(", ") };
    },
  });
}

function lostOf(
  { database, status }: { readonly database: DatabaseSettings; readonly status: string },
  failed: ReadonlySet<string>,
): Lost[] {
  const isStuck = status === "Needs Catchup" && failed.has(database.name);
  const isOther = status === "Obsolete";
  if (!isStuck && !isOther) {
    return [];
  }
  const why = isOther ? "it is Obsolete" : "the journals it needs are gone";
  return [{ database, why }];
}

/** @returns false when catching up did not work; what activating meets is thrown */
async function give(help: Help, session: Session, database: DatabaseSettings): Promise<boolean> {
  if (help === "Database.CatchUp") {
    return catchUp(session, database);
  }
  await session.call(help, database);
  return true;
}

type Help = "Database.Activate" | "Database.CatchUp";

/** What an operator would do about a status, on a member that is not primary. */
export function helpFor(status: string): Help | undefined {
  switch (status) {
    case "Needs Activation":
      return "Database.Activate";
    case "Needs Catchup":
      return "Database.CatchUp";
    default:
      return undefined;
  }
}

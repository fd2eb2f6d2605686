/** The databases of the mirror on one member. A backup or async gets each as a mirrored database
 *  under the directory it has on the primary, and catches up by itself while the journals since
 *  its creation are there. Source: GHA_mirror_set_configdbs. */

import { askAgainMs } from "../budgets.ts";
import type { ParsedInput, VerbOutput } from "../contract.ts";
import { contractVersion, type DatabaseSettings } from "../contract/common.ts";
import { anyText, fit, list, openObject } from "../contract/shape.ts";
import {
  actInRole,
  databaseStateOf,
  mirroredDatabasesOf,
  stateOf,
  withSession,
  type DatabaseState,
} from "../instance.ts";
import { holds } from "../members.ts";
import { MirrorError } from "../mirror-error.ts";
import type { Session } from "../session.ts";
import { waitUntil } from "../wait.ts";
import type { World } from "../world.ts";
import { unhealthy } from "../verify/copies.ts";
import { refuseElsewhere } from "./database.ts";

type Input = ParsedInput<"databases">;

export function run(input: Input, world: World): Promise<VerbOutput<"databases">> {
  return withSession(world, input.member, async (session) => {
    const isPrimary = await awaitRole(input, session, world);
    const place = { input, session, isPrimary };
    const changed = await ensureAll(place);
    const released = await release(place, previousDatabases(world));
    const helped = await awaitHealthy(place, world);
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
async function ensureAll(place: Place): Promise<boolean> {
  const { input, session, isPrimary } = place;
  const decided: { database: DatabaseSettings; decision: Decision }[] = [];
  for (const database of input.databases) {
    const state = await databaseStateOf(session, database);
    decided.push({ database, decision: decide(input, { ...database, isPrimary }, state) });
  }
  for (const { database, decision } of decided) {
    await act(place, database, decision);
  }
  return decided.some(({ decision }) => decision.configure || decision.create);
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

async function act(place: Place, database: DatabaseSettings, decision: Decision): Promise<void> {
  const { input, session } = place;
  if (decision.configure) {
    await session.call("Database.Configure", database);
  }
  if (!decision.create) {
    return;
  }
  const argument = { ...database, mirror: input.mirror, primary: false };
  if (!(await actInRole(session, "Database.Create", argument))) {
    throw roleChanged(`${database.name} on ${input.member.name}`);
  }
}

interface Decision {
  /** Enter the database into the configuration of the instance. */
  readonly configure: boolean;
  /** Create its file, as a mirrored database. */
  readonly create: boolean;
}

/** What is missing on this member. @throws MirrorError where an ordinary database or another one
 *  stands in the way, and where the primary itself lacks the database. */
function decide(
  input: Pick<Input, "mirror" | "member">,
  database: DatabaseSettings & { readonly isPrimary: boolean },
  state: DatabaseState,
): Decision {
  refuseElsewhere(input.mirror, database, state);
  const subject = `${database.name} on ${input.member.name}`;
  if (database.isPrimary && !state.mirrored) {
    throw new MirrorError({
      code: "database-missing",
      subject,
      seen: "this member is the primary now and does not have the database in the mirror",
      remedy: "Run `npx pulumi up` again: its step database puts it in on the current primary.",
    });
  }
  if (state.file && !state.mirrored) {
    throw new MirrorError({
      code: "plain-database",
      subject,
      seen: `an ordinary database is in ${database.directory}, so a mirrored one cannot go there`,
      remedy:
        "If its data are of no use, dismount it, move its directory away, remove it from the " +
        "configuration, and run `npx pulumi up`.",
    });
  }
  return { configure: state.configuredDirectory === undefined, create: !state.file };
}

/** Waits until all are healthy, and starts what the product leaves to an operator.
 *  Statuses: GHA_mirror_manage. @returns whether it started anything. */
async function awaitHealthy(place: Place, world: World): Promise<boolean> {
  const { input, session, isPrimary } = place;
  const healthy = isPrimary ? "Normal" : "Dejournaling";
  const helped = new Set<string>();
  await waitUntil(world, {
    subject: input.member.name,
    until: `every database is ${healthy}`,
    budgetMs: world.budget("database"),
    everyMs: askAgainMs,
    remedy: "Look at the Mirror Monitor of that member, and into its messages.log.",
    probe: async () => {
      const found = await mirroredDatabasesOf(session);
      const behind = unhealthy(input.databases, found, healthy);
      for (const { database, status } of behind) {
        const primitive = helpFor(status);
        if (primitive !== undefined && !helped.has(`${database.name} ${status}`)) {
          helped.add(`${database.name} ${status}`);
          await session.call(primitive, database);
        }
      }
      return behind.length === 0
        ? { done: undefined }
        : { still: behind.map((one) => `${one.database.name} is ${one.status}`).join(", ") };
    },
  });
  return helped.size > 0;
}

/** What an operator would do about a status, on a member that is not primary. */
export function helpFor(status: string): string | undefined {
  switch (status) {
    case "Needs Activation":
      return "Database.Activate";
    case "Needs Catchup":
      return "Database.CatchUp";
    default:
      return undefined;
  }
}

/** Proves the end state: roles, failover mode, every database caught up, writable on the primary
 *  only, and a record that goes from the primary to the others. It is removed again. */

import { randomUUID } from "node:crypto";
import { askAgainMs, type BudgetName } from "../budgets.ts";
import type { ParsedInput, VerbOutput } from "../contract.ts";
import { contractVersion } from "../contract/common.ts";
import {
  failoverMembersOf,
  failoverReadyOf,
  mirroredDatabasesOf,
  recordsIn,
  writeErrors,
  type FailoverMember,
} from "../instance.ts";
import { holds, isReached, lookAgain, withMembers, type Reached } from "../members.ts";
import { MirrorError } from "../mirror-error.ts";
import { waitUntil, type Seen } from "../wait.ts";
import type { World } from "../world.ts";
import { unhealthy } from "./databases.ts";

type Input = ParsedInput<"verify">;

export function run(input: Input, world: World): Promise<VerbOutput<"verify">> {
  return withMembers(world, input.failover, async (asked) => {
    const members = asked.map((one) => {
      if (isReached(one)) {
        return one;
      }
      throw one.problem;
    });
    refuseStrangers(input, members);
    const pair = await awaitRoles(input, members, world);
    await awaitReady(input, pair, world);
    await awaitDatabases(input, pair, world);
    await checkWrites(input, pair);
    const replicated = await followRecord(input, pair, world);
    return {
      version: contractVersion,
      roles: {
        [pair.primary.member.name]: "Primary",
        ...Object.fromEntries(pair.others.map((one) => [one.member.name, "Backup"])),
      },
      failoverMode: modeOf(input),
      replicated,
    };
  });
}

/** The primary, and the backup unless it is the only member. */
interface Pair {
  readonly primary: Reached;
  readonly others: readonly Reached[];
}

/** Arbiter controlled mode is not asked for by name: `IsFailoverReady` demands it where an arbiter
 *  is configured. Source: SYS.Mirror IsFailoverReady. */
function modeOf(input: Input): string {
  if (input.failover.length === 1) {
    return "single member";
  }
  return input.mirror.arbiter === undefined ? "agent controlled" : "arbiter controlled";
}

function until<T>(
  input: Input,
  world: World,
  wanted: {
    readonly until: string;
    readonly budget: BudgetName;
    readonly probe: () => Promise<Seen<T>>;
  },
): Promise<T> {
  return waitUntil(world, {
    subject: input.mirror.name,
    until: wanted.until,
    code: "not-verified",
    budgetMs: world.budget(wanted.budget),
    everyMs: askAgainMs,
    remedy: "Look with `npm run status`, then into the messages.log of the member that differs.",
    probe: wanted.probe,
  });
}

function awaitRoles(input: Input, members: readonly Reached[], world: World): Promise<Pair> {
  return until(input, world, {
    until: "one member is primary, the other backup, and both see it so",
    budget: "backup",
    probe: async () => {
      const now = await Promise.all(members.map((one) => lookAgain(one)));
      const views = await Promise.all(now.map((one) => failoverMembersOf(one.session)));
      const fault = rolesFault(now, views);
      const primary = now.find((one) => one.state.status === "PRIMARY");
      return fault !== undefined || primary === undefined
        ? { still: fault ?? "no member is primary" }
        : { done: { primary, others: now.filter((one) => one !== primary) } };
    },
  });
}

/** Waiting makes nobody a member. */
function refuseStrangers(input: Input, members: readonly Reached[]): void {
  const stranger = members.find((one) => !holds(one.state, input.mirror.name));
  if (stranger !== undefined) {
    throw new MirrorError({
      code: "not-verified",
      subject: input.mirror.name,
      seen: `${stranger.member.name} does not belong to the mirror`,
      remedy: "Run `npx pulumi up`: its step join makes it a member.",
    });
  }
}

/** What is wrong with the roles, or `undefined`. `views` are the failover members as each member
 *  sees them, in the order of `members`. */
export function rolesFault(
  members: readonly Reached[],
  views: readonly (readonly FailoverMember[])[],
): string | undefined {
  const roles = members.map((one) => ({
    name: one.member.memberName.toUpperCase(),
    role: one.state.status === "PRIMARY" ? "Primary" : "Backup",
    status: one.state.status,
  }));
  const primaries = roles.filter((one) => one.status === "PRIMARY").length;
  const settled = roles.every((one) => one.status === "PRIMARY" || one.status === "BACKUP");
  if (primaries !== 1 || !settled) {
    return roles.map((one) => `${one.name} is ${one.status}`).join(", ");
  }
  const wanted = viewOf(roles);
  // A member that is about to be taken out is still in the mirror and not in the input.
  const names = new Set(roles.map((one) => one.name));
  const seen = views.map((view) => viewOf(view.filter((one) => names.has(one.name.toUpperCase()))));
  const differing = seen.findIndex((view) => view !== wanted);
  return differing < 0
    ? undefined
    : `${String(members[differing]?.member.name)} sees ${String(seen[differing])}, wanted: ${wanted}`;
}

/** Members with their roles, in an order that does not depend on who looks. */
function viewOf(view: readonly { readonly name: string; readonly role: string }[]): string {
  return view
    .map((one) => `${one.name.toUpperCase()} ${one.role}`)
    .toSorted()
    .join(", ");
}

async function awaitReady(input: Input, pair: Pair, world: World): Promise<void> {
  if (pair.others.length === 0) {
    return;
  }
  await until(input, world, {
    until: `a failover would succeed, ${modeOf(input)}`,
    budget: "failoverReady",
    probe: async () => {
      const { ready, reason } = await failoverReadyOf(pair.primary.session);
      return ready ? { done: undefined } : { still: reason || "no reason given" };
    },
  });
}

async function awaitDatabases(input: Input, pair: Pair, world: World): Promise<void> {
  await until(input, world, {
    until: "every database is Normal on the primary and Dejournaling on the backup",
    budget: "database",
    probe: async () => {
      const faults = await Promise.all([
        databaseFaults(input, pair.primary, "Normal"),
        ...pair.others.map((one) => databaseFaults(input, one, "Dejournaling")),
      ]);
      const all = faults.flat();
      return all.length === 0 ? { done: undefined } : { still: all.join(", ") };
    },
  });
}

async function databaseFaults(input: Input, one: Reached, healthy: string): Promise<string[]> {
  const found = await mirroredDatabasesOf(one.session);
  return unhealthy(input.databases, found, healthy).map(
    ({ database, status }) => `${database.name} on ${one.member.name} is ${status}`,
  );
}

async function checkWrites(input: Input, pair: Pair): Promise<void> {
  const directories = input.databases.map((database) => database.directory);
  const faults = await Promise.all(
    [pair.primary, ...pair.others].map(async (one) => {
      const wanted = one === pair.primary ? "" : "<PROTECT>";
      const met = await writeErrors(one.session, directories);
      return writeFaults(input, { member: one.member.name, wanted }, met);
    }),
  );
  const all = faults.flat();
  if (all.length > 0) {
    throw new MirrorError({
      code: "not-verified",
      subject: input.mirror.name,
      seen: all.join(", "),
      remedy: "Look at the databases in the Mirror Monitor of that member.",
    });
  }
}

/** Databases that take a write where they must not, or refuse one where they must take it. */
export function writeFaults(
  input: Pick<Input, "databases">,
  place: { readonly member: string; readonly wanted: string },
  met: readonly string[],
): string[] {
  return input.databases.flatMap((database, index) => {
    const error = met[index] ?? "nothing known";
    return error === place.wanted
      ? []
      : [
          `a write to ${database.name} on ${place.member} meets ${error || "no error"}, ` +
            `wanted: ${place.wanted || "no error"}`,
        ];
  });
}

async function followRecord(input: Input, pair: Pair, world: World): Promise<boolean> {
  const directories = input.databases.map((database) => database.directory);
  if (directories.length === 0 || pair.others.length === 0) {
    return false;
  }
  const record = { directories, token: randomUUID() };
  try {
    await pair.primary.session.call("Record.Write", record);
    await Promise.all(pair.others.map((one) => awaitRecord(input, one, record, world)));
  } finally {
    await pair.primary.session.call("Record.Remove", record);
  }
  return true;
}

function awaitRecord(
  input: Input,
  one: Reached,
  record: { readonly directories: readonly string[]; readonly token: string },
  world: World,
): Promise<void> {
  return until(input, world, {
    until: `the record written on the primary is on ${one.member.name}`,
    budget: "record",
    probe: async () => {
      const arrived = await recordsIn(one.session, record);
      return arrived === record.directories.length
        ? { done: undefined }
        : { still: `it is in ${arrived} of ${record.directories.length} databases` };
    },
  });
}

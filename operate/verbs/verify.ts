/** Proves the end state: roles, failover mode, every database caught up, writable where it may be
 *  and nowhere else, and a record that goes from the primary to the others. It is removed again. */

import { randomUUID } from "node:crypto";
import { askAgainMs, type BudgetName } from "../budgets.ts";
import type { ParsedInput, VerbOutput } from "../contract.ts";
import { contractVersion } from "../contract/common.ts";
import { failoverMembersOf, failoverReadyOf, recordsIn } from "../instance.ts";
import { holds, isReached, lookAgain, withMembers, type Reached } from "../members.ts";
import { productTypes } from "../member-types.ts";
import { MirrorError } from "../mirror-error.ts";
import {
  contentFaults,
  databaseFaults,
  directoriesOf,
  globalsOf,
  holdersOf,
  writeFaultsOf,
  type Holder,
} from "../verify/copies.ts";
import { checksOf, type Arrival } from "../verify/checks.ts";
import { asyncFaults, rolesFault, type AsyncSeen } from "../verify/roles.ts";
import { waitUntil, type Seen } from "../wait.ts";
import type { World } from "../world.ts";

type Input = ParsedInput<"verify">;

export function run(input: Input, world: World): Promise<VerbOutput<"verify">> {
  const everyone = [...input.failover, ...input.asyncs.map(({ member }) => member)];
  return withMembers(world, everyone, async (asked) => {
    const members = asked.map((one) => {
      if (isReached(one)) {
        return one;
      }
      throw one.problem;
    });
    refuseStrangers(input, members);
    const pair = await awaitRoles(input, members.slice(0, input.failover.length), world);
    const asyncs = await awaitAsyncs(input, members.slice(input.failover.length), world);
    await awaitReady(input, pair, world);
    const holders = holdersOf(input.databases, pair, asyncs);
    await awaitDatabases(input, holders, world);
    await awaitSameGlobals(input, holders, world);
    await checkWrites(input, holders);
    const arrivals = await followRecord(input, holders, world);
    return {
      version: contractVersion,
      roles: rolesOf(pair, asyncs),
      failoverMode: modeOf(input),
      replicated: arrivals.length > 0,
      checks: checksOf(holders, arrivals),
    };
  });
}

function rolesOf(pair: Pair, asyncs: readonly AsyncSeen[]): Record<string, string> {
  return {
    [pair.primary.member.name]: "Primary",
    ...Object.fromEntries(pair.others.map((one) => [one.member.name, "Backup"])),
    ...Object.fromEntries(
      asyncs.map(({ wanted }) => [wanted.member.name, productTypes[wanted.type]]),
    ),
  };
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

async function awaitAsyncs(
  input: Input,
  members: readonly Reached[],
  world: World,
): Promise<AsyncSeen[]> {
  if (members.length === 0) {
    return [];
  }
  return until(input, world, {
    until: "every async is connected, as what it is to be",
    budget: "backup",
    probe: async () => {
      const now = await Promise.all(members.map((one) => lookAgain(one)));
      const asyncs = input.asyncs.flatMap((wanted, index) => {
        const seen = now[index];
        return seen === undefined ? [] : [{ wanted, seen }];
      });
      const faults = asyncFaults(asyncs);
      return faults.length === 0 ? { done: asyncs } : { still: faults.join(", ") };
    },
  });
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

async function awaitDatabases(
  input: Input,
  holders: readonly Holder[],
  world: World,
): Promise<void> {
  await until(input, world, {
    until: "every database is Normal on the primary and Dejournaling on the others",
    budget: "database",
    probe: async () => {
      const all = (await Promise.all(holders.map(databaseFaults))).flat();
      return all.length === 0 ? { done: undefined } : { still: all.join(", ") };
    },
  });
}

/** `holders` has the primary first. Clients may write meanwhile: a new global is on its way. */
async function awaitSameGlobals(
  input: Input,
  [primary, ...copies]: readonly Holder[],
  world: World,
): Promise<void> {
  if (primary === undefined) {
    return;
  }
  await until(input, world, {
    until: "every copy holds the globals that the primary holds",
    budget: "record",
    probe: async () => {
      const wanted = await globalsOf(primary);
      const all = await Promise.all(copies.map((copy) => contentFaults(copy, wanted)));
      const faults = all.flat();
      return faults.length === 0 ? { done: undefined } : { still: faults.join(", ") };
    },
  });
}

async function checkWrites(input: Input, holders: readonly Holder[]): Promise<void> {
  const all = (await Promise.all(holders.map(writeFaultsOf))).flat();
  if (all.length > 0) {
    throw new MirrorError({
      code: "not-verified",
      subject: input.mirror.name,
      seen: all.join(", "),
      remedy: "Look at the databases in the Mirror Monitor of that member.",
    });
  }
}

/** `holders` has the primary first. */
async function followRecord(
  input: Input,
  [primary, ...others]: readonly Holder[],
  world: World,
): Promise<Arrival[]> {
  if (primary === undefined || primary.databases.length === 0 || others.length === 0) {
    return [];
  }
  const record = { directories: directoriesOf(primary), token: randomUUID() };
  try {
    const writtenAt = world.clock.now();
    await primary.member.session.call("Record.Write", record);
    return await Promise.all(
      others.map(async (one) => {
        await awaitRecord(input, one, record.token, world);
        return { member: one.member.member.name, ms: world.clock.now() - writtenAt };
      }),
    );
  } finally {
    await primary.member.session.call("Record.Remove", record);
  }
}

function awaitRecord(input: Input, holder: Holder, token: string, world: World): Promise<void> {
  const directories = directoriesOf(holder);
  return until(input, world, {
    until: `the record written on the primary is on ${holder.member.member.name}`,
    budget: "record",
    probe: async () => {
      const arrived = await recordsIn(holder.member.session, { directories, token });
      return arrived === directories.length
        ? { done: undefined }
        : { still: `it is in ${arrived} of ${directories.length} databases` };
    },
  });
}

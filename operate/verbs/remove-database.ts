/** Takes a database out of the mirror: on the primary first, then on the other failover member,
 *  then on the asyncs. The database and its file stay, as an ordinary one.
 *  Source: GHA_mirror_set_configdbs 4.10.5. */

import { lookAgainMs } from "../budgets.ts";
import type { ParsedInput, VerbOutput } from "../contract.ts";
import { contractVersion } from "../contract/common.ts";
import type { ErrorCode } from "../contract/errors.ts";
import { actInRole } from "../instance.ts";
import {
  holds,
  inWords,
  isPrimaryOf,
  isReached,
  withMembers,
  type Asked,
  type Reached,
} from "../members.ts";
import { isAsync } from "../member-types.ts";
import { MirrorError } from "../mirror-error.ts";
import { mountedStateOf } from "../seeding/state.ts";
import { otherMembers } from "../stack-members.ts";
import { waitUntil, type Seen } from "../wait.ts";
import type { World } from "../world.ts";

type Input = ParsedInput<"remove-database">;

export async function run(input: Input, world: World): Promise<VerbOutput<"remove-database">> {
  // The input names the pair: no step of the others names an async.
  const everyone = [...input.failover, ...(await otherMembers(world, input.failover))];
  const removedFrom: string[] = [];
  await waitUntil(world, {
    subject: input.database.name,
    until: "every member can be asked",
    budgetMs: world.budget("instanceStart"),
    everyMs: lookAgainMs,
    remedy: "Look with `npm run status`; start the members, then run the same command again.",
    probe: () =>
      withMembers(world, everyone, (asked) => removeWhereHeld(input, asked, removedFrom)),
  });
  return { version: contractVersion, database: input.database.name, removedFrom };
}

/** A member that leaves the mirror in the same run restarts meanwhile; what it has then shows when
 *  it is back. */
const passing: readonly ErrorCode[] = ["instance-down", "instance-starting"];

async function removeWhereHeld(
  input: Input,
  asked: readonly Asked[],
  removedFrom: string[],
): Promise<Seen<undefined>> {
  try {
    for (const one of order(input, asked)) {
      if (await removeFrom(input, one)) {
        removedFrom.push(one.member.name);
      }
    }
    return { done: undefined };
  } catch (problem) {
    if (problem instanceof MirrorError && passing.includes(problem.code)) {
      return { still: `${problem.subject}: ${problem.seen}` };
    }
    throw problem;
  }
}

/** The members to act on, primary first, asyncs last. A member whose container is gone holds
 *  nothing; one that cannot be asked may, so nothing is begun. */
function order(input: Input, asked: readonly Asked[]): Reached[] {
  const present = asked.filter((one) => isReached(one) || one.problem.code !== "container-absent");
  const silent = present.find((one) => !isReached(one));
  if (silent !== undefined && !isReached(silent)) {
    throw silent.problem;
  }
  const members = present.filter(isReached).filter((one) => holds(one.state, input.mirror));
  const primary = members.find((one) => isPrimaryOf(one.state, input.mirror));
  if (members.length > 0 && primary === undefined) {
    throw new MirrorError({
      code: "no-primary",
      subject: input.mirror,
      seen: `no failover member is primary: ${inWords(asked)}`,
      remedy: "Start the members until one is primary, then run the same command again.",
    });
  }
  return members.toSorted((one, other) => lateness(one) - lateness(other));
}

function lateness({ state: { status, type } }: Reached): number {
  if (status === "PRIMARY") {
    return 0;
  }
  return isAsync(type) ? 2 : 1;
}

async function removeFrom(input: Input, one: Reached): Promise<boolean> {
  const state = await mountedStateOf(one.session, input.database);
  const { name, directory } = input.database;
  if (!state.mirrored || state.mirrorName?.toUpperCase() !== name.toUpperCase()) {
    return false;
  }
  if (await actInRole(one.session, "Database.Remove", { directory, primary: state.primary })) {
    return true;
  }
  throw new MirrorError({
    code: "instance-refused",
    subject: `${input.database.name} on ${one.member.name}`,
    seen: "the role of the member changed just now",
    remedy: "Run the same command again: it looks first and goes on from what is there.",
  });
}

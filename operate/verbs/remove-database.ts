/** Takes a database out of the mirror, on the primary first, then on every other member. The
 *  database and its file stay, as an ordinary one. Source: GHA_mirror_set_configdbs 4.10.5. */

import type { ParsedInput, VerbOutput } from "../contract.ts";
import { contractVersion } from "../contract/common.ts";
import { actInRole, databaseStateOf } from "../instance.ts";
import {
  inWords,
  isPrimaryOf,
  isReached,
  withMembers,
  type Asked,
  type Reached,
} from "../members.ts";
import { MirrorError } from "../mirror-error.ts";
import type { World } from "../world.ts";

type Input = ParsedInput<"remove-database">;

export function run(input: Input, world: World): Promise<VerbOutput<"remove-database">> {
  return withMembers(world, input.failover, async (asked) => {
    const removedFrom: string[] = [];
    for (const one of order(input, asked)) {
      if (await removeFrom(input, one)) {
        removedFrom.push(one.member.name);
      }
    }
    return { version: contractVersion, database: input.database.name, removedFrom };
  });
}

/** The members to act on, primary first. A member whose container is gone holds nothing; one that
 *  cannot be asked may, so nothing is begun. */
function order(input: Input, asked: readonly Asked[]): Reached[] {
  const present = asked.filter((one) => isReached(one) || one.problem.code !== "container-absent");
  const reached = present.filter(isReached);
  const silent = present.find((one) => !isReached(one));
  if (silent !== undefined && !isReached(silent)) {
    throw silent.problem;
  }
  const members = reached.filter((one) => one.state.mirror !== undefined);
  const primary = members.find((one) => isPrimaryOf(one.state, input.mirror));
  if (members.length > 0 && primary === undefined) {
    throw new MirrorError({
      code: "no-primary",
      subject: input.mirror,
      seen: `no failover member is primary: ${inWords(asked)}`,
      remedy: "Start the members until one is primary, then run the same command again.",
    });
  }
  return primary === undefined ? [] : [primary, ...members.filter((one) => one !== primary)];
}

async function removeFrom(input: Input, one: Reached): Promise<boolean> {
  const state = await databaseStateOf(one.session, input.database);
  if (!state.mirrored) {
    return false;
  }
  const { directory } = input.database;
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

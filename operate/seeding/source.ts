/** From whom a copy of a database is taken. */

import type { DatabaseSettings, MemberAddress } from "../contract/common.ts";
import type { MirroredDatabase } from "../instance.ts";
import { inWords, isPrimaryOf, isReached, type Asked, type Reached } from "../members.ts";
import { MirrorError } from "../mirror-error.ts";

/** A member whose copy of the database is whole. */
export interface Source {
  readonly reached: Reached;
  /** Where the database lies there. */
  readonly directory: string;
}

/** A backup that has caught up before the primary, whose freeze clients might feel; nobody else.
 *  Source: GHA_mirror_set_configdbs 4.8.4.3 (a caught-up copy of a non-primary may be taken).
 *  @throws MirrorError `no-source` */
export function chooseSource(
  wanted: { readonly mirror: string; readonly database: DatabaseSettings },
  asked: readonly Asked[],
): Source {
  const { mirror, database } = wanted;
  const whole = asked.filter(isReached).flatMap((reached) => {
    const isPrimary = isPrimaryOf(reached.state, mirror);
    const held = reached.state.databases.find((one) => isWhole(one, database, isPrimary));
    return held === undefined ? [] : [{ reached, isPrimary, directory: held.directory }];
  });
  const chosen = whole.find(({ isPrimary }) => !isPrimary) ?? whole[0];
  if (chosen === undefined) {
    throw new MirrorError({
      code: "no-source",
      subject: database.name,
      seen: `no failover member has a whole copy of it: ${inWords(asked)}`,
      remedy: "Look with `npm run status`; the primary must have it as Normal.",
    });
  }
  return { reached: chosen.reached, directory: chosen.directory };
}

/** Statuses: GHA_mirror_manage. */
function isWhole(held: MirroredDatabase, wanted: DatabaseSettings, isPrimary: boolean): boolean {
  const status = isPrimary ? "Normal" : "Dejournaling";
  return held.name === wanted.name.toUpperCase() && held.status === status;
}

/** Name of the container that copies to a member; one at a time. */
export function helperName({ container }: MemberAddress): string {
  return `${container}-seeding`;
}

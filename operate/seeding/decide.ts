/** What a member lacks of a database, from what is there. Pure. */

import type { DatabaseSettings } from "../contract/common.ts";
import type { DatabaseState } from "../instance.ts";
import { MirrorError } from "../mirror-error.ts";
import { refuseElsewhere } from "./state.ts";

export interface Decision {
  /** Enter the database into the configuration of the instance. */
  readonly configure: boolean;
  /** Create its file as a mirrored database, or bring a copy of a whole one. */
  readonly act: "none" | "create" | "copy";
}

/** An ordinary database in the place gives way to a copy: a mirrored one cannot go there, and what
 *  it holds is not what the mirror's journals continue. Source: RACS_createdatabase.
 *  @throws MirrorError where another database has name or directory, and where the primary itself
 *  lacks the database */
export function decide(
  place: { readonly mirror: string; readonly member: { readonly name: string } },
  database: DatabaseSettings & { readonly isPrimary: boolean },
  state: DatabaseState,
): Decision {
  refuseElsewhere(place.mirror, database, state);
  if (database.isPrimary && !state.mirrored) {
    throw new MirrorError({
      code: "database-missing",
      subject: `${database.name} on ${place.member.name}`,
      seen: "this member is the primary now and does not have the database in the mirror",
      remedy: "Run `npx pulumi up` again: its step database puts it in on the current primary.",
    });
  }
  return {
    configure: state.configuredDirectory === undefined,
    act: !state.file ? "create" : state.mirrored ? "none" : "copy",
  };
}

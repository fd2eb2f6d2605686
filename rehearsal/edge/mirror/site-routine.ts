/** `^ZMIRROR`, a routine of the site in %SYS: it may hold a member back from the primary role, and
 *  is told what came of it. Source: GHA_mirror_set_config (^ZMIRROR). */

import type { MemberState } from "../../core/state.ts";

/** Asked, in this order, by a member that nothing else holds back.
 *  Assumed: the second one, too, while mirrored databases are still read only. In the product its
 *  process alone may write to them; here that gives `<PROTECT>`, and an error counts as no. */
const questions = ["CanNodeStartToBecomePrimary", "CheckBecomePrimaryOK"] as const;

/** An entry point of the routine. */
export type SiteEntry =
  (typeof questions)[number] | "NotifyBecomePrimary" | "NotifyBecomePrimaryFailed";

/** Runs an entry point, if it is there: what it says, `yes` when it says nothing. Rejects with the
 *  error that ended it. */
export type CallSite = (entry: SiteEntry) => Promise<"absent" | "yes" | "no">;

/** What a mirror does with the routine. */
export class SiteRoutine {
  private readonly call: CallSite;
  private readonly fault: (text: string) => void;

  constructor(call: CallSite, fault: (text: string) => void) {
    this.call = call;
    this.fault = fault;
  }

  /** Why the site does not want this member to be primary now; `undefined` when it lets it. */
  async objection(): Promise<string | undefined> {
    for (const entry of questions) {
      const why = await this.objectionOf(entry);
      if (why !== undefined) return `$$${entry}^ZMIRROR() ${why}`;
    }
    return undefined;
  }

  private async objectionOf(entry: SiteEntry): Promise<string | undefined> {
    try {
      return (await this.call(entry)) === "no" ? "returned 0" : undefined;
    } catch (error) {
      return `ended with ${textOf(error)}`;
    }
  }

  /** Tells the site that this member has become primary, or that it failed to: once until it is
   *  primary or has found one. Assumed: that an objection of the site's own counts as a failure. */
  stepped(before: MemberState, after: MemberState): void {
    if (before.phase.name === "becoming" && after.phase.name === "primary") {
      this.tell("NotifyBecomePrimary");
    } else if (before.lastFailure === undefined && after.lastFailure !== undefined) {
      this.tell("NotifyBecomePrimaryFailed");
    }
  }

  private tell(entry: SiteEntry): void {
    this.call(entry).catch((error: unknown) => {
      this.fault(`${entry}^ZMIRROR() ended with ${textOf(error)}`);
    });
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

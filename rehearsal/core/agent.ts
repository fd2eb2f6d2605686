/** What an ISCAgent answers for its instance. A running instance answers itself; for one that is
 *  down the agent speaks, and only from what it sees: its process is gone, its files are there. */

import { entryOf, type MirrorConfiguration } from "./configuration.ts";
import { newerJournal, type History } from "./history.ts";
import { givenWay } from "./promotion.ts";
import type { PartnerAnswer, PartnerQuestion } from "./messages.ts";
import { noFailoverForbids } from "./primary-guard.ts";

/** How the agent finds its instance. */
export type InstanceSight =
  /** No process of it lives. */
  | {
      readonly kind: "down";
      /** From its iris.cpf; `undefined` where it is no member. */
      readonly configuration: MirrorConfiguration | undefined;
      readonly history: History;
    }
  /** It lives, and did not (yet) answer itself. */
  | { readonly kind: "unclear" };

/** The agent's answer to the other failover member. Saying that the instance is down is a consent:
 *  a member that starts later asks anew before it does anything. Where no failover is set there is
 *  none, even for a partner that was away when it was set.
 *  Source: GHA_mirror_set 3.3.5.1, GHA_mirror_set_member_change 6.1.3. */
export function agentAnswer(sight: InstanceSight, question: PartnerQuestion): PartnerAnswer {
  if (sight.kind === "unclear") return { kind: "no", why: "unclear" };
  const { configuration, history } = sight;
  const asker = configuration === undefined ? undefined : entryOf(configuration, question.member);
  const isKnown =
    configuration?.mirrorGuid === question.mirrorGuid && asker?.guid === question.memberGuid;
  if (!isKnown) return { kind: "no", why: "notMember" };
  if (question.kind === "promote") {
    return givenWay(configuration, question) === undefined
      ? { kind: "no", why: "notPartner" }
      : { kind: "granted", isDown: true, history };
  }
  if (asker.eligibility !== "failover") return { kind: "no", why: "notPartner" };
  if (question.kind === "look" || question.kind === "contest") return { kind: "no", why: "looked" };
  const isNewer = newerJournal(history, question.history) === "theirs";
  if (!isNewer && noFailoverForbids(configuration, question.member)) {
    return { kind: "no", why: "noFailover" };
  }
  return { kind: "granted", isDown: true, history };
}

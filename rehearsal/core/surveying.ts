/** What a DR async asks before it becomes primary where none runs, and what the answers mean.
 *  Whoever asks does the asking: one question after another, or all at once.
 *  Source: SYS.Mirror.PromoteWithNoPartner, PromoteWithSelectedPartner. */

import { entryOf, failoverMembers, type MirrorConfiguration } from "./configuration.ts";
import { errorNumber } from "./membership.ts";
import { deniesRole, type Consent, type PartnerAnswer, type Refusal } from "./messages.ts";
import { isFollower } from "./phases.ts";
import type { MemberState } from "./state.ts";

/** What was learnt before a DR async becomes primary without one. */
export interface Survey {
  /** Former failover members whose agents cannot be reached. */
  readonly absent: readonly string[];
  /** Those that can. */
  readonly present: readonly string[];
}

/** Answers by the names of those who were asked; `undefined`: neither instance nor agent
 *  answers. */
export type Answers = ReadonlyMap<string, PartnerAnswer | undefined>;

/** True when somebody says no instead of what was wanted. */
export function isRefusal(said: object): said is Refusal {
  return "number" in said;
}

const refused = (number: number, ...args: readonly string[]): Refusal => ({ number, args });

/** The members to be looked at: all that could be primary; or 2074, 2117, 2155. */
export function whomToLookAt(state: MemberState): readonly string[] | Refusal {
  const { configuration, local, phase } = state;
  if (configuration === undefined) return refused(errorNumber.notConfigured);
  const name = local?.name ?? "";
  if (entryOf(configuration, name)?.eligibility !== "disasterRecovery") {
    return refused(errorNumber.notDisasterRecovery);
  }
  if (isFollower(phase)) return refused(errorNumber.primaryRuns, phase.primary);
  return configuration.members
    .filter(
      (entry) =>
        entry.name !== name &&
        (entry.eligibility === "failover" || entry.eligibility === "disasterRecovery"),
    )
    .map((entry) => entry.name);
}

/** Who can be reached, where nobody may be primary; else 2155 with the name of the first that is,
 *  or may be. */
export function surveyOf(
  { members }: Pick<MirrorConfiguration, "members">,
  answers: Answers,
): Survey | Refusal {
  for (const [member, answer] of answers) {
    // Assumed: one that lives and does not say what it is may be primary.
    const isSafe = answer === undefined || deniesRole(answer);
    if (!isSafe) return refused(errorNumber.primaryRuns, member);
  }
  const former = failoverMembers({ members })
    .map(({ name }) => name)
    .filter((name) => answers.has(name));
  return {
    absent: former.filter((member) => answers.get(member) === undefined),
    present: former.filter((member) => answers.get(member) !== undefined),
  };
}

/** The selected partner must be a failover member whose agent answers; else 2124, 2128. */
export function partnerObstacle({ present, absent }: Survey, partner: string): Refusal | undefined {
  if (absent.includes(partner)) return refused(errorNumber.partnerSilent);
  return present.includes(partner) ? undefined : refused(errorNumber.noSuchPartner, partner);
}

/** The consent of a member that was asked to give way; 2156 where it does not, or was lost
 *  meanwhile. */
export function consentOf(member: string, answer: PartnerAnswer | undefined): Consent | Refusal {
  return answer?.kind === "granted"
    ? { member, history: answer.history }
    : refused(errorNumber.notGivingWay, member, answer?.kind ?? "its agent does not answer");
}

/** What is looked at before members change their roles: which agents can be reached.
 *  Source: SYS.Mirror.Promote, PromoteCheck, PromoteWithPartner, DemotePartner. */

import {
  entryOf,
  failoverMembers,
  partnerOf,
  type MemberEntry,
  type MirrorConfiguration,
} from "../../core/configuration.ts";
import type { Consent, PartnerAnswer, PartnerQuestion, Refusal } from "../../core/messages.ts";
import { isFollower, isPrimaryPhase } from "../../core/phases.ts";
import type { MemberState } from "../../core/state.ts";
import {
  consentOf,
  isRefusal,
  partnerObstacle,
  surveyOf,
  whomToLookAt,
  type Survey,
} from "../../core/surveying.ts";
import { agentAnswerMs, probeAgent } from "./agent-client.ts";
import { MirrorRefusal } from "./refusal.ts";

/** What PromoteCheck tells. */
export interface PromotionOutlook {
  /** Failover members whose agents cannot be reached. */
  readonly unavailable: readonly string[];
  /** Whose partner this member would become. */
  readonly partner: string;
}

/** Looks whether this member can be promoted now.
 *  @throws MirrorRefusal 2074, 2117, 2082 */
export async function promotionOutlook(state: MemberState): Promise<PromotionOutlook> {
  const configuration = configurationOf(state);
  const own = entryOf(configuration, state.local?.name ?? "");
  if (own?.eligibility !== "disasterRecovery") throw new MirrorRefusal(2117);
  const { phase } = state;
  // Assumed: without a running primary only the forms for a disaster apply.
  if (!isFollower(phase) || phase.name === "connecting") throw new MirrorRefusal(2082);
  const members = failoverMembers(configuration);
  const reached = await Promise.all(members.map((entry) => isReached(entry)));
  const unavailable = members.filter((_, index) => reached[index] !== true);
  return { unavailable: unavailable.map(({ name }) => name), partner: phase.primary };
}

/** How a member is asked: `inquire` of the desk. */
type Inquire = (
  kind: PartnerQuestion["kind"],
  whom: string,
  partner: string | undefined,
) => Promise<PartnerAnswer>;

/** What was wanted, and no refusal.
 *  @throws MirrorRefusal */
function granted<T extends object>(said: T | Refusal): T {
  if (isRefusal(said)) throw new MirrorRefusal(said.number, ...said.args);
  return said;
}

/** Looks who can be reached where no primary runs.
 *  @throws MirrorRefusal 2074, 2117; 2155 for a member that is, or may be, the primary */
export async function surveyWithoutPrimary(state: MemberState, inquire: Inquire): Promise<Survey> {
  const others = granted(whomToLookAt(state));
  const answers = await Promise.all(
    others.map((name) => inquire("look", name, undefined).catch(() => undefined)),
  );
  const byName = new Map(others.map((name, index) => [name, answers[index]]));
  return granted(surveyOf(configurationOf(state), byName));
}

/** Everybody in the survey gives way.
 *  @throws MirrorRefusal 2156 for one that does not, or is lost meanwhile */
export async function collectConsents(
  { present }: Survey,
  partner: string | undefined,
  inquire: Inquire,
): Promise<readonly Consent[]> {
  const consents: Consent[] = [];
  for (const member of present) {
    const answer = await inquire("promote", member, partner).catch(() => undefined);
    consents.push(granted(consentOf(member, answer)));
  }
  return consents;
}

/** The selected partner must be a failover member whose agent answers.
 *  @throws MirrorRefusal 2124, 2128 */
export function checkPartner(survey: Survey, partner: string): void {
  const refusal = partnerObstacle(survey, partner);
  if (refusal !== undefined) throw new MirrorRefusal(refusal.number, ...refusal.args);
}

function configurationOf({ configuration }: MemberState): MirrorConfiguration {
  if (configuration === undefined) throw new MirrorRefusal(2074);
  return configuration;
}

/** Looks whether the other failover member can be demoted from here.
 *  @throws MirrorRefusal 2074, 2075, 2113, 2128 */
export async function checkPartnersAgent(state: MemberState): Promise<void> {
  const configuration = configurationOf(state);
  if (!isPrimaryPhase(state.phase)) throw new MirrorRefusal(2113);
  const partner = partnerOf(configuration, state.local?.name ?? "");
  if (partner === undefined) throw new MirrorRefusal(2075);
  if (!(await isReached(partner))) throw new MirrorRefusal(2128);
}

function isReached({ agentAddress, agentPort }: MemberEntry): Promise<boolean> {
  return probeAgent(agentAddress, agentPort, agentAnswerMs);
}

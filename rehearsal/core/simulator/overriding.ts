/** What persons ask of a simulated mirror against its better knowledge: the overrides. Everything
 *  is decided by the members themselves; here are only the questions, and who asks them. */

import type { Consent, PartnerAnswer } from "../messages.ts";
import { consentOf, isRefusal, partnerObstacle, surveyOf, whomToLookAt } from "../surveying.ts";
import type { Survey } from "../surveying.ts";
import type { MemberProcess } from "./process.ts";
import type { World } from "./world.ts";

/** "Force this node to become the primary". Source: GHA_mirror_set_member_change 6.2.3. */
export function force(world: World, name: string, waitMs: number): void {
  world.running(name)?.happen({ type: "forceAsked", token: 0, waitMs });
}

/** BecomePrimary by a person who is not sure of anything. */
export function becomePrimaryRashly(world: World, name: string): void {
  const heir = world.running(name);
  if (heir === undefined) return;
  heir.isAskedRashly = true;
  heir.happen({ type: "becomePrimaryAsked", token: 0 });
}

/** A person edits iris.cpf of an instance that is down: it shall trust what it believes to be,
 *  although somebody fenced it. Source: RACS_mirrormember (ValidatedMember). */
export function trust(world: World, name: string): void {
  const { process, disk } = world.machine(name);
  if (process !== undefined || disk.local?.isValidated !== false) return;
  disk.local = { ...disk.local, isValidated: true };
  world.overridden();
}

/** PromoteWithNoPartner, or with a partner PromoteWithSelectedPartner, at a DR async: looks at
 *  everybody, lets those who answer give way, then asks its own member.
 *  Source: SYS.Mirror.PromoteWithNoPartner, PromoteWithSelectedPartner. */
export function promoteAlone(world: World, name: string, partner?: string): void {
  const asker = world.running(name);
  const others = asker === undefined ? undefined : whomToLookAt(asker.state);
  if (asker === undefined || others === undefined || isRefusal(others)) return;
  const answers = new Map<string, PartnerAnswer | undefined>();
  for (const member of others) {
    world.askAgent(asker, { kind: "look", member }, (answer) => {
      answers.set(member, answer);
      if (answers.size < others.length) return;
      const { configuration } = asker.state;
      const survey = configuration && surveyOf(configuration, answers);
      if (survey === undefined || isRefusal(survey)) return;
      if (partner !== undefined && partnerObstacle(survey, partner) !== undefined) return;
      collectConsents(asker, survey, partner, []);
    });
  }
}

/** Asks one after another to give way; whoever refuses ends it. */
function collectConsents(
  asker: MemberProcess,
  survey: Survey,
  partner: string | undefined,
  consents: readonly Consent[],
): void {
  const { present, absent } = survey;
  const member = present[consents.length];
  if (member === undefined) {
    const own = asker.disk.journal.history();
    asker.happen({ type: "promotionAloneAsked", token: 0, partner, consents, absent, own });
    return;
  }
  asker.world.askAgent(asker, { kind: "promote", member, partner }, (answer) => {
    const consent = consentOf(member, answer);
    if (!asker.isAlive || isRefusal(consent)) return;
    collectConsents(asker, survey, partner, [...consents, consent]);
  });
}

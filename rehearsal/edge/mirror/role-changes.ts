/** What a person changes of the roles: who is primary, who is a failover member. */

import { isFollower, isPrimaryPhase, type Phase } from "../../core/phases.ts";
import type { Survey } from "../../core/surveying.ts";
import { forceWaitMs } from "../../core/timing.ts";
import type { MirrorEngine } from "./engine.ts";
import {
  checkPartner,
  checkPartnersAgent,
  collectConsents,
  promotionOutlook,
  surveyWithoutPrimary,
  type PromotionOutlook,
} from "./promotion.ts";
import { MirrorRefusal } from "./refusal.ts";

const isOnChannel = (phase: Phase): boolean => isFollower(phase) && phase.name !== "connecting";

/** Each asks the member's core and waits for what becomes of it. */
export class RoleChanges {
  private readonly engine: MirrorEngine;

  constructor(engine: MirrorEngine) {
    this.engine = engine;
  }

  /** Makes this backup the primary and forces the other one down, where nothing is lost by that.
   *  @returns whether it is primary now; the reason of a refusal stands in the log */
  async becomePrimary(): Promise<boolean> {
    const refusal = await this.engine.operators.ask((token) =>
      this.engine.driver.happen({ type: "becomePrimaryAsked", token }),
    );
    return refusal === undefined;
  }

  /** "Force this node to become the primary": for the menu ^MIRROR alone, after a person has
   *  confirmed what it gives up.
   *  @param waitMs how long the partner is looked for before
   *  @returns whether it is primary now; the reason of a refusal stands in the log */
  async forcePrimary(waitMs: number = forceWaitMs): Promise<boolean> {
    const refusal = await this.engine.operators.ask((token) =>
      this.engine.driver.happen({ type: "forceAsked", token, waitMs }),
    );
    return refusal === undefined;
  }

  /** Looks whether this DR async can be promoted.
   *  @throws MirrorRefusal 2074, 2082, 2117 */
  promotionOutlook(): Promise<PromotionOutlook> {
    return promotionOutlook(this.engine.state);
  }

  /** Makes this DR async the failover partner of the running primary, whose former partner becomes
   *  a DR async. Resolves when the primary has done so.
   *  @throws MirrorRefusal 2074, 2082, 2117, 2157, 2178 */
  promote(): Promise<void> {
    return this.changeRole("promotionAsked");
  }

  /** Looks who can be reached before this DR async becomes primary without one.
   *  @throws MirrorRefusal 2074, 2117, 2155 */
  surveyWithoutPrimary(): Promise<Survey> {
    return surveyWithoutPrimary(this.engine.state, this.engine.inquire);
  }

  /** Makes this DR async primary where none runs; resolves when it is.
   *  @param partner who stays its failover partner; `undefined`: nobody
   *  @throws MirrorRefusal 2077, 2117, 2124, 2128, 2156, 2178 */
  async promoteAlone(survey: Survey, partner: string | undefined): Promise<void> {
    if (partner !== undefined) checkPartner(survey, partner);
    const consents = await collectConsents(survey, partner, this.engine.inquire);
    const own = this.engine.ownHistory();
    const { absent } = survey;
    await this.engine.operate((token) =>
      this.engine.driver.happen({
        type: "promotionAloneAsked",
        token,
        partner,
        consents,
        absent,
        own,
      }),
    );
  }

  /** Makes this failover member, that is not primary, a DR async.
   *  @throws MirrorRefusal 2074, 2081, 2082, 2133, 2178; 5001 on the primary */
  demote(): Promise<void> {
    return this.changeRole("demotionAsked");
  }

  /** Makes the primary's partner a DR async.
   *  @throws MirrorRefusal 2074, 2075, 2113, 2128, 2157, 2178 */
  async demotePartner(): Promise<void> {
    await checkPartnersAgent(this.engine.state);
    await this.changeRole("partnerDemotionAsked");
  }

  /** The answer comes over the channel to the primary: it does not come when that one is lost. */
  private async changeRole(
    type: "promotionAsked" | "demotionAsked" | "partnerDemotionAsked",
  ): Promise<void> {
    const isHere = !isOnChannel(this.engine.state.phase);
    const done = this.engine.operate((token) => this.engine.driver.happen({ type, token }));
    if (isHere) return done;
    const lost = this.engine.until(({ phase }) => !isPrimaryPhase(phase) && !isOnChannel(phase));
    await Promise.race([done, lost.then(() => Promise.reject(new MirrorRefusal(2082)))]);
  }
}

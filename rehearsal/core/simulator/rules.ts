/** The rules a simulated mirror plays by: the core's, or deliberately broken ones that show that
 *  the invariants bite. */

import { safeUntil, sentUntil } from "../acknowledgement.ts";
import { agentAnswer } from "../agent.ts";
import { arbiterStep } from "../arbiter.ts";
import { mayDejournal } from "../following.ts";
import { step } from "../step.ts";

/** Every decision there is. */
export interface Rules {
  readonly step: typeof step;
  readonly safeUntil: typeof safeUntil;
  readonly sentUntil: typeof sentUntil;
  readonly agentAnswer: typeof agentAnswer;
  readonly arbiterStep: typeof arbiterStep;
  readonly mayDejournal: typeof mayDejournal;
}

/** The core's own. */
export const coreRules: Rules = {
  step,
  safeUntil,
  sentUntil,
  agentAnswer,
  arbiterStep,
  mayDejournal,
};

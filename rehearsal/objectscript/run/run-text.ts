/** Runs code given as text: `xecute`, `$etrap`. */

import type { Running } from "../host.ts";
import { runSteps } from "./block.ts";
import type { Frame } from "./frame.ts";
import { enterFrame, leaveStack } from "./stack.ts";
import { asCall } from "./trampoline.ts";

/** Runs the text as commands in a frame of its own, which sees public variables only.
 *  Source: RCOS, XECUTE.
 *  @throws ObjectScriptError `<SYNTAX>` when it is none, and what the code raises */
export function runText(text: string, parent: Frame, at = 0): Running<void> {
  return asCall(run(text, parent, at));
}

function* run(text: string, parent: Frame, at: number): Running<void> {
  const { process } = parent;
  const { unit, steps } = process.code.typedCode(text, parent.unit.placeOf(at));
  const frame = enterFrame(process, {
    kind: "x",
    unit,
    variables: process.publics,
    self: parent.self,
    receiver: parent.receiver,
    owner: parent.owner,
  });
  try {
    yield* runSteps(steps, frame);
  } finally {
    leaveStack(frame);
  }
}

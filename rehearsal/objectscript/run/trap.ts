/** `$ztrap` and `$etrap`: what an older program does with an error.
 *  Source: GCOS, legacy error processing. */

import { fail, NotSimulated, type ObjectScriptError } from "../errors.ts";
import type { Running } from "../host.ts";
import type { Callable } from "./callable.ts";
import type { Frame } from "./frame.ts";
import { runText } from "./run-text.ts";
import { jump, leaveFrame, type Signal } from "./signal.ts";

/** Gives an error to the traps of the frame it arrived in.
 *  @throws the error when the frame has none */
export function* handleTrap(
  error: ObjectScriptError,
  frame: Frame,
  callable: Callable,
): Running<Signal> {
  if (frame.traps.ztrap !== "") return goToTrap(frame, callable);
  if (frame.traps.etrap !== "") return yield* runTrap(error, frame);
  throw error;
}

/** `$ztrap` names a label; it is cleared, so that an error in the handler goes up. */
function goToTrap(frame: Frame, callable: Callable): Signal {
  const name = frame.traps.ztrap;
  frame.setTrap("ztrap", "");
  const label = name.replace(/^\*/, "").split("^")[0] ?? "";
  const target = callable.labels.get(label);
  if (target === undefined) {
    if (name.includes("^")) throw new NotSimulated(`$ZTRAP to another routine (${name})`);
    return fail("<NOLINE>", `*${name}`);
  }
  frame.target = target;
  return jump;
}

/** `$etrap` is code: it runs where the error is, then the frame ends; the error goes on to the
 *  caller unless the code emptied `$ecode`. */
function* runTrap(error: ObjectScriptError, frame: Frame): Running<Signal> {
  const code = frame.traps.etrap;
  frame.setTrap("etrap", "");
  yield* runText(code, frame);
  if (frame.process.ecode !== "") throw error;
  frame.returned ??= "";
  return leaveFrame;
}

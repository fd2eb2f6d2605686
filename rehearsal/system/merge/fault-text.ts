/** What went wrong in words, whatever part of the engine said so. */

import { NotSimulated, ObjectScriptError, ProcessEnd } from "../../objectscript/errors.ts";
import { statusText } from "../library/status.ts";
import { refusalStatus } from "../support/answers.ts";

/** @throws the error itself when it is a fault of the engine */
export function faultText(error: unknown): string {
  if (error instanceof NotSimulated) return error.message;
  if (error instanceof ObjectScriptError) return error.text.trim();
  if (error instanceof ProcessEnd) return "the process ended";
  return statusText(refusalStatus(error));
}

/** The sign-on frame: bottom of every stack. */

import { Frame } from "./frame.ts";
import type { Process } from "./process.ts";
import { typedUnit } from "./unit.ts";

/** The innermost frame; the sign-on frame where nothing runs yet. */
export function currentFrame(process: Process): Frame {
  process.frame ??= new Frame(process, undefined, {
    kind: "S",
    unit: typedUnit(""),
    variables: process.publics,
  });
  return process.frame;
}

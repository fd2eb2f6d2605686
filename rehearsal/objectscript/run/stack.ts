/** The program stack: frames come and go here and nowhere else. */

import { fail } from "../errors.ts";
import { Frame, type FrameParts } from "./frame.ts";
import { deepestStack, type Process } from "./process.ts";

/** Puts a new frame on the stack.
 *  @throws ObjectScriptError `<FRAMESTACK>` when there are too many */
export function enterFrame(process: Process, parts: FrameParts): Frame {
  if (process.frameCount >= deepestStack) fail("<FRAMESTACK>");
  const frame = new Frame(process, process.frame, parts);
  process.frame = frame;
  process.frameCount += 1;
  return frame;
}

/** Takes a frame off the stack, on whatever way it ended. */
export function leaveStack(frame: Frame): void {
  const { process } = frame;
  frame.clearTraps();
  frame.leave();
  process.frame = frame.parent;
  process.frameCount -= 1;
}

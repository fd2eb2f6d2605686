/** How a statement ends, and compiled statements. */

import type { Running } from "../host.ts";
import type { Frame } from "./frame.ts";

/** The next statement follows. */
export const normal = 0 as const;
/** `quit` in a loop: the loop ends. */
export const leaveLoop = 1 as const;
/** `quit` in `try` or `catch`: the block ends. */
export const leaveTry = 2 as const;
/** `continue`: the next round of the loop. */
export const nextRound = 3 as const;
/** `quit` or `return` of a frame; a value waits in it. */
export const leaveFrame = 4 as const;
/** `goto`: the frame goes on at its `target`. */
export const jump = 5 as const;

/** How a statement ended. */
export type Signal = 0 | 1 | 2 | 3 | 4 | 5;

/** A compiled command. It is done when it gives a signal; a coroutine goes on. */
export interface Step {
  /** Offset of the command in its unit. */
  readonly at: number;
  readonly execute: (frame: Frame) => Signal | Running<Signal>;
}

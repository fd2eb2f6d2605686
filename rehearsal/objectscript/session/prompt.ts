/** The text before the place where a line is typed. Source: GTER, GCOS command-line debugging. */

import type { Frame } from "../run/frame.ts";
import type { Process } from "../run/process.ts";

/** `USER>`, `TL1:USER>`, `USER 2d1>`.
 *  @param suspended the frame whose program waits here, if one does */
export function promptText(process: Process, base: Frame, suspended: Frame | undefined): string {
  const { level } = process.host.transactions;
  const transaction = level > 0 ? `TL${String(level)}:` : "";
  const frame = suspended ?? base;
  const isPlain = suspended === undefined && base.newCommands === 0;
  const state = isPlain ? "" : ` ${frame.promptState}`;
  return `${transaction}${process.host.namespace}${state}>`;
}

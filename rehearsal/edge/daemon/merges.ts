/** Merges that come over the control socket: `iris merge` at the other end. */

import { z } from "zod";
import type { Conversation } from "../control/server.ts";
import type { Merging } from "./merging.ts";
import { SessionDevice } from "./session-device.ts";

/** The file as the command read it: it has the directory and the rights of whoever called. */
const mergeRequest = z.object({ path: z.string(), text: z.string() });

/** Merges one file and sends what is to be shown and the exit status: 0 for merged.
 *  Source: GCMF 2026.1. Assumed: 1 for all else. */
export function serveMerge(
  merging: Merging,
  request: Readonly<Record<string, unknown>>,
  talk: Conversation,
): void {
  const device = new SessionDevice((bytes) => talk.send({ kind: "output", bytes }));
  const end = (lines: readonly string[], exit: number): void => {
    device.write(lines.map((line) => `${line}\n`).join(""));
    device.flush();
    talk.send({ kind: "message", value: { exit } });
    talk.end();
  };
  device.endInput();
  merging.merge(mergeRequest.parse(request), device).then(
    ({ lines, isMerged }) => end(lines, isMerged ? 0 : 1),
    (error: unknown) => end([error instanceof Error ? error.message : String(error)], 1),
  );
}

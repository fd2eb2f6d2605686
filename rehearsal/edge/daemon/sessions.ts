/** Sessions that come over the control socket: `iris session` at the other end. */

import type { Conversation } from "../control/server.ts";
import { ObjectScriptError } from "../../objectscript/errors.ts";
import type { Processes, StartedProcess } from "./processes.ts";
import { SessionDevice } from "./session-device.ts";

/** Where a session starts when nothing else was asked for. Source: GTER. */
const defaultNamespace = "USER";

/** Exit status of a session whose other end has gone. */
const clientGone = 1;

/** What names the machine and the instance in the banner. */
export interface Banner {
  readonly node: string;
  readonly instance: string;
}

/** Runs one session to its end and sends its exit status. */
export function serveSession(
  processes: Processes,
  banner: Banner,
  request: Readonly<Record<string, unknown>>,
  talk: Conversation,
): void {
  const device = new SessionDevice((bytes) => talk.send({ kind: "output", bytes }));
  const namespace = textOr(request["namespace"], defaultNamespace).toUpperCase();
  const entry = textOr(request["entry"], "");
  let started: StartedProcess;
  try {
    started = processes.run(
      (process) => (entry === "" ? process.session(banner) : process.direct(entry)),
      { namespace, principal: device },
    );
  } catch (error) {
    refuse(error, device, talk);
    return;
  }
  talk.onFrame = (frame) => {
    if (frame.kind === "input") device.feed(frame.bytes);
    if (frame.kind === "inputEnd") device.endInput();
  };
  talk.onGone = () => processes.end(started.jobNumber, clientGone);
  void started.done.then((exit) => {
    device.flush();
    talk.send({ kind: "message", value: { exit } });
    talk.end();
  });
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}

/** Assumed: text and exit status for an unknown namespace or a stopping instance. */
function refuse(error: unknown, device: SessionDevice, talk: Conversation): void {
  if (!(error instanceof Error)) throw error;
  const text = error instanceof ObjectScriptError ? "<NAMESPACE>" : error.message;
  device.write(`\n${text}\n`);
  device.flush();
  talk.send({ kind: "message", value: { exit: 1 } });
  talk.end();
}

/** `iris session` and `iris terminal`: carries standard input to a process of the instance and its
 *  output back. Source: GSA, GTER (options), published captures. */

import { openControl, eachFrame, InstanceDown } from "../control/client.ts";
import { encodeFrame } from "../control/frames.ts";
import type { Places } from "../places.ts";

/** What the command line asked for. */
export interface SessionOptions {
  /** `-U`: where the session starts. */
  readonly namespace: string | undefined;
  /** The program argument: `##class(X).Y()`, `label^routine`. */
  readonly entry: string | undefined;
}

/** The words behind `iris session <instance>`.
 *  @throws Error naming the word for an option that is unknown or not simulated. */
export function parseSessionOptions(words: readonly string[]): SessionOptions {
  let namespace: string | undefined;
  let entry: string | undefined;
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    if (word === "-U") {
      namespace = words[++index];
      if (namespace === undefined) throw new Error("-U needs a namespace");
    } else if (word.startsWith("-U")) {
      namespace = word.slice(2);
    } else if (word === "-B") {
      // Emergency administrator: the same session here, since nobody has to log in.
    } else if (word === "-b") {
      index++;
    } else if (word.startsWith("-")) {
      throw new Error(`not simulated: option ${word} of iris session`);
    } else if (entry === undefined) {
      entry = word;
    } else {
      throw new Error(`Unexpected argument "${word}"`);
    }
  }
  return { namespace, entry };
}

/** Runs the session and resolves with its exit status. */
export async function runSession(places: Places, options: SessionOptions): Promise<number> {
  const socket = await openControl(places.controlSocket);
  socket.write(
    encodeFrame({
      kind: "message",
      value: {
        ask: "session",
        namespace: options.namespace ?? null,
        entry: options.entry ?? null,
        directory: process.cwd(),
      },
    }),
  );
  let status: number | undefined;
  const ended = eachFrame(socket, (frame) => {
    if (frame.kind === "output") process.stdout.write(frame.bytes);
    if (frame.kind === "message") status = exitStatus(frame.value);
  });
  process.stdin.on("data", (bytes: Buffer) => {
    // After `halt` nobody reads the rest of the input any more.
    if (!socket.writable) return;
    if (!socket.write(encodeFrame({ kind: "input", bytes }))) pauseInput(socket);
  });
  process.stdin.on("end", () => {
    if (socket.writable) socket.write(encodeFrame({ kind: "inputEnd" }));
  });
  try {
    await ended;
  } catch (cause) {
    // The instance died with input that it had not read.
    throw new InstanceDown("the instance ended the session", { cause });
  } finally {
    // An input that stays open would keep this program alive without an instance.
    process.stdin.destroy();
  }
  if (status === undefined) throw new InstanceDown("the instance ended the session");
  return status;
}

/** Takes no more input until the instance has read what it was sent. */
function pauseInput(socket: NodeJS.WritableStream): void {
  process.stdin.pause();
  socket.once("drain", () => process.stdin.resume());
}

function exitStatus(value: unknown): number {
  if (typeof value === "object" && value !== null && "exit" in value) return Number(value.exit);
  throw new Error(`Unexpected message from the instance: ${JSON.stringify(value)}`);
}

/** Talks to the running instance over its control socket. */

import { connect, type Socket } from "node:net";
import { encodeFrame, FrameReader, type Frame } from "./frames.ts";

/** The instance does not run: nobody listens on the socket. */
export class InstanceDown extends Error {}

/** Connects; rejects with `InstanceDown` where nobody listens. */
export async function openControl(socketFile: string): Promise<Socket> {
  const socket = connect(socketFile);
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("error", (cause) => reject(new InstanceDown(cause.message, { cause })));
  });
  return socket;
}

/** Calls `take` for each frame; resolves when the other side has closed. */
export function eachFrame(socket: Socket, take: (frame: Frame) => void): Promise<void> {
  const reader = new FrameReader();
  return new Promise((resolve, reject) => {
    socket.on("data", (bytes: Buffer) => {
      try {
        reader.take(bytes).forEach(take);
      } catch (error) {
        socket.destroy(error instanceof Error ? error : new Error(String(error)));
      }
    });
    socket.on("error", reject);
    socket.on("close", () => resolve());
  });
}

/** Sends one message and resolves with the one that answers it.
 *  @throws InstanceDown where nobody listens or the connection ends without an answer. */
export async function ask(socketFile: string, request: unknown): Promise<unknown> {
  const socket = await openControl(socketFile);
  try {
    socket.write(encodeFrame({ kind: "message", value: request }));
    return await new Promise<unknown>((resolve, reject) => {
      eachFrame(socket, (frame) => {
        if (frame.kind === "message") resolve(frame.value);
      }).then(
        () => reject(new InstanceDown("the instance ended the connection")),
        (cause: unknown) => reject(new InstanceDown(String(cause), { cause })),
      );
    });
  } finally {
    socket.destroy();
  }
}

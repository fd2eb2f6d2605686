/** The instance's control socket: the `iris` command and the ISCAgent ask here. */

import { chmodSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { encodeFrame, FrameReader, type Frame } from "./frames.ts";

/** One connection after its first message. */
export interface Conversation {
  send(frame: Frame): void;
  /** Ends the connection after what was sent. */
  end(): void;
  /** Called for each frame after the first; replaced by the handler. */
  onFrame: (frame: Frame) => void;
  /** Called once when the other side has gone. */
  onGone: () => void;
}

/** Handles connections by what their first message asks. */
export type Handlers = Readonly<
  Record<string, (request: Readonly<Record<string, unknown>>, talk: Conversation) => void>
>;

/** Listens on the socket; a leftover of a killed daemon is removed first. */
export async function startControlServer(socketFile: string, handlers: Handlers): Promise<Server> {
  rmSync(socketFile, { force: true });
  const server = createServer((socket) => serve(socket, handlers));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(socketFile, resolve);
  });
  // Root by `docker exec -u root` may ask too; nobody else is in the container.
  chmodSync(socketFile, 0o660);
  return server;
}

function serve(socket: Socket, handlers: Handlers): void {
  const reader = new FrameReader();
  const talk = conversation(socket);
  let hasBegun = false;
  socket.on("data", (bytes: Buffer) => {
    try {
      for (const frame of reader.take(bytes)) {
        if (hasBegun) talk.onFrame(frame);
        else begin(frame, talk, handlers);
        hasBegun = true;
      }
    } catch (error) {
      // A client that breaks the protocol loses its connection, never the instance.
      socket.destroy(error instanceof Error ? error : undefined);
    }
  });
  socket.on("error", () => undefined);
  socket.once("close", () => talk.onGone());
}

function conversation(socket: Socket): Conversation {
  return {
    send: (frame) => {
      if (socket.writable) socket.write(encodeFrame(frame));
    },
    end: () => socket.end(),
    onFrame: () => undefined,
    onGone: () => undefined,
  };
}

function begin(frame: Frame, talk: Conversation, handlers: Handlers): void {
  const request = frame.kind === "message" ? frame.value : undefined;
  if (typeof request !== "object" || request === null || !("ask" in request)) {
    throw new Error("the first frame asks for something");
  }
  const handler = Object.hasOwn(handlers, String(request.ask))
    ? handlers[String(request.ask)]
    : undefined;
  if (handler === undefined) throw new Error(`nothing answers "${String(request.ask)}"`);
  handler(request, talk);
}

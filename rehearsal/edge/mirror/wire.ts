/** Bytes on the wire between members, agents and arbiter. It is the engine's own protocol: the
 *  product's is not public. Both sides first say who they are (`preamble`), then send frames: four
 *  bytes of length, one of kind, the content. */

import type { JournalPosition } from "../../core/position.ts";

/** First bytes of a data channel, from both sides. The number is the protocol's version. */
export const channelPreamble = "IRIS-REHEARSAL/1\n";

/** First bytes of a connection to an ISCAgent, from both sides. */
export const agentPreamble = "IRIS-REHEARSAL-AGENT/1\n";

/** One frame. */
export type WireFrame =
  | { readonly kind: "message"; readonly value: unknown }
  /** Journal bytes that follow `at`. Empty: there are no more. */
  | { readonly kind: "journal"; readonly at: JournalPosition; readonly bytes: Buffer }
  /** Bytes of a database's file from this offset on. */
  | { readonly kind: "piece"; readonly at: number; readonly bytes: Buffer }
  /** Says that the sender lives. Both times are milliseconds of whoever wrote them: when this was
   *  sent, and the newest such time heard from the other side (0: none yet). */
  | { readonly kind: "heartbeat"; readonly sentAt: number; readonly heard: number };

const kinds = ["message", "journal", "heartbeat", "piece"] as const;

/** No frame is larger. Journal is sent in far smaller pieces; a message that large is a fault. */
const frameBytesMax = 16 * 1024 * 1024;

const headBytes = 5;
const positionBytes = 12;
const heartbeatBytes = 16;
const offsetBytes = 8;

/** The bytes of a message. */
export function encodeMessage(value: unknown): Buffer {
  return withHead("message", Buffer.from(JSON.stringify(value), "utf8"));
}

/** The bytes of a heartbeat. */
export function encodeHeartbeat(sentAt: number, heard: number): Buffer {
  const content = Buffer.allocUnsafe(heartbeatBytes);
  content.writeDoubleBE(sentAt, 0);
  content.writeDoubleBE(heard, 8);
  return withHead("heartbeat", content);
}

function withHead(kind: (typeof kinds)[number], content: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(headBytes + content.length);
  writeHead(bytes, kind, content.length);
  content.copy(bytes, headBytes);
  return bytes;
}

function writeHead(bytes: Buffer, kind: (typeof kinds)[number], length: number): void {
  bytes.writeUInt32BE(length, 0);
  bytes.writeUInt8(kinds.indexOf(kind), 4);
}

/** What stands before journal bytes; they follow it unchanged, so that nobody copies them. */
export function encodeJournalHead(at: JournalPosition, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(headBytes + positionBytes);
  writeHead(bytes, "journal", positionBytes + length);
  bytes.writeUInt32BE(at.file, headBytes);
  bytes.writeDoubleBE(at.offset, headBytes + 4);
  return bytes;
}

/** What stands before bytes of a database's file. */
export function encodePieceHead(at: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(headBytes + offsetBytes);
  writeHead(bytes, "piece", offsetBytes + length);
  bytes.writeDoubleBE(at, headBytes);
  return bytes;
}

/** A connection that does not keep to the protocol. */
export class WireFault extends Error {}

/** Puts frames together again from bytes as they arrive.
 *  @throws WireFault for another preamble, kind or length than this protocol has */
export class WireReader {
  private readonly preamble: Buffer;
  private chunks: Buffer[] = [];
  private length = 0;
  private hasBegun = false;

  constructor(preamble: string) {
    this.preamble = Buffer.from(preamble, "latin1");
  }

  /** Takes more bytes; returns the frames that are now complete. */
  take(bytes: Buffer): WireFrame[] {
    this.chunks.push(bytes);
    this.length += bytes.length;
    if (!this.hasBegun && !this.begins()) return [];
    const frames: WireFrame[] = [];
    for (let frame = this.next(); frame !== undefined; frame = this.next()) frames.push(frame);
    return frames;
  }

  private begins(): boolean {
    const start = this.peek(Math.min(this.length, this.preamble.length));
    if (!start.equals(this.preamble.subarray(0, start.length))) {
      throw new WireFault("not simulated: only the engine's own protocol is spoken here");
    }
    if (start.length < this.preamble.length) return false;
    this.drop(start.length);
    this.hasBegun = true;
    return true;
  }

  private next(): WireFrame | undefined {
    if (this.length < headBytes) return undefined;
    const head = this.peek(headBytes);
    const length = head.readUInt32BE(0);
    const kind = kinds[head.readUInt8(4)];
    if (kind === undefined || length > frameBytesMax) throw new WireFault("no frame of ours");
    if (this.length < headBytes + length) return undefined;
    const content = this.peek(headBytes + length).subarray(headBytes);
    this.drop(headBytes + length);
    return frameOf(kind, content);
  }

  /** The first bytes, in one piece. */
  private peek(count: number): Buffer {
    const [first] = this.chunks;
    if (first === undefined) return Buffer.alloc(0);
    if (first.length >= count) return first.subarray(0, count);
    const whole = Buffer.concat(this.chunks);
    this.chunks = [whole];
    return whole.subarray(0, count);
  }

  private drop(count: number): void {
    this.length -= count;
    const [first] = this.chunks;
    if (first === undefined) return;
    if (first.length === count) this.chunks.shift();
    else this.chunks[0] = first.subarray(count);
  }
}

function frameOf(kind: (typeof kinds)[number], content: Buffer): WireFrame {
  switch (kind) {
    case "message":
      return { kind, value: parseJson(content.toString("utf8")) };
    case "journal": {
      if (content.length < positionBytes) throw new WireFault("journal without a position");
      const at = { file: content.readUInt32BE(0), offset: content.readDoubleBE(4) };
      if (!Number.isSafeInteger(at.offset) || at.offset < 0) throw new WireFault("no position");
      return { kind, at, bytes: content.subarray(positionBytes) };
    }
    case "piece": {
      if (content.length < offsetBytes) throw new WireFault("a piece without an offset");
      const at = content.readDoubleBE(0);
      if (!Number.isSafeInteger(at) || at < 0) throw new WireFault("no offset");
      return { kind, at, bytes: content.subarray(offsetBytes) };
    }
    case "heartbeat": {
      if (content.length < heartbeatBytes) throw new WireFault("a heartbeat without times");
      return { kind, sentAt: content.readDoubleBE(0), heard: content.readDoubleBE(8) };
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new WireFault("a message is no JSON");
  }
}

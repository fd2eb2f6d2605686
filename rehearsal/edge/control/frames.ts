/** Frames of the instance's control socket: four bytes of length, one of kind, the content. */

/** Kinds of frames: a JSON message, bytes of standard input, its end, bytes of output. */
export type Frame =
  | { readonly kind: "message"; readonly value: unknown }
  | { readonly kind: "input"; readonly bytes: Buffer }
  | { readonly kind: "inputEnd" }
  | { readonly kind: "output"; readonly bytes: Buffer };

const kinds = ["message", "input", "inputEnd", "output"] as const;

/** No frame is larger; a sender splits what is. */
export const frameBytesMax = 16 * 1024 * 1024;

const headerBytes = 5;

/** The bytes of one frame. */
export function encodeFrame(frame: Frame): Buffer {
  const content = contentOf(frame);
  const bytes = Buffer.allocUnsafe(headerBytes + content.length);
  bytes.writeUInt32BE(content.length, 0);
  bytes.writeUInt8(kinds.indexOf(frame.kind), 4);
  content.copy(bytes, headerBytes);
  return bytes;
}

function contentOf(frame: Frame): Buffer {
  if (frame.kind === "message") return Buffer.from(JSON.stringify(frame.value), "utf8");
  return frame.kind === "inputEnd" ? Buffer.alloc(0) : frame.bytes;
}

/** Puts frames together again from bytes as they arrive.
 *  @throws Error for a kind or a length that no sender of ours uses. */
export class FrameReader {
  private waiting: Buffer = Buffer.alloc(0);

  /** Takes more bytes; returns the frames that are now complete. */
  take(bytes: Buffer): Frame[] {
    this.waiting = this.waiting.length === 0 ? bytes : Buffer.concat([this.waiting, bytes]);
    const frames: Frame[] = [];
    for (;;) {
      const frame = this.next();
      if (frame === undefined) return frames;
      frames.push(frame);
    }
  }

  private next(): Frame | undefined {
    if (this.waiting.length < headerBytes) return undefined;
    const length = this.waiting.readUInt32BE(0);
    if (length > frameBytesMax) throw new Error(`Frame of ${length} bytes on the control socket`);
    if (this.waiting.length < headerBytes + length) return undefined;
    const kind = kinds[this.waiting.readUInt8(4)];
    const content = this.waiting.subarray(headerBytes, headerBytes + length);
    this.waiting = this.waiting.subarray(headerBytes + length);
    switch (kind) {
      case "message":
        return { kind, value: JSON.parse(content.toString("utf8")) as unknown };
      case "input":
      case "output":
        return { kind, bytes: Buffer.from(content) };
      case "inputEnd":
        return { kind };
      default:
        throw new Error("Unknown kind of frame on the control socket");
    }
  }
}

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeFrame, frameBytesMax, FrameReader, type Frame } from "./frames.ts";

const frames = fc.array(
  fc.oneof<fc.Arbitrary<Frame>[]>(
    fc.record({ kind: fc.constant("message" as const), value: fc.jsonValue() }),
    fc
      .uint8Array({ maxLength: 50 })
      .map((bytes) => ({ kind: "output" as const, bytes: Buffer.from(bytes) })),
    fc.constant({ kind: "inputEnd" as const }),
  ),
  { maxLength: 8 },
);

describe("frames of the control socket", () => {
  it("arrive as they were sent, however the bytes are cut", () => {
    fc.assert(
      fc.property(frames, fc.integer({ min: 1, max: 20 }), (sent, piece) => {
        const bytes = Buffer.concat(sent.map(encodeFrame));
        const reader = new FrameReader();
        const got: Frame[] = [];
        for (let at = 0; at < bytes.length; at += piece) {
          got.push(...reader.take(bytes.subarray(at, at + piece)));
        }
        expect(JSON.stringify(got)).toBe(JSON.stringify(sent));
      }),
    );
  });

  it("refuses a length nobody sends and a kind there is not", () => {
    const long = Buffer.alloc(5);
    long.writeUInt32BE(frameBytesMax + 1, 0);

    expect(() => new FrameReader().take(long)).toThrow("Frame of");
    expect(() => new FrameReader().take(Buffer.from([0, 0, 0, 0, 9]))).toThrow("Unknown kind");
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  agentPreamble,
  channelPreamble,
  encodeHeartbeat,
  encodeJournalHead,
  encodeMessage,
  encodePieceHead,
  WireFault,
  WireReader,
  type WireFrame,
} from "./wire.ts";

const frames = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant("message" as const), value: fc.jsonValue() }),
    fc.record({
      kind: fc.constant("journal" as const),
      at: fc.record({ file: fc.nat(), offset: fc.maxSafeNat() }),
      bytes: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    }),
    fc.record({
      kind: fc.constant("piece" as const),
      at: fc.maxSafeNat(),
      bytes: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    }),
    fc.record({ kind: fc.constant("heartbeat" as const), sentAt: fc.nat(), heard: fc.nat() }),
  ),
  { maxLength: 8 },
);

function encode(frame: WireFrame): Buffer {
  switch (frame.kind) {
    case "message":
      return encodeMessage(frame.value);
    case "journal":
      return Buffer.concat([encodeJournalHead(frame.at, frame.bytes.length), frame.bytes]);
    case "piece":
      return Buffer.concat([encodePieceHead(frame.at, frame.bytes.length), frame.bytes]);
    case "heartbeat":
      return encodeHeartbeat(frame.sentAt, frame.heard);
  }
}

describe("frames on the wire", () => {
  it("arrive as they were sent, however the bytes are cut", () => {
    fc.assert(
      fc.property(
        frames,
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
        (sent, cuts) => {
          const bytes = Buffer.concat([Buffer.from(channelPreamble), ...sent.map(encode)]);
          const reader = new WireReader(channelPreamble);
          const got: WireFrame[] = [];
          for (let from = 0, turn = 0; from < bytes.length; turn++) {
            const length = cuts[turn % cuts.length] ?? 1;
            got.push(...reader.take(bytes.subarray(from, from + length)));
            from += length;
          }

          expect(got).toEqual(
            sent.map((frame) => JSON.parse(JSON.stringify(frame)) as unknown).map(revive),
          );
        },
      ),
    );
  });

  it.for([
    ["another protocol", Buffer.from("GET / HTTP/1.1\r\n")],
    ["the other preamble", Buffer.from(agentPreamble)],
    ["an unknown kind", Buffer.from(`${channelPreamble}\0\0\0\0\x09`, "latin1")],
    ["a frame that is too long", Buffer.from(`${channelPreamble}\xff\0\0\0\0`, "latin1")],
    ["a message that is no JSON", Buffer.from(`${channelPreamble}\0\0\0\x01\0{`, "latin1")],
    ["a piece without an offset", Buffer.from(`${channelPreamble}\0\0\0\x01\x03x`, "latin1")],
    ["journal without a place", Buffer.from(`${channelPreamble}\0\0\0\x01\x01x`, "latin1")],
  ] as const)("refuse %s", ([, bytes]) => {
    expect(() => new WireReader(channelPreamble).take(bytes)).toThrow(WireFault);
  });
});

/** JSON turned the bytes of a journal frame into numbers. */
function revive(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("bytes" in value)) return value;
  const { bytes } = value;
  const isBuffer = typeof bytes === "object" && bytes !== null && "data" in bytes;
  return isBuffer && Array.isArray(bytes.data)
    ? { ...value, bytes: Buffer.from(bytes.data as number[]) }
    : value;
}

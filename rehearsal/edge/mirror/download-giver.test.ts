import { describe, expect, it } from "vitest";
import type { HeldCopy } from "../../storage/download-types.ts";
import { nextTurn } from "../../storage/clock.ts";
import type { Connection } from "./connection.ts";
import { DownloadGiver, pieceBytes } from "./download-giver.ts";
import { ManualClock } from "./testing/manual-clock.ts";

const position = { file: 1, offset: 100 };
const standing = { mark: { position, transactionsFrom: position }, lineage: "A" };

/** A giver of ten pieces, and where what it sends ends up. */
function giving() {
  const offsets: number[] = [];
  const said: unknown[] = [];
  const held: HeldCopy = {
    standing,
    bytes: 10 * pieceBytes,
    read: (_, length) => Promise.resolve(Buffer.alloc(length)),
    release: () => undefined,
  };
  const connection = {
    owner: undefined as unknown as Connection["owner"],
    send: (value: unknown) => said.push(value),
    sendPiece: (at: number) => offsets.push(at / pieceBytes),
  };
  const clock = new ManualClock();
  const giver = new DownloadGiver(connection as unknown as Connection, held, clock);
  return { giver, connection, clock, offsets, said };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await nextTurn();
}

describe("the giving end of a download", () => {
  it("sends a window and no more until the other side has written it", async () => {
    const { giver, connection, offsets, said } = giving();
    const run = giver.run();
    await settle();
    expect(offsets).toEqual([0, 1, 2, 3]);
    connection.owner.message({ kind: "taken", bytes: pieceBytes });
    await settle();
    expect(offsets).toEqual([0, 1, 2, 3, 4]);
    expect(said).toHaveLength(1);
    connection.owner.message({ kind: "taken", bytes: 7 * pieceBytes });
    await settle();
    connection.owner.message({ kind: "taken", bytes: 10 * pieceBytes });
    await run;
    expect(offsets).toHaveLength(10);
    expect(said).toHaveLength(2);
  });

  it("gives up when nothing is written, when it is lost, and when nonsense comes", async () => {
    const slow = giving();
    const run = expect(slow.giver.run()).rejects.toThrow("nothing was taken in time");
    await settle();
    slow.clock.pass(60_000);
    await run;
    const lost = giving();
    const other = expect(lost.giver.run()).rejects.toThrow("gone");
    lost.connection.owner.lost("gone");
    await other;
    const wrong = giving();
    const third = expect(wrong.giver.run()).rejects.toThrow("must be a whole number");
    wrong.connection.owner.message({ kind: "taken", bytes: -1 });
    await third;
  });
});

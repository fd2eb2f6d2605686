import { describe, expect, it } from "vitest";
import { safeUntil } from "./acknowledgement.ts";
import { beforeHistory } from "./position.ts";
import { memberIn, peerB } from "./testing/scenes.ts";

const epoch = { lineage: "A1", number: 7 };
const bound = { kind: "arbiter", epoch, isShared: true } as const;
const stopping = { name: "handingOver", lineage: "A1", heir: undefined } as const;

describe("a primary that stops", () => {
  it("acknowledges nothing once the backup of its epoch is gone: that one may take over", () => {
    expect(safeUntil(memberIn(stopping, { control: bound }))).toEqual(beforeHistory);
  });

  it("acknowledges what its active backup has", () => {
    const peers = { B: peerB("active", 50) };

    expect(safeUntil(memberIn(stopping, { control: bound, peers }))).toEqual({
      file: 1,
      offset: 50,
    });
  });

  it("acknowledges everything where nobody can take over without asking", () => {
    expect(safeUntil(memberIn(stopping))).toBe("all");
  });
});

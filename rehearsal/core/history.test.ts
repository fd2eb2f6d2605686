import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fit, holdsAllOf, newerJournal, noHistory, type History } from "./history.ts";
import { historyOf } from "./testing/scenes.ts";

describe("a journal that is compared with the primary's", () => {
  it("continues when it is a beginning of it", () => {
    expect(fit(historyOf(["A1"], 40), historyOf(["A1"], 90))).toEqual({ kind: "continues" });
    expect(fit(historyOf(["A1"]), historyOf(["A1", "B2"]))).toEqual({ kind: "continues" });
    expect(fit(noHistory, historyOf(["A1"]))).toEqual({ kind: "continues" });
  });

  it("is cut where the next primary's file says that the history went on without it", () => {
    expect(fit(historyOf(["A1"], 130), historyOf(["A1", "B2"]))).toEqual({
      kind: "truncates",
      to: { file: 1, offset: 100 },
    });
  });

  it("is cut back to the last common file when it has files of its own", () => {
    expect(fit(historyOf(["A1", "A2"], 30), historyOf(["A1", "B2", "B3"]))).toEqual({
      kind: "truncates",
      to: { file: 1, offset: 100 },
    });
  });

  it("is foreign when no file is common", () => {
    expect(fit(historyOf(["X1"]), historyOf(["A1"]))).toEqual({ kind: "foreign" });
  });

  it("needs files that were purged when the primary's oldest is later", () => {
    const truth: History = {
      files: [{ file: 3, lineage: "B3", previousEnd: 100, primary: "B" }],
      end: { file: 3, offset: 10 },
    };

    expect(fit(historyOf(["A1"]), truth)).toEqual({ kind: "purged", needs: 1 });
  });
});

describe("two journals without a primary", () => {
  it("the one with later files, or more of the same file, is newer", () => {
    expect(newerJournal(historyOf(["A1", "B2"], 5), historyOf(["A1"], 500))).toBe("mine");
    expect(newerJournal(historyOf(["A1"], 5), historyOf(["A1"], 6))).toBe("theirs");
    expect(newerJournal(historyOf(["A1"]), historyOf(["A1"]))).toBe("equal");
  });

  it("cannot be decided when both began the same file", () => {
    expect(newerJournal(historyOf(["A1", "A2"]), historyOf(["A1", "B2"]))).toBe("undecidable");
    expect(holdsAllOf(historyOf(["A1", "A2"]), historyOf(["A1", "B2"]))).toBe(false);
  });
});

/** Any journal of one mirror: a common trunk, then perhaps files of its own. */
const histories = fc
  .record({
    trunk: fc.integer({ min: 0, max: 4 }),
    own: fc.integer({ min: 0, max: 2 }),
    offset: fc.integer({ min: 1, max: 200 }),
    who: fc.constantFrom("X", "Y"),
  })
  .map(({ trunk, own, offset, who }) => {
    const lineages = [
      ...Array.from({ length: trunk }, (_, index) => `T${index + 1}`),
      ...Array.from({ length: own }, (_, index) => `${who}${trunk + index + 1}`),
    ];
    return lineages.length === 0 ? noHistory : historyOf(lineages, offset);
  });

describe("for any two journals", () => {
  it("claims are the mirror image of each other", () => {
    const mirrored = { mine: "theirs", theirs: "mine", equal: "equal", undecidable: "undecidable" };
    fc.assert(
      fc.property(histories, histories, (one, other) => {
        expect(newerJournal(other, one)).toBe(mirrored[newerJournal(one, other)]);
      }),
    );
  });

  it("what is cut fits afterwards", () => {
    fc.assert(
      fc.property(histories, histories, (mine, truth) => {
        const fits = fit(mine, truth);
        if (fits.kind !== "truncates") return;
        const files = mine.files.filter(({ file }) => file <= fits.to.file);
        expect(fit({ files, end: fits.to }, truth)).toEqual({ kind: "continues" });
      }),
    );
  });
});

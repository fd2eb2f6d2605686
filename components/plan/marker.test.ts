import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { markersOf, noDrift } from "./marker.ts";

const words = fc.array(fc.constantFrom("database COMPANY missing on mirrorB", "service is off"), {
  minLength: 1,
  maxLength: 2,
});

describe("a drift marker", () => {
  it("appears only with drift, and only for a step that the state knows", () => {
    const markers = markersOf(
      { quiet: [], drifting: ["gone"], fresh: ["gone"] },
      { quiet: noDrift, drifting: noDrift },
    );

    expect(markers).toEqual({ quiet: null, drifting: "gone (repair 1)", fresh: null });
  });

  it("counts on from the highest of all steps, not from its own", () => {
    const markers = markersOf(
      { one: ["gone"] },
      { one: noDrift, other: "gone (repair 41)", third: "gone (repair 7)" },
    );

    expect(markers).toEqual({ one: "gone (repair 42)" });
  });

  it("differs from every earlier one, however often the same drift comes again", () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 20 }), (found, times) => {
        const past = new Set<string>();
        let stored = noDrift;
        for (let time = 0; time < times; time++) {
          const next = markersOf({ step: found }, { step: stored })["step"] ?? "";

          expect(past).not.toContain(next);
          past.add(next);
          stored = next;
        }
      }),
    );
  });

  it("is the same in a preview and in the up that follows", () => {
    fc.assert(
      fc.property(words, fc.nat(), (found, number) => {
        const stored = { step: `x (repair ${number})` };

        expect(markersOf({ step: found }, stored)).toEqual(markersOf({ step: found }, stored));
      }),
    );
  });

  it("survives a state that holds what nobody wrote", () => {
    expect(markersOf({ step: ["gone"] }, { step: "", other: "(repair )" })).toEqual({
      step: "gone (repair 1)",
    });
  });
});

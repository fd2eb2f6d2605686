import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { step } from "./step.ts";
import { everyPhase, rowCases, strayEvents } from "./testing/row-cases.ts";
import { memberIn } from "./testing/scenes.ts";
import { transitions } from "./transitions.ts";

describe("each row of the table", () => {
  it.for(transitions.map(({ id, to }) => [id, to] as const))("is taken: %s", ([id, to]) => {
    const rowCase = rowCases[id];
    if (rowCase === undefined) throw new Error(`No case takes ${id}`);

    const { row, state } = step(rowCase.state, rowCase.event);
    expect(row?.id).toBe(id);
    expect(state.phase.name).toBe(to);
  });

  it("has a case, and there is no case of another row", () => {
    expect(Object.keys(rowCases).sort()).toEqual(transitions.map(({ id }) => id).sort());
  });
});

describe("what belongs to something that is over", () => {
  it("changes no phase", () => {
    for (const phase of everyPhase) {
      for (const event of strayEvents) {
        const { state } = step(memberIn(phase), event);
        expect(state.phase.name, `${event.type} in ${phase.name}`).toBe(phase.name);
      }
    }
  });
});

describe("the machine", () => {
  const phases = fc.constantFrom(...everyPhase);
  const events = fc.constantFrom(
    ...strayEvents,
    ...Object.values(rowCases).map((one) => one.event),
  );

  it("is total: nothing that happens in any phase makes it fail", () => {
    fc.assert(
      fc.property(phases, fc.array(events, { maxLength: 12 }), (phase, happenings) => {
        const isMember = phase.name !== "off" && phase.name !== "notMember";
        const nothing = { configuration: undefined, local: undefined };
        let state = memberIn(phase, isMember ? {} : nothing);
        for (const event of happenings) state = step(state, event).state;
      }),
      { numRuns: 2000 },
    );
  });

  it("gives the same for the same", () => {
    for (const { state, event } of Object.values(rowCases)) {
      const one = step(state, event);
      const other = step(structuredClone(state), structuredClone(event));
      expect(other.state).toEqual(one.state);
      expect(other.effects).toEqual(one.effects);
    }
  });
});

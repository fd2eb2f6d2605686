import { describe, expect, it } from "vitest";
import { step } from "./step.ts";
import { memberIn, mirrorOf } from "./testing/scenes.ts";

describe("a member that connects", () => {
  it("takes over what the primary changes while the journal is being settled", () => {
    const configuration = mirrorOf(["A", "B"]);
    const before = memberIn(
      { name: "connecting", primary: "B", link: "to-B", isOpen: true },
      { configuration: { ...configuration, definedPrimary: "B" } },
    );
    const { state } = step(before, {
      at: 1000,
      type: "received",
      link: "to-B",
      message: { kind: "configuration", configuration },
      end: { file: 1, offset: 1 },
    });

    expect(state.configuration?.definedPrimary).toBeUndefined();
  });
});

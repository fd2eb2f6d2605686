import { describe, expect, it } from "vitest";
import { hasAll } from "./dependencies.mjs";

const wanted = {
  "": { version: "0.1.0" },
  "node_modules/a": { version: "1.0.0" },
  "node_modules/mac-only": { version: "2.0.0", optional: true },
};

describe("installed packages are those of the lock file", () => {
  it("when each is there in its version; what is for other systems may be missing", () => {
    expect(hasAll(wanted, { "node_modules/a": { version: "1.0.0" } })).toBe(true);
  });

  it("not when one is missing or has another version", () => {
    expect(hasAll(wanted, {})).toBe(false);
    expect(hasAll(wanted, { "node_modules/a": { version: "1.0.1" } })).toBe(false);
  });

  it("not when an optional one is there in another version", () => {
    const installed = {
      "node_modules/a": { version: "1.0.0" },
      "node_modules/mac-only": { version: "2.0.1" },
    };

    expect(hasAll(wanted, installed)).toBe(false);
  });
});

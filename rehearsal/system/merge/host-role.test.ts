import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostRole } from "./host-role.ts";

const three = "primary,backup,drasync";

describe("Member=auto", () => {
  it.for([
    ["x-000", three, "", "primary", "x-000"],
    ["x-001", three, "", "backup", "x-000"],
    ["x-002", three, "", "drasync", "x-000"],
    ["x-004", three, "", "backup", "x-003"],
    ["healthconnect-1", "", "", "backup", "healthconnect-0"],
    ["x-0-2", three, "", "drasync", "x-0-0"],
    ["x-1-0", three, "", "primary", "x-1-0"],
    ["x-101", "primary,backup", "100", "backup", "x-100"],
    ["mirror-0-101", "", "100", "backup", "mirror-0-100"],
  ] as const)("%s with Map %s and Ordinal %s is %s of %s", (row) => {
    const [host, map, ordinal, member, primary] = row;
    expect(hostRole(host, map, ordinal)).toMatchObject({ member, primary });
  });

  it.for([
    ["iris", "", ""],
    ["x-99", "", "100"],
    ["x-0-2", "primary,backup", ""],
    ["x-0", "backup,primary", ""],
    ["x-0", "primary,backup,rorasync", ""],
    ["x-0", "", "one"],
  ] as const)("refuses %s with Map %s and Ordinal %s", ([host, map, ordinal]) => {
    expect(() => hostRole(host, map, ordinal)).toThrow("ERROR #");
  });

  it("gives each mirror exactly one primary, which is the one its members name", () => {
    const asyncs = fc.integer({ min: 0, max: 14 });
    fc.assert(
      fc.property(asyncs, fc.nat(200), fc.nat(200), (count, ordinal, offset) => {
        const map = ["primary", "backup", ...Array<string>(count).fill("drasync")].join(",");
        const own = hostRole(`x-${ordinal + offset}`, map, String(ordinal));
        const primary = hostRole(own.primary, map, String(ordinal));
        expect(primary).toMatchObject({ member: "primary", primary: own.primary });
      }),
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { databaseName, hostName, memberName, mirrorName } from "../topology/names.ts";
import { physicalNames } from "./names.ts";

/** What Pulumi takes as a stack's name, and what the topology takes as a key. */
const stack = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,30}$/);
const key = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,30}[A-Za-z0-9]$/);
/** What Docker takes. Source: the engine's own message for an invalid name. */
const dockerName = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

describe("names on the engine", () => {
  it("are names that Docker takes, whatever the stack is called", () => {
    fc.assert(
      fc.property(stack, key, fc.constantFrom("stack", "plain"), (one, member, style) => {
        const names = physicalNames(one, style);

        for (const name of [names.container(member), names.volume(member), names.network]) {
          expect(name).toMatch(dockerName);
        }
      }),
    );
  });

  it("never meet within a stack", () => {
    fc.assert(
      fc.property(stack, fc.uniqueArray(key, { minLength: 2, maxLength: 4 }), (one, members) => {
        const names = physicalNames(one, "stack");

        expect(new Set(members.map((member) => names.volume(member))).size).toBe(members.length);
        expect(new Set(members.map((member) => names.container(member))).size).toBe(members.length);
      }),
    );
  });

  it("keep data of two stacks apart even where containers have plain names", () => {
    expect(physicalNames("dev", "plain").volume("mirrorA")).toBe("dev-mirrorA-data");
    expect(physicalNames("dev", "plain").container("mirrorA")).toBe("mirrorA");
  });
});

describe("names of the product", () => {
  it("of a member are at most 32 characters, without what the product forbids", () => {
    const forbidden = /[\s:[\]#;*=^~,"]|\/\/|\/\*/;
    fc.assert(
      fc.property(
        fc.string({ maxLength: 40, unit: fc.constantFrom(...Array.from("Aa1-_/:,;= *#")) }),
        (name) => {
          const isTaken = memberName.safeParse(name).success;

          if (isTaken) expect(name).not.toMatch(forbidden);
          if (isTaken) expect(name.length).toBeLessThanOrEqual(32);
        },
      ),
    );
  });

  it("a hostname is always a member name, so that its upper case can stand for it", () => {
    fc.assert(
      fc.property(key, (name) => {
        expect(hostName.safeParse(name).success).toBe(true);
        expect(memberName.safeParse(name.toUpperCase()).success).toBe(true);
      }),
    );
  });

  it.for(["", "MIRROR-SET", "MIRROR SET", "A234567890123456"])("%j is no mirror name", (name) => {
    expect(mirrorName.safeParse(name).success).toBe(false);
  });

  it.for(["1COMPANY", "COM:PANY", "COM PANY", "A".repeat(63)])("%j is no database", (name) => {
    expect(databaseName.safeParse(name).success).toBe(false);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readMergeFile } from "./merge-file.ts";

const properties = (line: string): Record<string, string> =>
  Object.fromEntries(
    readMergeFile(`[Actions]\n${line}`).actions.flatMap((action) =>
      action.properties.map(({ name, value }) => [name, value]),
    ),
  );

const faultsOf = (text: string) => readMergeFile(text).faults;

describe("a merge file", () => {
  it("has comments of both kinds, blank lines, CRLF, repeated sections, names in any case", () => {
    const text =
      "\ufeff# one\r\n\r\n[config]\r\ngmheap=256000\r\n  ; two\r\n[ACTIONS]\r\n" +
      "createdatabase:name=A,directory=/a\r\n[Config]\r\nGMHEAP = 300000\r\n";
    const file = readMergeFile(text);

    expect(file.faults).toEqual([]);
    expect(file.settings).toEqual([
      { section: "config", key: "gmheap", value: "256000", line: 4 },
      { section: "Config", key: "GMHEAP", value: "300000", line: 9 },
    ]);
    expect(file.actions.map(({ name, line }) => [name, line])).toEqual([["createdatabase", 7]]);
    expect(file.sections.map(({ line }) => line)).toEqual([3, 6, 8]);
  });

  it("has values with commas in quotes, colons, equals signs and blanks", () => {
    expect(
      properties(
        'ConfigMirror:Name=MIR, Map="primary,backup",ArbiterURL=arbiter:2188,X="a ""b""",Y=p=q,Z=',
      ),
    ).toEqual({
      Name: "MIR",
      Map: "primary,backup",
      ArbiterURL: "arbiter:2188",
      X: 'a "b"',
      Y: "p=q",
      Z: "",
    });
  });

  it.for([
    ["gmheap=1", "before any section"],
    ["[config]\ngmheap", 'no "key=value"'],
    ["[config]\n=1", 'no "key=value"'],
    ["[config\ngmheap=1", "before any section"],
    ["[config]\n[Startup=1", 'no "key=value"'],
    ["[Actions]\nCreateDatabase", 'no "Action:'],
    ["[Actions]\nCreateDatabase:Name", 'no "Property=value"'],
    ["[Actions]\nCreateDatabase:Name=A,,Directory=/a", 'no "Property=value"'],
    ["[Actions]\nCreateDatabase:Name=A,name=B", "twice"],
    ['[Actions]\nCreateDatabase:Name="A', "is none"],
    ['[Actions]\nCreateDatabase:Name="A"B', "is none"],
    ['[Actions]\nCreateDatabase:Name=A"B"', "is none"],
  ] as const)("names the line that is none: %j", ([text, words]) => {
    const [fault] = faultsOf(text);
    expect(fault?.text).toContain(words);
    expect(fault?.line).toBe(text.startsWith("[config\n") ? 1 : text.split("\n").length);
  });

  it("does not take the typographic quotes that the documentation prints", () => {
    expect(faultsOf("[Actions]\nConfigMirror:Name=MIR,Map=“primary,backup”")).toHaveLength(1);
  });

  it("has actions that go on in indented lines, as the documentation prints them", () => {
    const text =
      "[Actions]\r\nConfigMirror:Name=MIR,\r\n    Member=primary\r\n    # a comment\r\n" +
      '\t,Map="primary,backup"\r\n  CreateNamespace:Name=A,Globals=A\r\n';
    const { actions, faults } = readMergeFile(text);
    expect(faults).toEqual([]);
    expect(actions.map(({ name, line }) => [name, line])).toEqual([
      ["ConfigMirror", 2],
      ["CreateNamespace", 6],
    ]);
    expect(actions[0]?.properties.map(({ value }) => value)).toEqual([
      "MIR",
      "primary",
      "primary,backup",
    ]);
  });

  it("takes no line for the rest of an action without a comma, or without an indent", () => {
    expect(faultsOf("[Actions]\nA:b=1\n  c=2").map(({ line }) => line)).toEqual([3]);
    expect(faultsOf("[Actions]\nA:b=1,\nc=2").map(({ line }) => line)).toEqual([2, 3]);
  });

  it("never shows what a line holds that it could not read: it may be a password", () => {
    for (const text of [
      "secret",
      "[Startup]\nsecret",
      "[Actions]\nsecret",
      '[Actions]\nA:b="secret',
    ]) {
      expect(JSON.stringify(faultsOf(text))).not.toContain("secret");
    }
  });

  it("leaves no line out, whatever is written: each is read or named", () => {
    const piece = fc.constantFrom("[config]", "[Actions]", "a=1", "A:b=1", "#", ";", " ", "x", '"');
    const line = fc.oneof(
      piece,
      fc.string(),
      fc.array(piece).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const written = lines.join("\n").split(/\r\n|\n|\r/);
        const file = readMergeFile(written.join("\n"));
        const seen = [file.sections, file.settings, file.actions, file.faults]
          .flatMap((part) => part.map((one) => one.line))
          .sort((one, other) => one - other);
        const expected = written.flatMap((text, index) =>
          /^\s*([#;].*)?$/.test(index === 0 ? text.replace(/^\ufeff/, "") : text)
            ? []
            : [index + 1],
        );
        expect(seen).toEqual(expected);
      }),
    );
  });

  it("gives back every action that is written down", () => {
    const name = fc.stringMatching(/^[A-Za-z]{1,8}$/);
    const value = fc.string().filter((text) => !/[\r\n]/.test(text));
    const given = fc.uniqueArray(fc.tuple(name, value), {
      minLength: 1,
      selector: ([key]) => key.toUpperCase(),
    });
    fc.assert(
      fc.property(name, given, (action, pairs) => {
        const text = pairs.map(([key, text]) => `${key}="${text.replaceAll('"', '""')}"`).join(",");
        const file = readMergeFile(`[Actions]\r\n${action}:${text}\r\n`);
        const read = file.actions[0]?.properties.map((one) => [one.name, one.value]);
        expect([file.faults, read]).toEqual([[], pairs]);
      }),
    );
  });
});

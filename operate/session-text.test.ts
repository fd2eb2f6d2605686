import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asciiJson, callLines, literal, plainLines, readTurn, tidy } from "./session-text.ts";

/** What a session prints for lines 1 and 2 of ours, put together by the rules of captured output:
 *  banner, newline before a prompt, no echo, newline when a line was read. */
function printed(...outputs: readonly string[]): string {
  const turns = outputs.map((output) => `\n%SYS>\n${output}`);
  return `\nNode: de17f22ad88c, Instance: IRIS\n${turns.join("")}\n%SYS>\n`;
}

describe("the lines of a call", () => {
  test("name class, method and argument, and end with a marker of their own", () => {
    expect(callLines(7, "Mirror.Create", { name: "A" })).toEqual([
      'do ##class(ZIrisMirror.Call).Run(7,"Mirror","Create","{""name"":""A""}")',
      'write !,"<<irismirror"_" 7 end>>",!',
    ]);
  });

  test("hand a long argument over in pieces that are the argument again", () => {
    const argument = {
      directories: Array.from({ length: 200 }, (_, index) => `/dur/db/${index}/`),
    };

    const lines = callLines(1, "Record.Write", argument);

    const pieces = lines
      .filter((line) => line.startsWith("set irismirror=irismirror_"))
      .map((line) => line.slice('set irismirror=irismirror_"'.length, -1).replaceAll('""', '"'));
    expect(JSON.parse(pieces.join(""))).toEqual(argument);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(2100);
  });

  test("are one complete command each, whatever the argument holds", () => {
    const argument = fc.dictionary(fc.string(), fc.string({ unit: "binary" }), { maxKeys: 5 });
    fc.assert(
      fc.property(argument, (given) => {
        const lines = callLines(1, "A.B", given);

        expect(lines.filter((line) => !/^[\x20-\x7e]*$/.test(line))).toEqual([]);
      }),
    );
  });

  test("never hold a marker as it will be printed, because error displays repeat the line", () => {
    for (const line of plainLines(3, ["set o={}"], "o.%ToJSON()")) {
      expect(line).not.toContain("<<irismirror 3");
    }
  });
});

describe("a string literal", () => {
  test("doubles quotes", () => {
    expect(literal('say "x"')).toBe('"say ""x"""');
  });

  test("refuses what a typed line cannot hold", () => {
    expect(() => literal("a\nb")).toThrow(RangeError);
  });

  test("is JSON in ASCII for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (value) => {
        expect(JSON.parse(asciiJson({ value }))).toEqual({ value });
        expect(asciiJson({ value })).toMatch(/^[\x20-\x7e]*$/);
      }),
    );
  });
});

describe("a turn", () => {
  test("is not over before its end marker", () => {
    expect(readTurn(printed('\n<<irismirror 1 {"answer":1} irismirror 1>>\n'), 1)).toBeUndefined();
  });

  test("gives the JSON between the markers of its own line", () => {
    const output = printed(
      '\n<<irismirror 1 {"answer":{"status":"PRIMARY"}} irismirror 1>>\n',
      "\n<<irismirror 1 end>>\n",
    );

    expect(readTurn(output, 1)?.json).toBe('{"answer":{"status":"PRIMARY"}}');
    expect(readTurn(output, 2)).toBeUndefined();
  });

  test("gives the rest of the output to the next line", () => {
    const output = printed("\n<<irismirror 1 end>>\n", "\n<<irismirror 2 {} irismirror 2>>\n");

    const { rest = "" } = readTurn(output, 1) ?? {};

    expect(rest.startsWith("\n\n%SYS>\n\n<<irismirror 2 {}")).toBe(true);
  });

  test("puts an answer together that a device broke at its margin", () => {
    const output = printed(
      '\n<<irismirror 1 {"a":"12\n345\r\n6"} irismirror 1>>\n<<irismirror 1 end>>',
    );

    expect(readTurn(output, 1)?.json).toBe('{"a":"123456"}');
  });

  test("tells what the session said when the class is missing", () => {
    const output = printed(
      '\nDO ##class(ZIrisMirror.Call).Run(1,"Mirror","Create","{}")\n^\n<CLASS DOES NOT EXIST> *ZIrisMirror.Call',
      "\n<<irismirror 1 end>>\n",
    );

    const turn = readTurn(output, 1);

    expect(turn?.json).toBeUndefined();
    expect(turn?.said).toBe(
      'DO ##class(ZIrisMirror.Call).Run(1,"Mirror","Create","{}") / ^ / ' +
        "<CLASS DOES NOT EXIST> *ZIrisMirror.Call",
    );
  });

  test("is read in a deeper prompt after an error in called code as well", () => {
    const output =
      "\nNode: a, Instance: IRIS\n\n%SYS>\n\n    write abc,!\n    ^\n<UNDEFINED>zundeftest+3^CookBook.Class1.1 *abc" +
      '\n%SYS 2d1>\n\n<<irismirror 4 {"answer":2} irismirror 4>>\n\n%SYS 2d1>\n\n<<irismirror 4 end>>';

    expect(readTurn(output, 4)?.json).toBe('{"answer":2}');
  });

  test("reads any JSON that was printed between the markers", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (answer, noise) => {
        const json = asciiJson({ answer });
        const output = printed(
          `${noise}\n<<irismirror 9 ${json} irismirror 9>>\n<<irismirror 9 end>>`,
        );
        fc.pre(!noise.includes("<<irismirror"));

        expect(JSON.parse(readTurn(output, 9)?.json ?? "")).toEqual(JSON.parse(json));
      }),
    );
  });
});

describe("what a session said", () => {
  test.each([
    ["\nNode: de17f22ad88c, Instance: IRIS\n\nUSER>\n1\n\nUSER>\n", "1"],
    ["\n%SYS>\n\nERROR #5001: text\n\nTL1:USER>\n", "ERROR #5001: text"],
    [
      "\nUSER 2d1>\n<DIVIDE>zABC+3^CookBook.Class1.1\nUSER 4d0>\n",
      "<DIVIDE>zABC+3^CookBook.Class1.1",
    ],
    [
      "Sign-on inhibited: Startup or Installation in progress\r\n",
      "Sign-on inhibited: Startup or Installation in progress",
    ],
  ])("is shown without banner and prompts (%#)", (output, shown) => {
    expect(tidy(output)).toBe(shown);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NotSimulated, SyntaxFault } from "../errors.ts";
import { parseBody, parseLine, parseTypedLine, parseWholeExpression } from "./program.ts";

/** Pieces of programs, right and wrong, to be put together at random. */
const pieces = [
  "set ", "write ", "if ", "for i=1:1:3 ", "do ", "quit ", "try ", "catch e ", "else ", "while ",
  "x", "^g(1)", "^|\"NS\"|x", "@a@(1)", "$piece(x,\",\",2)", "$order(a(\"\"))", "..Prop",
  "##class(A.B).M(.x,,1)", "{\"a\":1}", "[1,(x)]", "$case(x,1:2,:3)", "$$f^r(1)", "label^rou",
  "\"text\"", "1.5E3", "=", "+", "'", "'=", "_", "&&", "?1N.A", "]]", "(", ")", "{", "}", ",", ":",
  ".", " ", "  ", "\n", ";c", "//", "/*", "*/", "#", "$", "$$$X", "\"", "é", "\u0000", "new ",
  "kill (a,b)", "lock +^a:1 ",
]; // prettier-ignore

const program = fc
  .array(fc.constantFrom(...pieces), { maxLength: 25 })
  .map((found) => found.join(""));

function onlyFaults(parse: () => unknown): void {
  try {
    parse();
  } catch (error) {
    if (error instanceof SyntaxFault || error instanceof NotSimulated) return;
    throw error;
  }
}

describe("the parser", () => {
  it("throws nothing but its own faults, whatever it is given", () => {
    fc.assert(
      fc.property(fc.oneof(program, fc.string()), (text) => {
        onlyFaults(() => parseLine(text));
        onlyFaults(() => parseBody(text));
        onlyFaults(() => parseWholeExpression(text));
        onlyFaults(() => parseTypedLine(text));
      }),
      { numRuns: 2000 },
    );
  });

  it("points at a place inside the text where it stopped", () => {
    fc.assert(
      fc.property(program, (text) => {
        try {
          parseLine(text);
        } catch (error) {
          if (!(error instanceof SyntaxFault)) return;
          expect(error.at).toBeGreaterThanOrEqual(0);
          expect(error.at).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });

  it("is not brought down by nesting without end", () => {
    const deep = 50_000;
    for (const text of [
      "(".repeat(deep),
      "write " + "-".repeat(deep) + "1",
      "if 1 { ".repeat(deep),
      "write 1" + "+1".repeat(deep),
      "write o" + ".A".repeat(deep),
    ]) {
      expect(() => parseLine(text)).toThrow(SyntaxFault);
    }
  });

  it("knows where every command stands", () => {
    const text = "set x=1  write x if x { quit }";
    const places = parseLine(text).map(({ at, keywordEnd }) => text.slice(at, keywordEnd));
    expect(places).toEqual(["set", "write", "if"]);
  });

  it("reads a binary chain strictly from left to right", () => {
    const node = parseWholeExpression("1+2*3");
    expect(node).toMatchObject({
      type: "binary",
      operator: "*",
      left: { type: "binary", operator: "+" },
    });
  });
});

describe("a body", () => {
  it("finds labels in the first column, with arguments and procedures", () => {
    const body = parseBody(
      " ; comment\nabc(x,y=1) public {\n write x\n quit 1\n}\nlegacy write 1\n quit\nfn(a) quit a\n%z ;\n1a\n",
    );
    expect(
      body.labels.map(({ name, formals, index, procedure }) => [
        name,
        formals?.length,
        index,
        procedure?.isPublic,
      ]),
    ).toEqual([
      ["abc", 2, 0, true],
      ["legacy", undefined, 0, undefined],
      ["fn", 1, 2, undefined],
      ["%z", undefined, 3, undefined],
      ["1a", undefined, 3, undefined],
    ]);
  });

  it("lets arguments in brackets and behind commas run over lines", () => {
    const body = parseBody(' set x=$case(1,\n   1:"a",\n   2:"b"),\n  y=2\n write x\n');
    expect(body.statements).toHaveLength(2);
  });

  it("refuses blocks with dots by name", () => {
    const body = parseBody(" if x do\n . write 1\n");
    expect(JSON.stringify(body.statements)).toContain("notsimulated");
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answer } from "../testing/session.ts";
import { jsonNumber, jsonText } from "./dynamic.ts";
import { JsonFault, parseJsonText, type ParsedJson } from "./json-parser.ts";

/** Writes what was read, so that it can be compared with JavaScript's own reading. */
function render(parsed: ParsedJson): string {
  switch (parsed.kind) {
    case "null":
      return "null";
    case "boolean":
      return String(parsed.value);
    case "number":
      return jsonNumber(parsed.value);
    case "string":
      return jsonText(parsed.value);
    case "items":
      return `[${parsed.value.map(render).join(",")}]`;
    case "entries":
      return `{${parsed.value.map(([name, value]) => `${jsonText(name)}:${render(value)}`).join(",")}}`;
  }
}

describe("JSON", () => {
  it("reads and writes whatever JavaScript writes and reads", () => {
    const json = fc.json({ maxDepth: 4 }).filter((text) => !/\de[+-]?\d{3}/i.test(text));
    fc.assert(
      fc.property(json, (text) => {
        const mine: unknown = JSON.parse(render(parseJsonText(text)));
        const wanted: unknown = JSON.parse(text);
        expect(JSON.stringify(mine)).toBe(JSON.stringify(wanted));
      }),
      { examples: [['[0.1,-5,1e3,"\\u0041\\n"]']] },
    );
  });

  it("accepts exactly what JavaScript accepts", () => {
    const pieces = ["{", "}", "[", "]", ":", ",", '"a"', "1", "-", ".5", "true", "null", " ", "'"];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 6 }), (found) => {
        const text = found.join("");
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        if (isJson) parseJsonText(text);
        else expect(() => parseJsonText(text)).toThrow(JsonFault);
      }),
    );
  });

  it("says where it stopped", () => {
    expect(() => parseJsonText('{\n  "a" 1}')).toThrow(
      expect.objectContaining({ line: 2, offset: 7 }) as Error,
    );
  });
});

describe("dynamic objects", () => {
  it.each([
    ['set o={"a":1,"b":[1,true,null,"x"]} write o.%ToJSON()', '{"a":1,"b":[1,true,null,"x"]}'],
    ['set x=5 write {"a":(x+1),"b":(x_"")}.%ToJSON()', '{"a":6,"b":"5"}'],
    ['write {}.%FromJSON("{""a"":[1,{}]}").%ToJSON()', '{"a":[1,{}]}'],
    ['write ##class(%DynamicArray).%FromJSON("[1, 2]").%ToJSON()', "[1,2]"],
    ['set o={} set o.x=.5,o.y="t" write o.%ToJSON()', '{"x":0.5,"y":"t"}'],
    ['set o={} do o.%Set("b",0) write o.%ToJSON()', '{"b":0}'],
    ['set o={} do o.%Set("b",0,"boolean") write o.%ToJSON()', '{"b":false}'],
    [
      'set o={} do o.%Set("b","","null").%Set("n","5","number") write o.%ToJSON()',
      '{"b":null,"n":5}',
    ],
    ['set o={} do o.%Set("s",5,"string") write o.%ToJSON()', '{"s":"5"}'],
    ['set a=[] do a.%Push(1).%Push("b") write a.%Size(),a.%Pop(),a.%Size()', "2b1"],
    ["set a=[1,2,3] write a.%Remove(1),a.%ToJSON()", "2[1,3]"],
    ['set a=[] do a.%Set(2,"x") write a.%ToJSON(),a.%Size()', '[null,null,"x"]3'],
    ['set o={"a":1} write o.%IsDefined("a"),o.%IsDefined("b"),o.b,o.%Get("b","d")', "10d"],
    [
      'set o={"s":"","n":1,"b":true,"z":null,"o":{},"a":[]} for k="s","n","b","z","o","a","q" { write o.%GetTypeOf(k)," " }',
      "string number boolean null object array unassigned ",
    ],
    [
      'set i={"a":1,"b":"x"}.%GetIterator() while i.%GetNext(.k,.v,.t) { write k,"=",v,t," " }',
      "a=1number b=xstring ",
    ],
    ['set i=["x",5].%GetIterator() while i.%GetNext(.k,.v) { write k,v," " }', "0x 15 "],
    ['write {"a":{"b":{"c":7}}}.a.b.c', "7"],
    [
      "set o=##class(%DynamicObject).%New() set o.a=1 write o.%ToJSON(),o.%ClassName()",
      '{"a":1}DynamicObject',
    ],
    ['write {"quote":"a\\"b\\u0041"}.quote', 'a"bA'],
    ['write {"a":9007199254740993}.%ToJSON()', '{"a":9007199254740993}'],
  ])("%s prints %s", async (line, wanted) => {
    expect(await answer(line)).toBe(wanted);
  });

  it("text that is no JSON throws with its place", async () => {
    const shown = await answer('set o=##class(%DynamicObject).%FromJSON("{x")');
    expect(shown.split("\n").at(-1)).toBe(
      "<THROW>%FromJSON+37^%Library.DynamicAbstractObject.1 *%Exception.General Parsing error 3 Line 1 Offset 2",
    );
  });

  it("literals with bare variables are <SYNTAX>", async () => {
    expect(await answer('set o={"a":x}')).toMatch(/<SYNTAX>$/);
  });
});

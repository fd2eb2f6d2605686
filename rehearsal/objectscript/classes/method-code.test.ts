/** Methods whose code is generated when their class is compiled. */

import { expect, it } from "vitest";
import { GenerationFault } from "../errors.ts";
import type { NativeClass } from "../host.ts";
import { answersOf } from "../testing/session.ts";

/** Generates code that shows what the generator was told; refuses a text with `bad` in it. */
const maker: NativeClass = {
  name: "%Test.Maker",
  classMethods: {},
  generators: {
    "%Generate": ({ className, formals, xdata }, name) => {
      const data = xdata(name);
      const text = data?.text.trim() ?? "none";
      if (text === "bad") throw new GenerationFault([{ line: data?.line ?? 0, message: "is bad" }]);
      return ` quit "${className} ${formals.join(",")} ${text}:"_a_$get(before)`;
    },
  },
};

const call = 'quit ##class(%Test.Maker).%Generate(%compiledclass, %code, "Data")';

function classWith(body: string, data = "text", mode = "objectgenerator"): string {
  return `Class A.B {
XData Data [ XMLNamespace = X ]
{
${data}
}
ClassMethod M(a = 1, b) [ CodeMode = ${mode}, Internal ]
{
${body}
}
ClassMethod Other() { quit "other" }
}`;
}

const run = async (source: string, ...lines: string[]): Promise<string[]> =>
  answersOf(lines, { sources: { "A.B": source }, classes: [maker] });

it.each([
  ["the pattern", `  #; comment\n  ${call}`, "A.B a,b text:7"],
  ["the pattern in other letters", `  // comment\n  Return ${call.slice(5)}`, "A.B a,b text:7"],
  [
    "lines written before",
    `  do %code.WriteLine(" set before="" it""")\n  ${call}`,
    "A.B a,b text:7 it",
  ],
])("%s is generated and runs", async (_, body, expected) => {
  expect(await run(classWith(body), "write ##class(A.B).M(7)")).toEqual([expected]);
});

it.each([
  ["another class", '  quit ##class(A.Maker).%Generate(%compiledclass, %code, "Data")'],
  ["another method", `  ${call.replace("%Generate", "%Other")}`],
  ["further code", `  set x=1\n  ${call}`],
  ["code behind it", `  ${call}\n  quit 1`],
  ["a line that is computed", `  do %code.WriteLine(" set a="_1)\n  ${call}`],
])("a generator with %s is refused when it is called", async (_, body) => {
  const [refused, other] = await run(
    classWith(body),
    "do ##class(A.B).M()",
    "write ##class(A.B).Other()",
  );
  expect(refused).toBe("\nnot simulated: A.B.M [ CodeMode = objectgenerator ]");
  expect(other).toBe("other");
});

it("a generator of another kind is refused", async () => {
  const source = classWith(`  ${call}`, "text", "generator");
  expect(await run(source, "do ##class(A.B).M()")).toEqual([
    "\nnot simulated: A.B.M [ CodeMode = generator ]",
  ]);
});

it("what the generator finds wrong fails the compilation with its line", async () => {
  const [seen, error, called] = await run(
    classWith(`  ${call}`, "bad"),
    'write $system.OBJ.Compile("A.B","c-d",.log),!,log(1)',
    'write $system.Status.GetErrorText($system.OBJ.Compile("A.B","c-d"))',
    "do ##class(A.B).M()",
  );
  expect(seen).toContain("ERROR: A.B.cls(+3): is bad");
  expect(error).toContain("ERROR #5030");
  expect(called).toContain("<SYNTAX>");
});

/** Whole programs: what is typed at a prompt, classes and routines that are loaded and called, and
 *  the direct form. */

import fc from "fast-check";
import { anyLine } from "./grammar.ts";
import { setVariables } from "./words.ts";
import { anyMutations, mutated } from "./mutations.ts";

/** How a program gets into the engine. */
type ProgramKind = "typed" | "class" | "routine" | "direct";

/** A program, and whether the grammar wrote it as it stands. */
export interface Program {
  readonly kind: ProgramKind;
  readonly text: string;
  readonly isMutated: boolean;
}

const lines = fc.array(anyLine, { minLength: 1, maxLength: 5 });

function classText(body: readonly string[], method: readonly string[]): string {
  const indented = (code: readonly string[]): string => code.map((line) => `\t${line}\n`).join("");
  return `Class F.Z Extends %RegisteredObject
{

Parameter P = 1;

Property Name As %String [ InitialExpression = {$char(65)} ];

ClassMethod M(a, ByRef b, c = {1+1}, rest...) As %String
{
	${setVariables}
${indented(body)}}

Method I(q) [ PublicList = x ]
{
	set ..Name=$get(q), i%Name=..Name_..#P
${indented(method)}	quit ##super(q)
}

}
`;
}

function routineText(main: readonly string[], labelled: readonly string[]): string {
  const indented = (code: readonly string[]): string[] => code.map((line) => ` ${line}`);
  const label = ["f(q,r) ; label", ...indented(labelled), " quit 1"];
  const procedure = ["g() public {", ...main, "}"];
  return ["Z ; any", ...indented(main), " quit", ...label, ...procedure].join("\n");
}

const kind = <K extends ProgramKind>(name: K, texts: fc.Arbitrary<string>, weight: number) => ({
  weight,
  arbitrary: texts.map((text) => ({ kind: name, text })),
});

const calls = [
  "##class(A.B).M(1,2)", "f^R(1)", "^R", "##class(%SYSTEM.Process).Terminate(,3)",
  '##class(%SYSTEM.OBJ).Load("/F/Z.cls")', "$system.Status.GetErrorText(-1)",
] as const; // prettier-ignore

const whole = fc.oneof(
  kind(
    "typed",
    lines.map((typed) => typed.join("\n")),
    6,
  ),
  kind(
    "class",
    fc.tuple(lines, lines).map(([body, method]) => classText(body, method)),
    4,
  ),
  kind(
    "routine",
    fc.tuple(lines, lines).map(([main, rest]) => routineText(main, rest)),
    4,
  ),
  kind("direct", fc.constantFrom(...calls), 1),
);

/** Two of five programs are right by the grammar; the others are cut, doubled, swapped. */
export const anyProgram: fc.Arbitrary<Program> = fc
  .tuple(
    whole,
    fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 3, arbitrary: anyMutations }),
  )
  .map(([{ kind, text }, mutations]) => ({
    kind,
    text: mutated(text, mutations),
    isMutated: mutations.length > 0,
  }));

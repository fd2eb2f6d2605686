/** Texts with variables and expressions in them. */

import { describe, expect, it } from "vitest";
import { SyntaxFault } from "../../objectscript/errors.ts";
import { expressionCode, textCode, unsetVariables, variableName } from "./template.ts";

const value = (name: string) => `$get(tVars("${name}"))`;
const number = (name: string) =>
  `##class(%Installer.Manifest).%Number(${value(name.toUpperCase())},"${name}")`;

describe("a text", () => {
  it.for([
    ["", '""'],
    ["plain", '"plain"'],
    ['a "b"', '"a ""b"""'],
    ["a\nb", '"a"_$char(10)_"b"'],
    ["${X}", value("X")],
    ["%DB_${Namespace}-DATA", `"%DB_"_${value("NAMESPACE")}_"-DATA"`],
    ["${#VERSION}.${a}", `..#VERSION_"."_${value("A")}`],
    ["#{1+2}/x", '(1+2)_"/x"'],
    ['#{$zcvt("${X}/a","L")}', `($zcvt((${value("X")}_"/a"),"L"))`],
    ['#{{"a":"}"}.%ToJSON()}', '({"a":"}"}.%ToJSON())'],
    ["#{$$$OK}", "($$$OK)"],
    ["$ {X} # {1}", '"$ {X} # {1}"'],
  ] as const)("%j becomes %j", ([text, code]) => {
    expect(textCode(text)).toBe(code);
  });
});

describe("code", () => {
  it.for([
    ["1=1", "(1=1)"],
    ['$l("${X}")=0', `($l((${value("X")}))=0)`],
    ["${Update}", `(${number("Update")})`],
    ["${n}>3", `(${number("n")}>3)`],
    ['#{##class(A.B).C("a")}', '((##class(A.B).C("a")))'],
    ['"a""${X}"="b"', `(("a"""_${value("X")})="b")`],
    ["..#DEBUG&${#TEST}", "(..#DEBUG&..#TEST)"],
  ] as const)("%j becomes %j", ([text, code]) => {
    expect(expressionCode(text)).toBe(code);
  });
});

it.for(["#{1+", "#{1+}", '#{"a}', "#{}", "${1X}", "${}"])("%j is refused", (text) => {
  expect(() => textCode(text)).toThrow(SyntaxFault);
});

it.for(["", "1+", 'set x="a"', '"a'])("%j is no expression", (code) => {
  expect(() => expressionCode(code)).toThrow(SyntaxFault);
});

it("names mean the same in any letter case, and only names are", () => {
  expect(variableName("cspDir_2")).toBe("CSPDIR_2");
  expect(() => variableName("a b")).toThrow(SyntaxFault);
});

it("predefined variables that are not set are noticed", () => {
  expect(unsetVariables("${Port} ${MGRDIR} ${cpucount}")).toEqual(["CPUCOUNT", "PORT"]);
});

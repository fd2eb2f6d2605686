import { describe, expect, it } from "vitest";
import { expandMacros, type MacroSource } from "./macros.ts";

const standard: MacroSource = { includes: [], includeText: () => undefined };

const expand = (text: string): string => expandMacros(text, standard);

describe("standard macros", () => {
  it.each([
    ["quit $$$OK", "quit 1"],
    ["quit $$$NO_$$$YES", "quit 0_1"],
    ["if $$$ISERR(sc) quit", "if ('(sc)) quit"],
    ["if $$$ISOK(sc)", "if (sc)"],
    [
      'quit $$$ERROR($$$GeneralError,"a,b",x(1,2))',
      'quit ##class(%SYSTEM.Status).Error(5001,"a,b",x(1,2))',
    ],
    [
      "$$$ThrowOnError(..M(1))",
      "set %sc=..M(1) throw:('%sc) ##class(%Exception.StatusException).CreateFromStatus(%sc)",
    ],
    [
      "$$$THROWONERROR(sc,..M(1,2))",
      "set sc=..M(1,2) throw:('sc) ##class(%Exception.StatusException).CreateFromStatus(sc)",
    ],
    ["$$$ThrowStatus(sc)", "throw ##class(%Exception.StatusException).CreateFromStatus(sc)"],
    ["$$$QuitOnError(sc)", "set %sc=sc quit:('%sc) %sc"],
    ["set s=$$$ADDSC(a,b)", "set s=##class(%SYSTEM.Status).AppendStatus(a,b)"],
    ["write $$$LOWER(x)", 'write $zconvert(x,"L")'],
    ["set x=$$$NULLOREF", 'set x=""'],
    ['write "$$$OK"', 'write "$$$OK"'],
    ["write 1 ; $$$NOPE", "write 1 "],
  ])("%s becomes %s", (text, wanted) => {
    expect(expand(text)).toBe(wanted);
  });

  it("one that nobody defined is a fault that names it", () => {
    expect(() => expand("write $$$NOPE")).toThrow("Referenced macro not defined: 'NOPE'");
  });
});

describe("directives", () => {
  it("define macros with and without arguments, in terms of each other", () => {
    const text = "#define ONE 1\n#define ADD(%a,%b) (%a+%b)\n write $$$ADD($$$ONE,$$$ADD(2,3))";
    expect(expand(text)).toBe(" write (1+(2+3))");
  });

  it("choose lines by what is defined", () => {
    const text =
      "#define A\n#ifdef A\n one\n#else\n two\n#endif\n#ifndef A\n three\n#endif\n#undef A\n#ifdef A\n four\n#endif\n end";
    expect(expand(text)).toBe(" one\n end");
  });

  it("declare variables, with a value as code and without as nothing", () => {
    expect(expand("#dim x As %String\n#dim y As list Of %String = 5\n quit")).toBe(
      " set y=5\n quit",
    );
  });

  it("leave no line of a comment that belongs to the source alone", () => {
    expect(expand(" set x=1\n #; gone\n ##; gone too\n ; kept\n // kept")).toBe(
      " set x=1\n ; kept\n // kept",
    );
  });

  it("include what the user has, and what every class has", () => {
    const source: MacroSource = {
      includes: ["%occStatus", "My.Macros"],
      includeText: (name) =>
        name === "My.Macros" ? "ROUTINE My.Macros\n#define M 7\n" : undefined,
    };
    expect(expandMacros(" write $$$M", source)).toBe(" write 7");
    expect(() => expandMacros("#include Unknown\n", source)).toThrow(
      "not simulated: include file Unknown",
    );
  });

  it("that are not simulated say so", () => {
    expect(() => expand("#execute set x=1")).toThrow("not simulated: preprocessor directive");
  });

  it("a macro that uses itself does not expand for ever", () => {
    expect(() => expand("#define A $$$A\n write $$$A")).toThrow("without end");
  });

  it("a text with any number of quotes in it is read in one go", () => {
    const line = ` write "${'a""'.repeat(5000)}"`;
    expect(expand(line)).toBe(line);
  });
});

/** Commands that change variables and show them. */

import { describe, expect, it } from "vitest";
import { answer, answersOf, testHost } from "../testing/session.ts";
import { createCodeCache, createProcess } from "../process.ts";
import { drive } from "../testing/drive.ts";

const errorOf = async (line: string): Promise<string> =>
  (await answer(line)).split("\n").at(-1) ?? "";

describe("variables", () => {
  it.each([
    ["set (a,b,c(1))=5 write a,b,c(1)", "555"],
    ["set a=1 kill a write $data(a)", "0"],
    ["set a=1,a(1)=2 kill a(1) write a,$data(a(1))", "10"],
    ["set a=1,b=2,c=3 kill (b) write $data(a),b,$data(c)", "020"],
    ["set a=1,b=2 kill  write $data(a),$data(b)", "00"],
    ["set a=1,a(1)=2 zkill a write $data(a)", "10"],
    ["set ^a=1,^a(1)=2 zk ^a write $data(^a),^a(1)", "102"],
    ["set a=1 kill a,b,^c write $data(a)", "0"],
    ['set a(1)="x",a(2,3)="y" merge b=a write b(1),b(2,3)', "xy"],
    ["set ^a(1)=1,^a(1,2)=2 merge b(9)=^a(1) write b(9),b(9,2)", "12"],
    ["set a(1)=1 merge ^g=a write ^g(1)", "1"],
    ['set a=1,a(1)=2 merge a(1,"c")=a write a(1,"c"),a(1,"c",1)', "12"],
    ['set ^||p("x")=1 write ^||p("x"),$data(^||q)', "10"],
    ['set ^|"%SYS"|x(1)=2 write ^|"%SYS"|x(1),^["%SYS"]x(1),$data(^x)', "220"],
    ["set ^a(1,2)=3 write ^(2) set ^(5)=6 write ^a(1,5)", "36"],
  ])("%s prints %s", async (line, wanted) => {
    expect(await answer(line)).toBe(wanted);
  });

  it.each([
    ["write abc", "<UNDEFINED> *abc"],
    ["write abc(2)", "<UNDEFINED> *abc(2)"],
    ['write abc("k",1)', '<UNDEFINED> *abc("k",1)'],
    ["write ^xyz(1,1)", "<UNDEFINED> ^xyz(1,1)"],
    ["write ^||ppg(1)", "<UNDEFINED> ^||ppg(1)"],
    ['set a("")=1', '<SUBSCRIPT> *a("")'],
    ['set ^a("")=1', '<SUBSCRIPT> ^a("")'],
    ["write ^(1)", "<NAKED>"],
    ['set ^|"NOPE"|x=1', "<NAMESPACE>"],
    ['zn "NOPE"', "<NAMESPACE>"],
  ])("%s raises %s", async (line, error) => {
    expect(await errorOf(line)).toBe(error);
  });

  it("indirection names variables, subscripts and arguments", async () => {
    const lines = [
      'set n="a(1)" set @n=5 write a(1),@n',
      'set g="^g" set @g@(1,2)=3 write ^g(1,2),@g@(1,2)',
      'set x="b=7,c=8" set @x write b,c',
      'set k="b" kill @k write $data(b)',
      'write $data(@n),$order(@g@(""))',
      'set @"1+"=5',
      'write @"a b"',
    ];
    const answers = await answersOf(lines);
    expect(answers.slice(0, 5)).toEqual(["55", "33", "78", "0", "11"]);
    expect(answers[5]).toMatch(/<SYNTAX>$/);
    expect(answers[6]).toMatch(/<SYNTAX>$/);
  });

  it("a global that may not be written says so with its directory", async () => {
    const host = testHost({ lines: ["set ^x=1", "write $data(^x)"] });
    host.globals.readOnly.set("x", "^x,/usr/irissys/mgr/user/");
    await drive(createProcess(host, createCodeCache()).session({ node: "n", instance: "I" }));
    expect(host.principal.output).toContain("\n<PROTECT> ^x,/usr/irissys/mgr/user/\n");
    expect(host.principal.output).toMatch(/\n0\nUSER>\n$/);
  });

  it.each([
    "set ^x=1",
    "set ^x=$get(nothing)",
    "set ^x=$$one^R()",
    "set (^x,y)=1",
    'set $piece(^x,",")=1',
    "kill ^x",
    "zkill ^x",
    "set a=1 merge ^x=a",
    "set y=$increment(^x)",
    "for ^x=1:1:2 { quit }",
    "read ^x",
    'set @"^x"=1',
  ])("%s waits until the store may be written", async (line) => {
    const routines = { R: "R\none() quit 1\n" };
    const host = testHost({ lines: [line, "1"], routines });
    const place = { name: "x", subscripts: [] };
    host.globals.set(place, "before");
    const open = host.globals.close();
    const running = createProcess(host, createCodeCache()).session({ node: "n", instance: "I" });
    expect(running.next()).toMatchObject({ done: false, value: { kind: "wait" } });
    expect(host.globals.get(place)).toBe("before");
    open();
    await drive(running);
    expect(host.globals.get(place)).not.toBe("before");
  });
});

describe("write and zwrite", () => {
  it.each([
    ["write 1,!,2", "1\n2"],
    ["write !!,?3,1", "\n\n   1"],
    ["write ?3,1,?3,2", "   12"],
    ["write *65,*66", "AB"],
    ['write "a",#,"b"', "a\fb"],
    ['set x="a" zwrite x', 'x="a"\n'],
    ['set x(1)=$lb("a",1) zw x', 'x(1)=$lb("a",1)\n'],
    ['set x={"a":1} zw x', 'x={"a":1}  ; <DYNAMIC OBJECT>\n'],
    ["set x=[1,null] zw x", "x=[1,null]  ; <DYNAMIC ARRAY>\n"],
    ["set x=1,x(1)=2,y=007 zw", "x=1\nx(1)=2\ny=7\n"],
    ["zw nope", ""],
    ['zw "a""b",1+1', '"a""b"\n2\n'],
    ['set x="a"_$c(13,10)_"b" zw x', 'x="a"_$c(13,10)_"b"\n'],
    ['set ^g(1)="v",^g(2,"k")=3 zw ^g', '^g(1)="v"\n^g(2,"k")=3\n'],
    ["set ^g(1,2)=3,^g(4)=5 zw ^g(1)", "^g(1,2)=3\n"],
    ['set sc=$system.Status.Error(5001,"x") zw sc', 'sc="0 "_$lb($lb(5001,"x"))\n'],
    ["set ^||p(1)=2 zw ^||p", "^||p(1)=2\n"],
  ])("%s prints %j", async (line, wanted) => {
    expect(await answer(line)).toBe(wanted);
  });

  it("shows an object with its properties", async () => {
    const sources = {
      "A.B": 'Class A.B Extends %RegisteredObject { Property Name [ InitialExpression = "x" ]; }',
    };
    const shown = await answer("set o=##class(A.B).%New() zw o", { sources });
    expect(shown).toContain("o=<OBJECT REFERENCE>[1@A.B]\n");
    expect(shown).toContain('|           Name = "x"\n');
  });
});

/** Commands and expressions at the prompt: blanks, letter case, operators. */

import { describe, expect, it } from "vitest";
import { answer, runLines } from "../testing/session.ts";

const errorOf = async (line: string): Promise<string> =>
  (await answer(line)).split("\n").at(-1) ?? "";

describe("commands and their blanks", () => {
  it.each([
    ["SET X=1 W X w x", "1"],
    ["Set x=1,y=2 Write x,y", "12"],
    ["set x=1  write x", "1"],
    ["s:1 x=5 w:x>4 x", "5"],
    ["set x=5 write:x<4 x", ""],
    ["write 1 ; write 2", "1"],
    ["write 1 // write 2", "1"],
    ["write 1 /* between */ write 2", "12"],
    ['write "a;b//c"', "a;b//c"],
    ["if 1 { write 1 } write 2", "12"],
    ["if 1{write 1}", "1"],
    ["write 1,! ,2", "1\n2"],
    ["set x = 1 + 2 , y = 3 write x * y", "9"],
    ['write:(1 = 1) "blanks in brackets"', "blanks in brackets"],
    ["set x=1 write:x -5", "-5"],
    ["write 1 quit:1  write 2", "1"],
    ["write 1 quit  write 2", "1"],
    ["h 0 write 1", "1"],
  ])("%s prints %j", async (line, wanted) => {
    const shown = await answer(line);
    if (line.includes("w x")) expect(shown).toMatch(/^1[^]*<UNDEFINED> \*x$/);
    else expect(shown).toBe(wanted);
  });

  it.each([
    "write  5",
    "set  x=1",
    "set\tx=1",
    "write 1write 2",
    "set x=1write x",
    "if x{",
    "for i=1:1:3 {",
    "foo 1",
    "wri 1",
    "set x",
    "set 5=1",
    "kill",
    'write "open',
    "write (1",
    "write 1)",
    "write 1+",
    "do ^",
    "set x=.y",
    "do ##class(A.B).M(.^g)",
    "do ##class(A.B).M(.x(1))",
    "for i=1:1:3 quit i",
    "continue",
    "throw x y",
    "try write 1",
    "#dim x",
  ])("%j is <SYNTAX> or does nothing that succeeds", async (line) => {
    const { output } = await runLines([line]);
    if (line === "kill") expect(output).not.toContain("<");
    else expect(output).toContain("<SYNTAX>");
  });
});

describe("operators at the prompt", () => {
  it.each([
    ["2+3*4", "20"],
    ["2+(3*4)", "14"],
    ["-2**2", "4"],
    ["'1=0", "1"],
    ["'(1=1)", "0"],
    ['"a"_1+1', "1"],
    ["1_2+3", "15"],
    ["5#3_5\\2", "12"],
    ["1!0&0", "0"],
    ["1||(1/0)", "1"],
    ["0&&(1/0)", "0"],
    ['"abc"["b"', "1"],
    ['"abc"\'["b"', "0"],
    ['"b"]"a"', "1"],
    ['10]]9_""', "1"],
    ['"a1"?1A1N', "1"],
    ['"a1"\'?2N', "1"],
    ['+"3abc"', "3"],
    ['-"3abc"', "-3"],
    ["007", "7"],
    ["0.50", ".5"],
    [".983161", ".983161"],
    ['"007"=7', "0"],
    ["7.0=7", "1"],
    ["1E3", "1000"],
    ['"He said ""hi"""', 'He said "hi"'],
  ])("%s is %s", async (expression, wanted) => {
    expect(await answer(`write ${expression}`)).toBe(wanted);
  });

  it("patterns can come from a variable", async () => {
    expect(await answer('set p="1.3N" write 12?@p,"1234"?@p')).toBe("10");
  });

  it.each([
    ["1/0", "<DIVIDE>"],
    ['1#""', "<DIVIDE>"],
    ["1\\0", "<DIVIDE>"],
  ])("%s raises %s", async (expression, error) => {
    expect(await errorOf(`write ${expression}`)).toBe(error);
  });
});

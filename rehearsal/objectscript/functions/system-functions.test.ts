/** Functions on numbers and dates, special variables, and what is refused. */

import { describe, expect, it } from "vitest";
import { answer, answersOf } from "../testing/session.ts";

/** Runs the set-up, then writes the expression. */
async function value(expression: string, setUp = ""): Promise<string> {
  return answer(`${setUp}\nwrite ${expression}`);
}

/** The error code of what the expression raises. */
async function errorOf(expression: string, setUp = ""): Promise<string> {
  return (await value(expression, setUp)).split("\n").at(-1) ?? "";
}

describe("functions on numbers", () => {
  it.each([
    ["$zhex(255)", "FF"],
    ['$zhex("FF")', "255"],
    ["$zh(-1)", "FFFFFFFFFFFFFFFF"],
    ['$number("1,234.567",2)', "1234.57"],
    ['$num("abc")', ""],
    ['$number("5","I")', "5"],
    ['$number("5.5","I")', ""],
    ["$number(5,,6)", ""],
    ["$normalize(2.675,2)", "2.68"],
    ['$fnumber(1234567.891,",",2)', "1,234,567.89"],
    ['$fn(-5,"P")', "(5)"],
    ['$fnumber(5,"+")', "+5"],
    ['$fnumber(-5,"T")', "5-"],
    ['$fnumber(1234.5,".",1)', "1.234,5"],
    ["$zboolean(12,10,1)_$zb(12,10,7)_$zb(12,10,6)", "8146"],
    ["$zabs(-5)", "5"],
    ["$zsqr(2)", "1.414213562373095049"],
    ["$zpower(2,3)", "8"],
    ['$isvalidnum("1.5")_$isvalidnum("x")', "10"],
    ["$random(1)", "0"],
  ])("%s is %s", async (expression, wanted) => {
    expect(await value(expression)).toBe(wanted);
  });

  it("$random stays below its argument", async () => {
    const line = "for i=1:1:100 { set x=$random(3) if (x<0)||(x>2) { write x } } write $random(0)";
    expect(await answer(line)).toMatch(/<FUNCTION>$/);
  });
});

describe("dates and times", () => {
  it.each([
    ["$horolog", "65715,62534"],
    ["$zdatetime($h,3)", "2020-12-02 17:22:14"],
    ["$zdt($h,3,1)", "2020-12-02 17:22:14"],
    ['$zdt("64701,47109",3)', "2018-02-22 13:05:09"],
    ['$zdt("64701,47109.25",3,1,3)', "2018-02-22 13:05:09.250"],
    ["$zdate(64701)", "02/22/2018"],
    ["$zd(64701,8)", "20180222"],
    ["$zdate(64701,2)", "22 Feb 2018"],
    ["$zdate(64701,9)", "February 22, 2018"],
    ["$zdate(64701,12)", "Thursday"],
    ["$zdate(40000,1)", "07/08/50"],
    ['$zdateh("2018-02-22",3)', "64701"],
    ['$zdth("2018-02-22 13:05:09",3)', "64701,47109"],
    ["$ztime(47109)", "13:05:09"],
    ['$zth("13:05:09")', "47109"],
    ["$ztime(47109,3)", "01:05:09PM"],
    ["$zdt($h,-2)", "1606926134"],
    ["$zdth(1606926134,-2)", "65715,62534"],
    ["$ztimestamp", "65715,58934"],
    ['$piece($now(),",")', "65715"],
  ])("%s is %s", async (expression, wanted) => {
    expect(await value(expression)).toBe(wanted);
  });

  it("text that is no date is <ILLEGAL VALUE>", async () => {
    expect(await errorOf('$zdateh("2018-13-40",3)')).toBe("<ILLEGAL VALUE>");
  });
});

describe("special variables", () => {
  it.each([
    ["$namespace", "USER"],
    ["$username", "irisowner"],
    ["$roles", "%All"],
    ["$job", "4711"],
    ["$io=$principal", "1"],
    ["$test", "0"],
    ["$tlevel", "0"],
    ["$x", "0"],
    ["$ecode", ""],
    ["$zerror", ""],
    ["$this", ""],
    ["$stack", "0"],
    ["$storage>0", "1"],
    [
      "$zversion",
      "IRIS for UNIX (Ubuntu Server LTS for x86-64 Containers) 2022.1 (Build 209U) Tue May 31 2022 12:16:40 EDT",
    ],
    ["$zv=$ZVERSION", "1"],
    ["$zutil(12)", "/usr/irissys/mgr/"],
    ["$zu(5)", "USER"],
  ])("%s is %s", async (expression, wanted) => {
    expect(await value(expression)).toBe(wanted);
  });

  it("$x and $y follow what is written", async () => {
    expect(await answer('write "abc",$x,!,$x,?5,$x')).toBe("abc3\n0    5");
  });

  it("$ecode and $zerror hold the last error, and emptying forgets it", async () => {
    const lines = ["write abc", "write $zerror,$ecode", 'set $ecode="" write $ecode'];
    expect((await answersOf(lines)).slice(1)).toEqual(["<UNDEFINED> *abc,M6,", ""]);
  });

  it("setting $ecode to anything else raises <ECODETRAP>", async () => {
    expect((await answer('set $ecode=",U1,"')).split("\n").at(-1)).toBe("<ECODETRAP>");
  });

  it("$zreference is the last global", async () => {
    expect(await answer("set ^a(1,2)=3 write $zr,^(2)")).toBe("^a(1,2)3");
  });
});

describe("what no text could hold", () => {
  it.each(["$ztime(1,1,9223372036854775807)", "$zdatetime($h,3,1,4000000)"])(
    "%s is <MAXSTRING>",
    async (expression) => {
      expect(await errorOf(expression)).toBe("<MAXSTRING>");
    },
  );
});

describe("what no program may ask for", () => {
  it.each([
    "$nosuchfunction(1)",
    "$nosuchvariable",
    "$piece()",
    "$length(1,2,3)",
    "$data(1)",
    "$order(1+1)",
  ])("%s is <SYNTAX>", async (expression) => {
    expect(await errorOf(expression)).toBe("<SYNTAX>");
  });
});

/** Functions on variables and lists. */

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

describe("functions on variables", () => {
  const array = 'set a=1,a(1)="x",a(2,3)="y",a("k")="z",^g(5)="v",^||p(1)="w"';

  it.each([
    ["$data(nope)", "0"],
    ["$d(a)", "11"],
    ["$data(a(1))", "1"],
    ["$data(a(2))", "10"],
    ["$data(^g)", "10"],
    ["$data(^||p(1))", "1"],
    ["$data(a(1),v)_v", "1x"],
    ["$get(nope)", ""],
    ['$g(nope,"def")', "def"],
    ['$get(a(1),"def")', "x"],
    ["$get(nope,undefinedtoo)", undefined],
    ["$get(a(1),undefinedtoo)", "x"],
    ['$order(a(""))', "1"],
    ["$o(a(1))", "2"],
    ['$order(a(""),-1)', "k"],
    ['$order(a("k"))', ""],
    ['$order(a(""),1,v)_v', "1x"],
    ['$order(a(2,""))', "3"],
    ['$order(^g(""))', "5"],
    ['$order(^||p(""))', "1"],
    ["$query(a)", "a(1)"],
    ["$query(a(1))", "a(2,3)"],
    ["$query(a(2,3))", 'a("k")'],
    ['$query(a("k"))', ""],
    ['$query(a("k"),-1)', "a(2,3)"],
    ["$query(^g)", "^g(5)"],
    ["$increment(a)", "2"],
    ["$increment(nope)", "1"],
    ["$i(nope,5)", "5"],
    ["$increment(^g(1),2)_^g(1)", "22"],
    ["$name(a(1,2))", "a(1,2)"],
    ['$na(^g("x",1+1))', '^g("x",2)'],
    ["$name(a(1,2,3),1)", "a(1)"],
    ["$name(^g(1),0)", "^g"],
    ['$qlength("^g(1,2,""a"")")', "3"],
    ['$qsubscript("^g(1,""b c"")",2)', "b c"],
    ['$qs("^g(1)",0)', "^g"],
    ['$qs("^|""USER""|g(1)",-1)', "USER"],
    ['$qlength("x")', "0"],
  ])("%s is %s", async (expression, wanted) => {
    if (wanted === undefined) expect(await errorOf(expression, array)).toContain("<UNDEFINED>");
    else expect(await value(expression, array)).toBe(wanted);
  });

  it("walks negative numbers, zero, positive numbers and text in this order", async () => {
    const lines = [
      'set (a(10),a(-1),a("b"),a(0),a(9),a("a"),a(.5),a("007"))=1',
      'set k="" for { set k=$order(a(k)) quit:k=""  write k," " }',
    ];
    expect((await answersOf(lines))[1]).toBe("-1 0 .5 9 10 007 a b ");
  });

  it("one node has many names", async () => {
    expect(await answer('set a(7)=1 write $data(a(007)),$data(a("7")),$data(a("007"))')).toBe(
      "110",
    );
  });
});

describe("list functions", () => {
  it.each([
    ['$list($lb("a","b"),2)', "b"],
    ['$li($lb("a","b"))', "a"],
    ['$list($lb("a","b"),*)', "b"],
    ['$list($lb("a","b"),*-1)', "a"],
    ['$list($lb("a","b"),-1)', "b"],
    ['$listlength($list($lb("a","b","c"),2,3))', "2"],
    ['$listget($lb("a",,"c"),2,"d")', "d"],
    ['$lg($lb("a"),9)', ""],
    ['$listlength($lb("a",,"c"))', "3"],
    ["$ll($lb())", "1"],
    ['$ll("")', "0"],
    ['$listfind($lb("a","b"),"b")', "2"],
    ['$lf($lb("a"),"x")', "0"],
    ['$listtostring($lb("a",1,.5))', "a,1,.5"],
    ['$lts($lb("a","b"),"|")', "a|b"],
    ['$lts($lb("a",,"b"),",",1)', "a,,b"],
    ['$list($listfromstring("a,b"),2)', "b"],
    ['$ll($lfs(""))', "0"],
    ['$listvalid($lb(1))_$lv("abc")_$lv("")', "101"],
    ["$listdata($lb(1,),2)", "0"],
    ['$listsame($lb(1,"a"),$lb("1","a"))', "1"],
    ["$lb(1)_$lb(2)=$lb(1,2)", "1"],
    ["$list($lb($lb(1,2)),1)=$lb(1,2)", "1"],
    ["$ll($lb(undefinedvariable,2))", "2"],
    ["$listdata($lb(undefinedvariable,2),1)", "0"],
  ])("%s is %s", async (expression, wanted) => {
    expect(await value(expression)).toBe(wanted);
  });

  it.each([
    ["$list($lb(1),5)", "<NULL VALUE>"],
    ["$list($lb(,2),1)", "<NULL VALUE>"],
    ["$list($lb(1),0)", "<NULL VALUE>"],
    ['$listtostring($lb("a",,"b"))', "<NULL VALUE>"],
    ['$list("abc")', "<LIST>"],
    ['$listget("abc")', "<LIST>"],
    ['$listlength("abc")', "<LIST>"],
  ])("%s raises %s", async (expression, error) => {
    expect(await errorOf(expression)).toBe(error);
  });

  it("$listnext walks from pointer to pointer and leaves holes undefined", async () => {
    const line =
      'set l=$lb("a",,"c"),p=0 while $listnext(l,p,v) { write $get(v,"-") } write $data(v)';
    expect(await answer(line)).toBe("a-c1");
  });
});

describe("choices", () => {
  it.each([
    ['$case(2,1:"a",2:"b",:"c")', "b"],
    ['$case(9,1:"a",:"c")', "c"],
    ['$case("x","x":1,"x":2)', "1"],
    ['$select(0:"a",1:"b")', "b"],
    ['$s(1:"a",1/0:"b")', "a"],
  ])("%s is %s", async (expression, wanted) => {
    expect(await value(expression)).toBe(wanted);
  });

  it("without a match are errors", async () => {
    expect(await errorOf('$case(9,1:"a")')).toBe("<ILLEGAL VALUE>");
    expect(await errorOf('$select(0:"a")')).toBe("<SELECT>");
  });
});

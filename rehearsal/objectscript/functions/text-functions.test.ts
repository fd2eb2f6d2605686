/** Functions on texts, and parts of values that are set. */

import { describe, expect, it } from "vitest";
import { answer, answersOf } from "../testing/session.ts";

/** Runs the set-up, then writes the expression. */
async function value(expression: string, setUp = ""): Promise<string> {
  return answer(`${setUp}\nwrite ${expression}`);
}

describe("text functions", () => {
  it.each([
    ['$piece("a,b,c",",",2)', "b"],
    ['$p("a,b,c",",")', "a"],
    ['$piece("a,b,c",",",2,3)', "b,c"],
    ['$piece("a,b,c",",",4)', ""],
    ['$piece("a,b,c",",",0,2)', "a,b"],
    ['$piece("a,b,c",",",*)', "c"],
    ['$piece("a,b,c",",",*-1)', "b"],
    ['$piece("abc","",1)', ""],
    ['$piece("a||b","||",2)', "b"],
    ['$extract("hello",2)', "e"],
    ['$e("hello",2,3)', "el"],
    ['$extract("hello")', "h"],
    ['$extract("hello",*)', "o"],
    ['$extract("hello",*-1,*)', "lo"],
    ['$extract("hello",9)', ""],
    ['$length("hello")', "5"],
    ['$length("a,b,c",",")', "3"],
    ['$length("",",")', "1"],
    ['$l("abc","")', "0"],
    ['$find("hello","l")', "4"],
    ['$find("hello","l",5)', "0"],
    ['$f("hello","x")', "0"],
    ['$find("hello","")', "1"],
    ['$translate("hello","el","ip")', "hippo"],
    ['$tr("a.b","." )', "ab"],
    ['$tr("aab","aa","xy")', "xxb"],
    ['$replace("aXbX","X","--")', "a--b--"],
    ['$replace("aXbX","X","-",1,1)', "a-bX"],
    ['$replace("aXbX","x","-",1,-1,1)', "a-b-"],
    ['$reverse("abc")', "cba"],
    ['$ascii("A")', "65"],
    ['$a("AB",2)', "66"],
    ['$ascii("")', "-1"],
    ["$char(65,66)", "AB"],
    ["$c(-1)", ""],
    ["$ascii($c(9731))", "9731"],
    ["$justify(5,4)", "   5"],
    ['$j("abcde",3)', "abcde"],
    ["$justify(.555,6,2)", "  0.56"],
    ["$justify(2,0,1)", "2.0"],
    ['$zconvert("aBc","U")', "ABC"],
    ['$zcvt("aBc","l")', "abc"],
    ['$zconvert("hello world","W")', "Hello World"],
    ['$length($zconvert("é","O","UTF8"))', "2"],
    ['$zconvert($zconvert("é☃","O","UTF8"),"I","UTF8")', "é☃"],
    ['$zconvert("a b/ä","O","URL")', "a%20b%2F%C3%A4"],
    ['$zconvert("<a&b>","O","HTML")', "&lt;a&amp;b&gt;"],
    ['$zconvert("say ""x""","O","JSON")', 'say \\"x\\"'],
    ['"["_$zstrip("  a b  ","<>W")_"]"', "[a b]"],
    ['$zstrip("a1b2","*N")', "ab"],
    ['$zstrip("aabbc","=","ab")', "abc"],
    ['$zstrip("a-b-c","*P",,"-")', "a-b-c"],
    ['$zstrip("xxaxx","<>",,"")_"|"_$zstrip("xxaxx","<>","x")', "xxaxx|a"],
  ])("%s is %s", async (expression, wanted) => {
    expect(await value(expression)).toBe(wanted);
  });

  it("$zconvert knows no other table", async () => {
    expect(await value('$zconvert("a","O","KLINGON")')).toContain("not simulated: $zconvert");
  });
});

describe("parts that are set", () => {
  it.each([
    ['set x="a,b" set $piece(x,",",4)="d" write x', "a,b,,d"],
    ['set $p(x,",",2)="b" write x', ",b"],
    ['set x="a,b,c" set $piece(x,",",1,2)="z" write x', "z,c"],
    ['set x="a,b,c" set $piece(x,",",*)="z" write x', "a,b,z"],
    ['set x="a,b,c" set $piece(x,",",*+1)="d" write x', "a,b,c,d"],
    ['set x="abc" set $extract(x,2)="ZZ" write x', "aZZc"],
    ['set x="a" set $e(x,4)="d" write x', "a  d"],
    ['set x="abc" set $extract(x,*)="" write x', "ab"],
    ['set x=$lb(1,2) set $list(x,4)="d" zw x', 'x=$lb(1,2,,"d")\n'],
    ['set x=$lb(1,2,3) set $li(x,2,3)=$lb("a") zw x', 'x=$lb(1,"a")\n'],
    ['set $piece(^g(1),"^",2)="b" write ^g(1)', "^b"],
    ['set ($piece(x,",",1),y)=5 write x,y', "55"],
  ])("%s prints %j", async (line, wanted) => {
    expect(await answer(line)).toBe(wanted);
  });

  it("setting a piece and getting it agree", async () => {
    const lines = [
      'for n=1:1:5 set x="a,b,c",$piece(x,",",n)="new" write $piece(x,",",n),$length(x,","),"/"',
    ];
    expect(await answersOf(lines)).toEqual(["new3/new3/new3/new4/new5/"]);
  });
});

/** Classes from source: members, inheritance, calls, objects. */

import { describe, expect, it } from "vitest";
import { answer, answersOf, runLines } from "../testing/session.ts";

const sources = {
  "Shop.Base": `Class Shop.Base Extends %RegisteredObject
{
Parameter KIND = "base";
Parameter SUM = {1+2};
Property Name As %String [ InitialExpression = "nobody" ];
Property Count As %Integer [ InitialExpression = {2*3} ];
Property Notes [ MultiDimensional ];
Property Secret [ Private ];
Property List As list Of %String;

Method %OnNew(name As %String = "", fails As %Boolean = 0) As %Status
{
  if fails { quit $$$ERROR($$$GeneralError,"no") }
  set:name'="" ..Name=name
  quit $$$OK
}
Method Greet() As %String { quit "I am "_..Name_" of "_..#KIND }
Method Describe() { write ..Greet(),"/",..Static(1),! }
ClassMethod Static(x) { quit "static"_x }
Method Hidden() [ Private ] { quit 1 }
Method CallHidden() { quit ..Hidden() }
Method Note(key, text) { set ..Notes(key)=text quit $get(..Notes(key))_$data(..Notes) }
Method SetSecret(x) { set ..Secret=x quit $this.Secret }
Method Bump() { set i%Count=i%Count+1 quit ..Count }
}
`,
  "Shop.Child": `Class Shop.Child Extends (Shop.Base, Shop.Mixin)
{
Parameter KIND = "child";
Method Greet() As %String { quit "["_##super()_"]" }
Property Half [ InitialExpression = 10 ];
Method HalfGet() { quit i%Half/2 }
Method HalfSet(value) { set i%Half=value*2 quit $$$OK }
}
`,
  "Shop.Mixin": `Class Shop.Mixin
{
ClassMethod Static(x) { quit "mixin"_x }
ClassMethod Extra() { quit "extra" }
Property Count [ InitialExpression = "from the right" ];
Property Own [ InitialExpression = "mixed in" ];
}
`,
  "Shop.Plain": `Class Shop.Plain
{
ClassMethod Sum(a, b = 3, ByRef c, rest...) As %Integer
{
  set c=a+b, c("k")="sub"
  for i=1:1:$get(rest) { set c=c+rest(i) }
  return c
}
ClassMethod NoValue() { set x=1 }
ClassMethod Own() { quit ..Sum(1)_$classname() }
ClassMethod Sibling() { quit ##class(Mixin).Extra() }
ClassMethod Throws() { throw ##class(%Exception.General).%New("oops",1) }
ClassMethod Expr(x) [ CodeMode = expression ]
{
x*2
}
ClassMethod Python() [ Language = python ]
{
    return {1: "}"}
}
ClassMethod Loop(n)
{
    // comment with $$$NOPE
    #dim total As %Integer = 0
    #define STEP(%x) set total=total+%x
    for i=1:1:n {
        $$$STEP(i)
    }
    quit total
}
}
`,
};

describe("class methods", () => {
  it.each([
    ["write ##class(Shop.Plain).Sum(1)", "4"],
    ["write ##CLASS(Shop.Plain).Sum(1,1,,10,20)", "32"],
    ['do ##class(Shop.Plain).Sum(1,,.q) write q,q("k")', "4sub"],
    ["write ##class(Shop.Plain).Own()", "4"],
    ["write ##class(Shop.Plain).Sibling()", "extra"],
    ["write ##class(Shop.Plain).Expr(4)", "8"],
    ["write ##class(Shop.Plain).Loop(4)", "10"],
    ['write $classmethod("Shop.Plain","Sum",5)', "8"],
    ['do $classmethod("Shop.Plain","Sum",5,,.r) write r', "8"],
    ["write ##class(Shop.Base).#KIND,##class(Shop.Base).#SUM", "base3"],
    ['write $parameter("Shop.Child","KIND")', "child"],
    ["do ##class(Shop.Plain).NoValue() write 1", "1"],
    ["write ##class(Shop.Child).Static(1),##class(Shop.Child).Extra()", "static1extra"],
    [
      'write ##class(Shop.Child).%Extends("Shop.Base"),##class(Shop.Child).%ClassName(1)',
      "1Shop.Child",
    ],
  ])("%s prints %s", async (line, wanted) => {
    expect(await answer(line, { sources })).toBe(wanted);
  });

  it.each([
    ["do ##class(Shop.Nope).X()", "<CLASS DOES NOT EXIST> *Shop.Nope"],
    ["do ##class(Nope).X()", "<CLASS DOES NOT EXIST> *User.Nope"],
    ["do $system.XXQL.Shell()", "<CLASS DOES NOT EXIST> *%SYSTEM.XXQL"],
    ["do ##class(Shop.Plain).Nope()", "<METHOD DOES NOT EXIST> *Nope,Shop.Plain"],
    ["do ##class(Shop.Plain).sum(1)", "<METHOD DOES NOT EXIST> *sum,Shop.Plain"],
    ["set x=##class(Shop.Plain).%New()", "<METHOD DOES NOT EXIST> *%New,Shop.Plain"],
    ["do ##class(Shop.Mixin).Static(1,2)", "<PARAMETER>"],
    ["write ##class(Shop.Plain).NoValue()", "<COMMAND> *Function must return a value"],
    ["do ##class(Shop.Base).Greet()", "<NO CURRENT OBJECT>"],
    ["do ##class(Shop.Base).Hidden()", "<PRIVATE METHOD> *Hidden,Shop.Base"],
  ])("%s raises %s", async (line, error) => {
    expect((await answer(line, { sources })).split("\n").at(-1)).toContain(error);
  });

  it("an exception nobody catches shows place and class", async () => {
    const shown = await answer("do ##class(Shop.Plain).Throws()", { sources });
    expect(shown).toMatch(/<THROW>zThrows\+1\^Shop\.Plain\.1 \*%Exception\.General oops 1 $/);
  });

  it("code in another language is refused by name when it is called", async () => {
    expect(await answer("do ##class(Shop.Plain).Python()", { sources })).toBe(
      "\nnot simulated: Shop.Plain.Python [ Language = python ]",
    );
  });
});

describe("objects", () => {
  const begin = 'set o=##class(Shop.Base).%New("Al")';

  it.each([
    ["write o", "1@Shop.Base"],
    ["write o.Greet()", "I am Al of base"],
    ["do o.Describe()", "I am Al of base/static1\n"],
    ["write o.Count", "6"],
    ['set o.Name="Bo" write o.Name', "Bo"],
    ['set o.Notes(1)="x" write o.Notes(1),$data(o.Notes(1)),$data(o.Notes(2))', "x10"],
    ['write o.Note("k","t")', "t10"],
    ["write o.CallHidden(),o.SetSecret(5)", "15"],
    ["write o.Bump()", "7"],
    ["write o.#KIND", "base"],
    ['write o.%ClassName(),o.%IsA("Shop.Base"),o.%IsA("Shop.Child")', "Base10"],
    ['write $isobject(o),$isobject(""),$classname(o)', "10Shop.Base"],
    ['write $property(o,"Name"),$method(o,"Static",2)', "Alstatic2"],
    ['write o."Name"', "Al"],
    ['set p=o set p.Name="same" write o.Name', "same"],
    ['write ##class(Shop.Base).%New("x").Name', "x"],
    ["write ##class(Shop.Base)o.Name", "Al"],
    ['write ##class(Shop.Base).%New("x",1)', ""],
    ['write $get(o.Name),$get(o.Notes(9),"none")', "Alnone"],
  ])("%s prints %j", async (line, wanted) => {
    expect(await answer(`${begin}\n${line}`, { sources })).toBe(wanted);
  });

  it.each([
    ["write o.Nope", "<PROPERTY DOES NOT EXIST> *Nope,Shop.Base"],
    ["set o.Nope=1", "<PROPERTY DOES NOT EXIST> *Nope,Shop.Base"],
    ["do o.Nope()", "<METHOD DOES NOT EXIST> *Nope,Shop.Base"],
    ["write o.Notes(2)", "<UNDEFINED> .Notes(2)"],
    ["write o.Secret", "<PRIVATE PROPERTY> *Secret,Shop.Base"],
    ['set x="" write x.Name', "<INVALID OREF>"],
    ["do x.Name()", "<UNDEFINED> *x"],
    ["set ^g=o", "<INVALID OREF>"],
  ])("%s raises %s", async (line, error) => {
    expect((await answer(`${begin}\n${line}`, { sources })).split("\n").at(-1)).toBe(error);
  });

  it("collections are refused by name", async () => {
    expect(await answer(`${begin}\nwrite o.List`, { sources })).toBe(
      "\nnot simulated: property List (list of %String)",
    );
  });

  it("a subclass overrides, calls what it stands in front of, and has properties of its own", async () => {
    const lines = [
      'set c=##class(Shop.Child).%New("Cy") write c.Greet(),c.Half',
      "set c.Half=4 write c.Half",
      'write c.%IsA("Shop.Mixin"),c.Extra(),c.Count,c.Own',
    ];
    expect(await answersOf(lines, { sources })).toEqual([
      "[I am Cy of child]5",
      "4",
      "1extra6mixed in",
    ]);
  });
});

it("a class that changed in the store is seen by the next line", async () => {
  const lines = [
    "write ##class(A.B).V()",
    'set sc=$system.OBJ.Delete("A.B","-d") write sc',
    "write ##class(A.B).V()",
  ];
  const own = { "A.B": "Class A.B { ClassMethod V() { quit 1 } }" };
  const { output } = await runLines(lines, { sources: own });
  expect(output).toContain("\n1\nUSER>\n1\nUSER>");
  expect(output).toContain("<CLASS DOES NOT EXIST> *A.B");
});

it("a method that is no ObjectScript is <SYNTAX> when it is called, the others work", async () => {
  const own = {
    "A.B": "Class A.B { ClassMethod Good() { quit 1 } ClassMethod Bad() { foo bar } }",
  };
  const answers = await answersOf(["write ##class(A.B).Good()", "do ##class(A.B).Bad()"], {
    sources: own,
  });
  expect(answers[0]).toBe("1");
  expect(answers[1]).toMatch(/<SYNTAX>$/);
});

it("classes that extend each other in a circle do not hang", async () => {
  const own = { "A.B": "Class A.B Extends A.C { }", "A.C": "Class A.C Extends A.B { }" };
  expect(await answer("do ##class(A.B).X()", { sources: own })).toMatch(/<CLASS DOES NOT EXIST>/);
});

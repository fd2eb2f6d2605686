/** Callbacks of persistent classes, and what such a class may not have here. */

import { describe, expect, it } from "vitest";
import { answersOf } from "../../testing/session.ts";

const sources = {
  "App.Company": "Class App.Company Extends %Persistent\n{\nProperty Name;\n}\n",
  "App.Contact": "Class App.Contact Extends %Persistent\n{\nProperty Company As Company;\n}\n",
};
const last = async (...lines: string[]): Promise<string> =>
  (await answersOf(lines, { sources })).at(-1) ?? "";

describe("callbacks", () => {
  const log = (name: string, formals = "", more = ""): string =>
    `Method ${name}(${formals}) As %Status [ Private ] { write "${name.slice(1)}" ${more} quit $$$OK }`;
  const own = (...methods: string[]) => ({
    "A.B": `Class A.B Extends %Persistent\n{\nProperty Name;\n${methods.join("")}\n}\n`,
  });
  const run = async (members: string[], ...lines: string[]): Promise<string> =>
    (await answersOf(lines, { sources: own(...members) })).at(-1) ?? "";

  it("are called around saving and opening", async () => {
    const members = [
      log("%OnValidateObject"),
      log("%OnBeforeSave", "insert", "write insert"),
      log("%OnAfterSave", "insert", "write insert"),
      log("%OnOpen"),
    ];
    const lines = [
      "set x=##class(A.B).%New()",
      "do x.%Save()",
      "kill x",
      "set x=##class(A.B).%OpenId(1)",
    ];
    expect(await run(members, ...lines.slice(0, 2))).toBe(
      "OnValidateObjectOnBeforeSave1OnAfterSave1",
    );
    expect(await run(members, ...lines)).toBe("OnOpen");
  });

  it("%OnBeforeSave that changes a property is refused by name", async () => {
    const member = "Method %OnBeforeSave(i) { set ..Name=5 quit 1 }";
    const ask = "set x=##class(A.B).%New(),sc=x.%Save()";
    expect(await run([member], ask)).toContain("not simulated: A.B.%OnBeforeSave that changes");
    expect(await run([member], ask, "write $tlevel,$data(^A.BD(1))")).toBe("00");
  });

  it.each(["%OnValidateObject()", "%OnBeforeSave(i)", "%OnAfterSave(i)"])(
    "%s that refuses or fails undoes the save",
    async (signature) => {
      const bodies = ['quit $$$ERROR(5001,"no")', "set x=1/0"];
      for (const body of bodies) {
        const member = `Method ${signature} { ${body} }`;
        const ask = "set x=##class(A.B).%New(),sc=x.%Save() write +sc,x.%Id(),$data(^A.BD(1))";
        expect(await run([member], ask)).toBe("00");
      }
    },
  );
});

describe("what a persistent class may not have here", () => {
  const refusal = async (body: string, header = "Class A.B Extends %Persistent"): Promise<string> =>
    (
      await answersOf(["set x=##class(A.B).%New()"], {
        sources: { ...sources, "A.B": `${header}\n{\n${body}\n}\n` },
      })
    ).at(-1) ?? "";

  it.each([
    ["Index I On Name;", "index I"],
    ["Relationship R As A.C [ Cardinality = many, Inverse = X ];", "relationship R"],
    ['Parameter DEFAULTGLOBAL = "^X";', "parameter DEFAULTGLOBAL"],
    ["Method %OnDelete() { quit 1 }", "callback %OnDelete"],
    ["Property P As list Of %String;", "property P (list)"],
    ["Property P [ SqlComputed ];", "property P [ sqlcomputed ]"],
    ['Property P As %String(VALUELIST = ",a,b");', "property P (VALUELIST)"],
  ])("%s", async (body, what) => {
    expect(await refusal(body)).toBe(`\nnot simulated: ${what} of the persistent class A.B`);
  });

  it("a type that is neither known nor persistent, a subclass, a name that would be hashed", async () => {
    expect(await refusal("Property P As %EnumString;")).toContain(
      "not simulated: class %Library.EnumString",
    );
    expect(await refusal("Property P As A.Unknown;")).toContain(
      "not simulated: property P As A.Unknown",
    );
    expect(await refusal("", "Class A.B Extends App.Company")).toContain(
      "a subclass of the persistent class App.Company",
    );
    const long = "VeryLongPackageName.VeryLongClassName";
    const answers = await answersOf([`set x=##class(${long}).%New()`, "do x.%Save()"], {
      sources: { [long]: `Class ${long} Extends %Persistent\n{\n}\n` },
    });
    expect(answers.at(-1)).toBe(`\nnot simulated: the global of the persistent class ${long}`);
  });

  it.each([
    ["%New", "class %Library.Persistent"],
    ["%Open", "%Library.Persistent.%Open"],
    ["NameIsValid", "App.Company.NameIsValid"],
    ["%BuildIndices", "%Library.Persistent.%BuildIndices"],
  ])("%s is refused by name", async (method, what) => {
    const className = method === "%New" ? "%Persistent" : "App.Company";
    expect(await last(`do ##class(${className}).${method}()`)).toBe(`\nnot simulated: ${what}`);
  });

  it("an object of another class in a reference, a lasting lock", async () => {
    expect(await last("set p=##class(App.Contact).%New()", "set p.Company=5")).toContain(
      "not simulated",
    );
    expect(await last("set c=##class(App.Company).%OpenId(1,3)")).toContain(
      "not simulated: concurrency 3",
    );
  });
});

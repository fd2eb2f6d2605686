import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SyntaxFault } from "../errors.ts";
import { parseClassFile } from "./class-file.ts";

const whole = `Import (Tools, More.Tools)
Include (%occInclude, %syConfig)

/// A class with everything.
Class Pkg.Sub.Name Extends (%RegisteredObject, Pkg.Other) [ Abstract, Not Final, ClassType = "" ]
{

/// Text; with a semicolon.
Parameter P As STRING [ Internal ] = "x;y";

Parameter Q = {1+2};

Property Name As %String(MAXLEN = 5, VALUELIST = ",a)b") [ Required, InitialExpression = {$h_","} ];

Property L As list Of %String(MAXLEN = 3);

Property Plain;

Relationship R As Pkg.Other [ Cardinality = many, Inverse = X ];

Index I On (A, B As Exact) [ Unique ];

ClassMethod M(a As %String=")", ByRef b, Output c As %Status, r...) As %Status [ Internal, Private ]
{
    if a { write "}" } // }
    /* } */ write 1 ; }
    quit 1
}

Query Q1(x As %String) As %SQLQuery(ROWSPEC = "A:%String") [ SqlProc ]
{
SELECT '}' FROM t
}

XData Manifest [ XMLNamespace = INSTALLER ]
{
<Manifest>
  <Var Name="a" Value="}"/>
</Manifest>
}

Method Short() { quit 1 }

Method Snake() [ Language = python ]
{
    return {"a": 1}
}

Storage Default
{
<Type>%Storage.Persistent</Type>
}

}
`;

describe("a class file", () => {
  const parsed = parseClassFile(whole);

  it("gives name, superclasses, imports, includes and keywords", () => {
    expect(parsed.name).toBe("Pkg.Sub.Name");
    expect(parsed.superclasses).toEqual(["%RegisteredObject", "Pkg.Other"]);
    expect(parsed.imports).toEqual(["Tools", "More.Tools"]);
    expect(parsed.includes).toEqual(["%occInclude", "%syConfig"]);
    expect([...parsed.keywords]).toEqual([
      ["abstract", "1"],
      ["final", "0"],
      ["classtype", '""'],
    ]);
  });

  it("gives parameters with their text", () => {
    expect(parsed.parameters).toEqual([
      { name: "P", value: '"x;y"' },
      { name: "Q", value: "{1+2}" },
    ]);
  });

  it("gives properties with types, collections and keywords", () => {
    expect(parsed.properties.map(({ name, type, collection }) => [name, type, collection])).toEqual(
      [
        ["Name", "%String", undefined],
        ["L", "%String", "list"],
        ["Plain", "", undefined],
      ],
    );
    expect(parsed.properties[0]?.keywords.get("initialexpression")).toBe('{$h_","}');
    expect(parsed.properties[0]?.keywords.get("required")).toBe("1");
  });

  it("gives methods with arguments and the text of their code", () => {
    expect(parsed.methods.map(({ name, isClassMethod }) => [name, isClassMethod])).toEqual([
      ["M", true],
      ["Short", false],
      ["Snake", false],
    ]);
    const [method] = parsed.methods;
    expect(method?.body).toBe('    if a { write "}" } // }\n    /* } */ write 1 ; }\n    quit 1\n');
    expect(method?.returnType).toBe("%Status");
    expect(
      method?.formals.map((formal) => [
        formal.name,
        formal.type,
        formal.isOutput,
        formal.isVariadic,
      ]),
    ).toEqual([
      ["a", "%String", false, false],
      ["b", "", false, false],
      ["c", "%Status", true, false],
      ["r", "", false, true],
    ]);
  });

  it("keeps the text of XData with its keywords and its line", () => {
    const [data] = parsed.xdata;
    expect(data?.name).toBe("Manifest");
    expect([...(data?.keywords ?? [])]).toEqual([["xmlnamespace", "INSTALLER"]]);
    expect(data?.text).toBe('\n<Manifest>\n  <Var Name="a" Value="}"/>\n</Manifest>\n');
    expect(whole.split("\n")[data?.line ?? 0]).toBe("<Manifest>");
  });

  it("knows the other members by name", () => {
    expect(parsed.others).toEqual([
      { kind: "relationship", name: "R" },
      { kind: "index", name: "I" },
      { kind: "query", name: "Q1" },
    ]);
    expect(parsed.storages.map(({ name }) => name)).toEqual(["Default"]);
  });

  it.each([
    "",
    "Class",
    "Class A.B",
    "Class A.B {",
    "Class A.B { Method }",
    "Class A.B { ClassMethod M( { } }",
    "Class A.B { Property }",
    "Class A.B { Thing X; }",
    "Class A.B { } rest",
    "write 1",
  ])("%j is none", (text) => {
    expect(() => parseClassFile(text)).toThrow(SyntaxFault);
  });

  it("with line ends of any kind reads the same", () => {
    const crlf = parseClassFile(whole.replaceAll("\n", "\r\n"));
    expect(crlf.methods.map(({ name }) => name)).toEqual(parsed.methods.map(({ name }) => name));
    expect(crlf.properties).toEqual(parsed.properties);
  });
});

it("cutting or changing a class file never gives anything but a class or a syntax fault", () => {
  fc.assert(
    fc.property(fc.nat({ max: whole.length }), fc.string({ maxLength: 3 }), (at, inserted) => {
      const text = whole.slice(0, at) + inserted + whole.slice(at + 1);
      try {
        expect(parseClassFile(text).name).toBeTypeOf("string");
      } catch (error) {
        expect(error).toBeInstanceOf(SyntaxFault);
      }
    }),
  );
});

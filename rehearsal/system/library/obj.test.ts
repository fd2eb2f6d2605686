/** Loading of classes and routines. */

import { describe, expect, it } from "vitest";
import { shown } from "./testing/shown.ts";

const goodClass = "Class A.B { ClassMethod V() { quit 42 } }";

describe("$system.OBJ", () => {
  it("loads and compiles one class with the output of the product", async () => {
    const output = await shown({ "/opt/a.cls": goodClass }, [
      'set sc=$system.OBJ.Load("/opt/a.cls","ck") write sc,##class(A.B).V()',
    ]);
    expect(output).toContain(
      [
        "USER>\n\nLoad started on 12/02/2020 17:22:14",
        "Loading file /opt/a.cls as udl",
        "",
        "Compilation started on 12/02/2020 17:22:14 with qualifiers 'ck'",
        "Compiling class A.B",
        "Compiling routine A.B.1",
        "Compilation finished successfully in 0.000s.",
        "",
        "Load finished successfully.",
        "142",
      ].join("\n"),
    );
  });

  it("the new code of a class is called on the same line", async () => {
    const newer = goodClass.replace("42", "43");
    const output = await shown({ "/a.cls": goodClass, "/b.cls": newer }, [
      'for f="/a.cls","/b.cls" { do $system.OBJ.Load(f,"ck-d") write ##class(A.B).V() }',
    ]);
    expect(output).toContain("USER>\n4243\nUSER>");
  });

  it("prints nothing with -d", async () => {
    const output = await shown({ "/opt/a.cls": goodClass }, [
      'set sc=$system.OBJ.Load("/opt/a.cls","ck-d") write sc,##class(A.B).V()',
    ]);
    expect(output).toContain("USER>\n142\nUSER>");
  });

  it("a file that is not there is a status, and no success is printed", async () => {
    const output = await shown({}, [
      'set sc=$system.OBJ.Load("/opt/nope.cls","ck") write $system.Status.GetErrorText(sc)',
    ]);
    expect(output).toContain("ERROR #5012: File '/opt/nope.cls' does not exist");
    expect(output).not.toContain("finished successfully");
  });

  it("a class that does not compile is reported with method and line", async () => {
    const bad = "Class A.B Extends A.Missing\n{\nClassMethod V()\n{\n set x=1\n foo bar\n}\n}\n";
    const output = await shown({ "/opt/a.cls": bad }, [
      'set sc=$system.OBJ.Load("/opt/a.cls","ck",.log,.loaded) write $system.Status.GetErrorCodes(sc),log,$order(loaded(""))',
    ]);
    expect(output).toContain("Class 'A.Missing' does not exist");
    expect(output).toContain("A.B.cls(V+2)");
    expect(output).toContain("Detected 2 errors during compilation");
    expect(output).toContain("50302A.B.CLS");
  });

  it("a file that is no class is an error", async () => {
    const output = await shown({ "/opt/a.cls": "nonsense" }, [
      'set sc=$system.OBJ.Load("/opt/a.cls","ck-d") write $system.Status.IsError(sc)',
    ]);
    expect(output).toContain("USER>\n1\nUSER>");
  });

  it("loads routines by their header or file name", async () => {
    const output = await shown(
      { "/opt/one.mac": "ROUTINE one\none write 1 quit\n", "/opt/two.int": "two write 2 quit\n" },
      [
        'do $system.OBJ.Load("/opt/one.mac","ck"),$system.OBJ.Load("/opt/two.int","ck-d") do ^one,^two',
      ],
    );
    expect(output).toContain("Compiling routine : one.mac\n");
    expect(output).toContain("12\nUSER>");
  });

  it.each([
    ["/opt/ZSTU.mac", "ZSTU"],
    ["/opt/zstart.mac", "%ZSTART"],
  ])("refuses a routine that the product runs by itself: %s", async (path, name) => {
    const output = await shown({ [path]: `ROUTINE ${name}\n quit\n` }, [
      'zn "%SYS"',
      `set sc=$system.OBJ.Load("${path}","ck-d") write "loaded"`,
    ]);
    expect(output).toContain(`not simulated: routine ^${name}, which the product runs by itself`);
    expect(output).not.toContain("loaded\n");
  });

  it("takes a routine of such a name where the product does not look for it", async () => {
    const output = await shown({ "/opt/ZSTU.mac": "ROUTINE ZSTU\n write 7 quit\n" }, [
      'do $system.OBJ.Load("/opt/ZSTU.mac","ck-d"),^ZSTU',
    ]);
    expect(output).toContain("7\nUSER>");
  });

  it("refuses a projection, which the product runs when the class is compiled", async () => {
    const text = "Class A.P Extends %Projection.AbstractProjection { Projection Run As A.P; }";
    const output = await shown({ "/opt/a.cls": text }, [
      'set sc=$system.OBJ.Load("/opt/a.cls","ck-d") write "loaded"',
    ]);
    expect(output).toContain("not simulated: projection Run");
  });

  it("loads a directory, with those below it when asked", async () => {
    const files = { "/src/a.cls": goodClass, "/src/sub/b.cls": goodClass.replace("A.B", "A.C") };
    const flat = await shown(files, [
      'do $system.OBJ.LoadDir("/src","ck-d",,0,.l) write $data(l("A.B.CLS")),$data(l("A.C.CLS"))',
    ]);
    expect(flat).toContain("\n10\n");
    const deep = await shown(files, [
      'do $system.OBJ.LoadDir("/src","ck-d",,1,.l) write $data(l("A.B.CLS")),$data(l("A.C.CLS"))',
    ]);
    expect(deep).toContain("\n11\n");
  });

  it.each([
    ["indexes", "Class A.B Extends %Persistent {\nIndex I On N;\n}", "index I of the persistent"],
  ])("refuses %s by name", async (_, text, what) => {
    const output = await shown({ "/opt/a.cls": text }, [
      'do $system.OBJ.Load("/opt/a.cls","ck-d")',
    ]);
    expect(output).toContain(`not simulated: ${what}`);
  });
});

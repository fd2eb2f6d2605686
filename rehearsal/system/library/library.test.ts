/** Files, loading, queries and the small system classes. */

import { describe, expect, it } from "vitest";
import type { NativeClass } from "../../objectscript/host.ts";
import { createCodeCache, createProcess } from "../../objectscript/process.ts";
import { drive } from "../../objectscript/testing/drive.ts";
import { MemoryHost } from "../../objectscript/testing/memory-host.ts";
import { answer, testEnvironment } from "../../objectscript/testing/session.ts";
import { libraryClasses } from "./classes.ts";
import { MemoryFiles } from "./testing/memory-files.ts";

const listing: NativeClass = {
  name: "Test.Queries",
  classMethods: {},
  queries: {
    Pairs: {
      columns: ["Name", "Value"],
      rows: ([prefix = ""]) => [
        [`${prefix}a`, "1"],
        [`${prefix}b`, "2"],
      ],
    },
  },
};

async function shown(
  files: Readonly<Record<string, string>>,
  lines: readonly string[],
): Promise<string> {
  const memory = new MemoryFiles(files);
  const logged: string[] = [];
  const environment = {
    ...testEnvironment(memory),
    consoleLog: (text: string, severity: number) => logged.push(`${String(severity)} ${text}`),
    monitorStateOk: () => undefined,
  };
  const classes = [...libraryClasses(environment).values(), listing];
  const host = new MemoryHost({ lines, classes });
  await drive(createProcess(host, createCodeCache()).session({ node: "n", instance: "I" }));
  return host.principal.output + logged.join("\n");
}

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

describe("%File", () => {
  const files = { "/data/f.txt": "hello", "/data/g.log": "x" };

  it.each([
    ['write ##class(%File).Exists("/data/f.txt"),##class(%Library.File).Exists("/nope")', "10"],
    [
      'write ##class(%File).DirectoryExists("/data/"),##class(%File).DirectoryExists("/data/f.txt")',
      "10",
    ],
    [
      'write ##class(%File).CreateDirectory("/data/n",.rc),rc,##class(%File).CreateDirectory("/a/b",.rc),rc<0',
      "1001",
    ],
    [
      'write ##class(%File).CreateDirectoryChain("/p/q/r/"),##class(%File).DirectoryExists("/p/q")',
      "11",
    ],
    [
      'write ##class(%File).CreateNewDir("/data/","kid"),##class(%File).DirectoryExists("/data/kid")',
      "11",
    ],
    ['write ##class(%File).Delete("/data/f.txt"),##class(%File).Delete("/data/f.txt")', "10"],
    [
      'write ##class(%File).CopyFile("/data/f.txt","/data/h"),##class(%File).GetFileSize("/data/h")',
      "15",
    ],
    [
      'write ##class(%File).CopyFile("/data/f.txt","/data/g.log",0),##class(%File).CopyFile("/no","/x")',
      "00",
    ],
    ['write ##class(%File).Rename("/data/f.txt","/data/z"),##class(%File).Exists("/data/z")', "11"],
    [
      'write ##class(%File).RemoveDirectory("/data"),##class(%File).RemoveDirectoryTree("/data")',
      "01",
    ],
    [
      'write ##class(%File).GetDirectory("/data/f.txt")," ",##class(%File).GetFilename("/data/f.txt")',
      "/data/ f.txt",
    ],
    [
      'write ##class(%File).NormalizeDirectory("/data/../x")," ",##class(%File).NormalizeDirectory("rel")',
      "/x/ /home/irisowner/rel/",
    ],
    [
      'write ##class(%File).CanonicalFilename("/data/f.txt"),##class(%File).CanonicalFilename("/nope")',
      "/data/f.txt",
    ],
    [
      'write ##class(%File).SubDirectoryName("/data","k"),##class(%File).SubDirectoryName("/data","k",1)',
      "/data/k/data/k/",
    ],
    ["write ##class(%File).ManagerDirectory()", "/usr/irissys/mgr/"],
  ])("%s prints %s", async (line, wanted) => {
    expect(await shown(files, [line])).toContain(`USER>\n${wanted}\nUSER>`);
  });

  it("lists a directory by a query", async () => {
    const line =
      'set r=##class(%ResultSet).%New("%File:FileSet") do r.Execute("/data","*.txt;*.log") while r.Next() { write r.Get("ItemName"),r.Data("Type"),r.GetData(3)," " }';
    expect(await shown(files, [line])).toContain("\nf.txtF5 g.logF1 \n");
  });

  it("objects of it are refused by name", async () => {
    expect(await answer('set f=##class(%File).%New("/x")')).toBe(
      "\nnot simulated: %Library.File.%New",
    );
  });
});

describe("class queries", () => {
  it.each([
    [
      'set r=##class(%ResultSet).%New("Test.Queries:Pairs") write r.Execute("p") while r.Next() { write r.GetData(1),r.Data("value")," " }',
      "1pa1 pb2 ",
    ],
    [
      'set r=##class(%Library.ResultSet).%New() set r.ClassName="Test.Queries",r.QueryName="Pairs" do r.Execute() do r.Next(.sc) write sc,r.Get("Name")',
      "1a",
    ],
    [
      'set s=##class(%SQL.Statement).%New() write s.%PrepareClassQuery("Test.Queries","Pairs") set r=s.%Execute("x") while r.%Next() { write r.%Get("Name"),r.Value," " } write r.%SQLCODE',
      "1xa1 xb2 100",
    ],
  ])("%s prints %s", async (line, wanted) => {
    expect(await shown({}, [line])).toContain(`USER>\n${wanted}\nUSER>`);
  });

  it.each([
    [
      'set r=##class(%ResultSet).%New("Test.Queries:Nope") do r.Execute()',
      "not simulated: class query Test.Queries:Nope",
    ],
    [
      'set r=##class(%ResultSet).%New("Nope.Class:Q") do r.Execute()',
      "<CLASS DOES NOT EXIST> *Nope.Class",
    ],
    [
      'set r=##class(%SQL.Statement).%ExecDirect(,"select * from t")',
      "not simulated: SQL (select * from t …)",
    ],
    [
      'set r=##class(%ResultSet).%New("%DynamicQuery:SQL") do r.Prepare("select 1")',
      "not simulated: SQL (select 1 …)",
    ],
  ])("%s is loud", async (line, wanted) => {
    expect(await shown({}, [line])).toContain(wanted);
  });
});

describe("the small system classes", () => {
  it.each([
    ["write $system.INetInfo.LocalHostName()", "de17f22ad88c"],
    [
      'write $system.INetInfo.HostNameToAddr("mirrorA"),"/",$system.INetInfo.HostNameToAddr("nobody"),"/",$system.INetInfo.HostNameToAddr("10.1.1.1")',
      "10.0.0.7//10.1.1.1",
    ],
    ['write $system.Util.GetEnviron("ISC_TEST"),$system.Util.GetEnviron("UNSET"),1', "yes1"],
    [
      "write $system.Util.InstallDirectory(),$system.Util.ManagerDirectory()",
      "/usr/irissys//usr/irissys/mgr/",
    ],
    [
      "write $system.Version.GetNumber(),$system.Version.GetMajor(),$system.Version.GetMinor()",
      "2022.120221",
    ],
    ["write $system.Process.NameSpace(),$system.Process.UserName()", "USERirisowner"],
    [
      'do ##class(%File).CreateDirectoryChain("/w") write $system.Process.CurrentDirectory("/w"),$system.Process.CurrentDirectory()',
      "/home/irisowner//w/",
    ],
    ["write ##class(%SYS.System).GetInstanceName()", "IRIS"],
    ["write $system.Process.Terminate(1234,1)", "-3"],
  ])("%s prints %s", async (line, wanted) => {
    expect(await shown({}, [line])).toContain(`USER>\n${wanted}\nUSER>`);
  });

  it("a line for messages.log reaches it with its severity", async () => {
    const output = await shown({}, ['do ##class(%SYS.System).WriteToConsoleLog("text",,2)']);
    expect(output.endsWith("2 text")).toBe(true);
  });

  it.each([
    ["do $system.OBJ.Upgrade()", "%SYSTEM.OBJ.Upgrade"],
    ["do $system.Process.Suspend(1)", "%SYSTEM.Process.Suspend"],
    ["write $system.SQL.Execute(1)", "class %SYSTEM.SQL"],
    ["write $system.Util.CreateGUID()", "%SYSTEM.Util.CreateGUID"],
  ])("%s is refused by name", async (line, what) => {
    expect(await shown({}, [line])).toContain(`not simulated: ${what}`);
  });

  it("what the product does not have either is the product's own error", async () => {
    expect(await shown({}, ["do $system.Util.NoSuchMethod()"])).toContain(
      "<METHOD DOES NOT EXIST> *NoSuchMethod,%SYSTEM.Util",
    );
  });
});

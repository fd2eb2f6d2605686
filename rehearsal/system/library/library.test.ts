/** Files, queries and the small system classes. */

import { describe, expect, it } from "vitest";
import { answer } from "../../objectscript/testing/session.ts";
import { shown } from "./testing/shown.ts";

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

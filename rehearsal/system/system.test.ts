import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sharedInstance } from "./testing/shared-instance.ts";

const instance = sharedInstance();
const { line } = instance;

const errorOf = (call: string): Promise<string> =>
  line(`write $system.Status.GetErrorText(${call})`);

describe("a session of the system classes", () => {
  it("does not know them outside %SYS", async () => {
    const [seen] = await instance.lines("USER", "write ##class(SYS.Mirror).IsFailoverReady()");

    expect(seen).toContain("<CLASS DOES NOT EXIST> *SYS.Mirror");
  });

  it("says of a method the product has and the engine lacks that it is not simulated", async () => {
    for (const method of ["AsyncDejournalStop", "UpdateMirrorSSL"]) {
      const seen = await line(`do ##class(SYS.Mirror).${method}()`);
      expect(seen).toContain("not simulated: ");
      expect(seen).toContain(method);
    }
  });

  it("returns 0 of BecomePrimary, which is no status, where nothing becomes primary", async () => {
    expect(await line("write ##class(SYS.Mirror).BecomePrimary()")).toBe("0");
  });

  it("says of a method nobody has that it does not exist", async () => {
    expect(await line("do ##class(SYS.Mirror).Promot()")).toContain(
      "<METHOD DOES NOT EXIST> *Promot,SYS.Mirror",
    );
  });
});

describe("Config.Databases, Config.Namespaces and Config.MapGlobals", () => {
  it("create, tell, change and delete", async () => {
    const directory = `${instance.directory}mgr/one/`;
    const seen = await instance.lines(
      "%SYS",
      `write ##class(%Library.File).CreateDirectoryChain("${directory}")`,
      `set p("Directory")="${directory}" write ##class(Config.Databases).Create("ONE",.p)`,
      `write ##class(SYS.Database).CreateDatabase("${directory}")`,
      'write ##class(Config.Databases).Exists("one"),##class(Config.Databases).Exists("TWO")',
      'kill p write ##class(Config.Databases).Get("ONE",.p),p("Directory")',
      'kill p set p("Globals")="ONE" write ##class(Config.Namespaces).Create("ONE",.p)',
      'kill p set p("Database")="ONE" write ##class(Config.MapGlobals).Create("USER","one.*",.p)',
      'set ^|"USER"|one.x="mapped" write ^|"ONE"|one.x',
      'write ##class(Config.MapGlobals).Delete("USER","one.*"),$data(^|"USER"|one.x)',
      'write $system.Status.GetErrorText(##class(Config.Databases).Delete("ONE"))',
      'write ##class(Config.Namespaces).Delete("ONE"),##class(Config.Databases).Delete("ONE")',
    );

    expect(seen).toEqual([
      "1",
      "1",
      "1",
      "10",
      `1${directory}`,
      "1",
      "1",
      "mapped",
      "10",
      "ERROR #429: Cannot delete database ONE, in use by the following namespaces: ONE",
      "11",
    ]);
  });

  it("keep MountRequired, and put it into the line of iris.cpf", async () => {
    const directory = `${instance.directory}mgr/required/`;
    const seen = await instance.lines(
      "%SYS",
      `kill p set p("Directory")="${directory}",p("MountRequired")=1 write ##class(Config.Databases).Create("REQ",.p)`,
      'kill p write ##class(Config.Databases).Get("REQ",.p),p("MountRequired")',
      'kill p set p("MountRequired")=0 write ##class(Config.Databases).Modify("REQ",.p)',
      'kill p write ##class(Config.Databases).Get("REQ",.p),p("MountRequired")',
      'kill p set p("MountRequired")=1 write ##class(Config.Databases).Modify("REQ",.p)',
    );
    expect(seen).toEqual(["1", "11", "1", "10", "1"]);
    const file = readFileSync(`${instance.directory}iris.cpf`, "utf8");
    expect(file).toContain(`REQ=${directory},,1\r\n`);
    expect(await line('write ##class(Config.Databases).Delete("REQ")')).toBe("1");
  });

  it("refuse with the product's numbers", async () => {
    expect(await errorOf('##class(Config.Namespaces).Get("NOPE",.p)')).toBe(
      "ERROR #433: Namespace NOPE does not exist",
    );
    expect(await errorOf('##class(Config.Databases).Create("IRISSYS",.p)')).toBe(
      "ERROR #459: Database IRISSYS already exists",
    );
    expect(
      await line(
        'kill q set q("Directry")="/x" write $system.Status.GetErrorText(##class(Config.Databases).Create("X",.q))',
      ),
    ).toBe("ERROR #406: Invalid parameter name 'Directry'");
  });
});

describe("mirroring on one instance", () => {
  it("needs the service, then makes this member primary with a mirrored database", async () => {
    const directory = `${instance.directory}mgr/app/`;
    const create = '##class(SYS.Mirror).CreateNewMirrorSet("MIR","ONE",.m)';
    const addresses = 'set m("ECPAddress")="localhost",m("MirrorAddress")="localhost"';
    const seen = await instance.lines(
      "%SYS",
      addresses,
      `write $system.Status.GetErrorText(${create})`,
      'set p("Enabled")=1 write ##class(Security.Services).Modify("%Service_Mirror",.p)',
      `write ${create}`,
      "write $system.Mirror.GetStatus(),$system.Mirror.IsPrimary(),$system.Mirror.MirrorName()",
      `do ##class(%Library.File).CreateDirectoryChain("${directory}")`,
      `kill p set p("Directory")="${directory}" write ##class(Config.Databases).Create("APP",.p)`,
      `write ##class(SYS.Database).CreateDatabase("${directory}",,,,,,"APP","MIR")`,
      'set r=##class(%ResultSet).%New("SYS.Mirror:MirroredDatabaseList") do r.Execute("*","*")' +
        ' while r.Next() { write r.GetData(1)," ",r.Get("MirrorStatus") }',
      `set d=##class(SYS.Database).%OpenId("${directory}") write d.Mirrored,d.ReadOnlyMounted`,
      `write $system.Status.GetErrorText(##class(SYS.Database).DeleteDatabase("${directory}"))`,
      'do ##class(SYS.Mirror).GetFailoverMemberStatus(.t,.o) write $list(t,1)," ",$list(t,3,4)',
      'kill p write ##class(Config.Mirrors).Get("MIR",.p),$length(p("GUID")),p("QOSTimeout")',
      'write ##class(Config.Mirrors).Create("OTHER",.p)',
    );

    expect(seen.slice(1, 5)).toEqual([
      "ERROR #2066: Mirroring Service is required but not enabled",
      "1",
      "1",
      "PRIMARY1MIR",
    ]);
    expect(seen.slice(6, 13)).toEqual([
      "1",
      "1",
      "APP Normal",
      "10",
      `ERROR #318: Deleting mirrored database ${directory} is not allowed.`,
      expect.stringContaining("ONE") as string,
      "1368000",
    ]);
    expect(seen[13]).toContain("not simulated: ");
  });
});

it.for([
  ["CreateNewMirrorSet with five arguments", 'SYS.Mirror).CreateNewMirrorSet("M","S",.m,.s,1)'],
  ["IsMirrorStarted with two", 'SYS.Mirror).IsMirrorStarted("M",1)'],
  ["DismountDatabase with two", 'SYS.Database).DismountDatabase("/d/",1)'],
])("%s is an error, as for any method", async ([, call = ""]) => {
  expect(await line(`write ##class(${call}`)).toMatch(/<PARAMETER>$/);
});

it("a database without a directory is refused by its number", async () => {
  const seen = await errorOf("##class(SYS.Database).CreateDatabase()");
  expect(seen).toBe("ERROR #5007: Directory name '' is invalid");
});

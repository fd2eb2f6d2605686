/** Objects of persistent classes in the databases of an instance. */

import { writeFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { sharedInstance } from "../testing/shared-instance.ts";

const instance = sharedInstance();
const source = `Class App.Company Extends %Persistent
{
Property Name As %String;
}
`;
const own = (): string => `${instance.directory}mgr/app/`;
const load = (): string => `do $system.OBJ.Load("${instance.directory}company.cls","ck")`;
const save = 'set c=##class(App.Company).%New(),c.Name="Acme",sc=c.%Save()';
const text = "write $system.Status.GetErrorText(sc)";

/** Makes the database of APP read-only (1) or not (0). */
const readOnly = (on: 0 | 1): Promise<string> =>
  instance.line(
    `set d=##class(SYS.Database).%OpenId("${own()}"),d.ReadOnly=${String(on)} write d.%Save()`,
  );

beforeAll(async () => {
  writeFileSync(`${instance.directory}company.cls`, source);
  await instance.lines(
    "%SYS",
    `do ##class(%Library.File).CreateDirectoryChain("${own()}")`,
    `do ##class(SYS.Database).CreateDatabase("${own()}")`,
    `set p("Directory")="${own()}" do ##class(Config.Databases).Create("APP",.p)`,
    'kill p set p("Globals")="APP" do ##class(Config.Namespaces).Create("APP",.p)',
  );
});

describe("a persistent class", () => {
  it("is compiled with its table, and keeps its objects in the database", async () => {
    const [loaded] = await instance.lines("APP", load());
    expect(loaded).toMatch(/class App.Company\nCompiling table App.Company\nCompiling routine/);

    const saved = await instance.lines("APP", save, "write sc,c.%Id()");
    expect(saved.at(-1)).toBe("11");
    const [shown] = await instance.lines("APP", "zwrite ^App.CompanyD");
    expect(shown).toBe('^App.CompanyD=1\n^App.CompanyD(1)=$lb("","Acme")');
  });

  it("is part of a transaction of the program", async () => {
    await instance.lines("APP", "tstart", save, "trollback");
    const [left] = await instance.lines("APP", "write $data(^App.CompanyD(2))");
    expect(left).toBe("0");
  });

  it("is refused by a read-only database with the error of the product", async () => {
    expect(await readOnly(1)).toBe("1");
    const refused = await instance.lines("APP", save, text, "write $tlevel");
    expect(refused.slice(1)).toEqual([
      `ERROR #5002: ObjectScript error: <PROTECT> ^App.CompanyD,${own()}`,
      "0",
    ]);
    expect(await readOnly(0)).toBe("1");
  });
});

/** Sections, mappings and records of iris.cpf as objects. */

import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { sharedInstance } from "../testing/shared-instance.ts";

const instance = sharedInstance();
const { line } = instance;

const cpf = (): string => readFileSync(`${instance.directory}iris.cpf`, "utf8");

it("packages and routines are mapped from another database", async () => {
  const seen = await instance.lines(
    "%SYS",
    'set p("Database")="IRISSYS" write ##class(Config.MapPackages).Create("USER","Shared",.p)',
    'write ##class(Config.MapRoutines).Create("USER","ACC*",.p)',
    'write ##class(Config.MapPackages).Exists("USER","Shared"),##class(Config.MapRoutines).Exists("USER","ACC")',
    'kill p write ##class(Config.MapRoutines).Get("USER","ACC*",.p),p("Database")',
    'write ##class(Config.MapRoutines).Delete("USER","ACC*"),##class(Config.MapRoutines).Exists("USER","ACC*")',
    'write $system.Status.GetErrorText(##class(Config.MapPackages).Delete("USER","Nope"))',
  );

  expect(seen).toEqual([
    "1",
    "1",
    "10",
    "1IRISSYS",
    "10",
    "ERROR #421: Package map Nope in namespace USER does not exist",
  ]);
  expect(cpf()).toMatch(/\[Map\.USER\]\r?\nPackage_Shared=IRISSYS/);
});

it("the mappings of a namespace are listed by a query", async () => {
  const list = (kind: string): string =>
    `set r=##class(%ResultSet).%New("Config.Map${kind}s:List") do r.Execute("user") ` +
    'while r.Next() { write r.Get("Name"),"=",r.Get("Database"),"," }';
  const seen = await instance.lines(
    "%SYS",
    'kill p set p("Database")="IRISSYS" do ##class(Config.MapGlobals).Create("USER","b.*",.p)',
    'do ##class(Config.MapGlobals).Create("USER","a",.p)',
    'do ##class(Config.MapRoutines).Create("USER","RT*",.p)',
    list("Global"),
    list("Routine"),
    'do ##class(Config.MapGlobals).Delete("USER","a") ' +
      'do ##class(Config.MapGlobals).Delete("USER","b.*")',
    list("Global"),
  );

  expect([seen[3], seen[4], seen[6]]).toEqual(["a=IRISSYS,b.*=IRISSYS,", "RT*=IRISSYS,", ""]);
});

it("a record is an object with properties", async () => {
  const seen = await instance.lines(
    "%SYS",
    'set n=##class(Config.Namespaces).Open("USER",.sc) write sc,n.Globals',
    "write ##class(Config.Databases).Open(n.Globals).Directory",
    'set d=##class(Config.Databases).Open("USER") set d.MountRequired=1 write d.%Save()',
    'do ##class(Config.Databases).Get("USER",.p) write p("MountRequired")',
    'set x=##class(Config.Databases).Open("NOPE",.sc) write x,$system.Status.GetErrorText(sc)',
    "write n.Globls",
  );

  expect(seen.slice(0, 5)).toEqual([
    "1USER",
    `${instance.directory}mgr/user/`,
    "1",
    "1",
    "ERROR #420: Database NOPE does not exist",
  ]);
  expect(seen[5]).toContain("<PROPERTY DOES NOT EXIST> *Globls,Config.Namespaces");
});

it("sections keep what is set, and refuse what the engine would not follow", async () => {
  const seen = await instance.lines(
    "%SYS",
    'set p("globals")="0,0,128,0,0,0" write ##class(Config.config).Modify(.p)',
    'do ##class(Config.Startup).Get(.s) write s("DefaultPort")',
    "write ##class(Config.Startup).Modify(.s)",
    'set s("DefaultPort")=1973 write ##class(Config.Startup).Modify(.s)',
    'set q("SynchCommit")=2 write $system.Status.GetErrorText(##class(Config.Miscellaneous).Modify(.q))',
    'set r("glbals")=1 write $system.Status.GetErrorText(##class(Config.config).Modify(.r))',
  );

  expect(seen.slice(0, 3)).toEqual(["1", "1972", "1"]);
  expect(seen[3]).toContain("not simulated: changing Config.Startup.DefaultPort");
  expect(seen.slice(4)).toEqual([
    "ERROR #407: Invalid value for property 'SynchCommit'",
    "ERROR #406: Invalid parameter name 'glbals'",
  ]);
  expect(cpf()).toContain("globals=0,0,128,0,0,0");
  expect(await line('do ##class(Config.Startup).Exists("x")')).toContain("not simulated: ");
});

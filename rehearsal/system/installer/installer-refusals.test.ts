/** Installer classes that are wrong, or ask for more than this engine has: all fail loudly. */

import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TestInstance } from "../testing/test-instance.ts";
import { installerClass, written } from "./testing/installer-class.ts";

let instance: TestInstance;

beforeAll(async () => {
  instance = await TestInstance.start();
});
afterAll(() => instance[Symbol.asyncDispose]());

const place = (path: string): string => `${instance.directory}${path}`;
const cpf = (): string => readFileSync(place("iris.cpf"), "utf8");

/** Loads a class with this manifest and runs lines; gives what each printed, the load first. */
async function loaded(manifest: string, ...lines: string[]): Promise<string[]> {
  const path = written(place("install/Installer.cls"), installerClass("App.Installer", manifest));
  return instance.lines("%SYS", `do $system.OBJ.Load("${path}","ck")`, ...lines);
}

const setup =
  'set sc="" set sc=##class(App.Installer).setup() write "<",$system.Status.GetErrorText(sc),">"';

const before =
  '<Namespace Name="T" Code="T" Data="T"><Configuration><Database Name="T" Dir="${MGRDIR}t"/>';
const whole = (inside: string): string =>
  `<Manifest>\n${before}</Configuration>\n${inside}\n</Namespace>\n</Manifest>`;

describe("a manifest that is wrong fails to compile, with the line of the file", () => {
  it.for([
    ["<Manifest><Databse/></Manifest>", "(+7): unknown tag <Databse>"],
    ['<Manifest>\n<Var Name="a" Valu="1"/></Manifest>', "(+8): unknown attribute Valu of <Var>"],
    ['<Manifest>\n<Var Name="a"/></Manifest>', "(+8): <Var> lacks its attribute Value"],
    ['<Manifest><Var Name="a b" Value=""/></Manifest>', "Name of <Var>: 'a b' is no name"],
    ['<Manifest><Default Name="a"/></Manifest>', "of <Default>: one of Value and Dir is wanted"],
    ['<Manifest><Database Name="a"/></Manifest>', "<Database> cannot stand in <Manifest>"],
    ['<Manifest><If Condition="1"><Import File="a"/></If></Manifest>', "<Import> cannot stand in"],
    ['<Manifest><If Condition="1+"/></Manifest>', "Condition of <If>: '1+' is no expression"],
    ['<Manifest><Log Text="a" Level="7"/></Manifest>', "'7' is no level from 0 to 3"],
    ['<Manifest><Log Text="#{1"/></Manifest>', "no end of #{ in '#{1'"],
    ["<Manifest>text</Manifest>", "<Manifest> cannot hold text"],
    ["<Setup/>", "(+7): <Setup> is no <Manifest>"],
    ["<Manifest>\n<Var></Manifest>", "(+8): "],
    ['<Manifest><Namespace Name="A" Create="maybe"/></Manifest>', "'maybe' is neither yes nor no"],
    ['<Manifest><Error Status="x"/></Manifest>', "'x' is no error"],
    ['<Manifest><SystemSetting Name="x" Value=""/></Manifest>', "'x' is no setting"],
    [whole('<Import File="a" Recurse="maybe"/>'), "(+9): Recurse of <Import>: 'maybe' is neither"],
    [
      '<Manifest><Error Status="$$$NoSuchError"/></Manifest>',
      "Referenced macro not defined: 'NoSuchError'",
    ],
  ] as const)("%s", async ([manifest, message]) => {
    const earlier = cpf();

    const [seen = "", called] = await loaded(manifest, setup);

    expect(seen).toContain("ERROR: App.Installer.cls");
    expect(seen).toContain(message);
    expect(seen).toMatch(/Load finished with errors/);
    expect(called).toContain("<SYNTAX>");
    expect(cpf()).toBe(earlier);
  });

  it("everything that is wrong is said at once", async () => {
    const [seen = ""] = await loaded('<Manifest>\n<One/>\n<Log Txt="a"/>\n</Manifest>');
    expect(seen).toContain("(+8): unknown tag <One>");
    expect(seen).toContain("(+9): <Log> lacks its attribute Text");
    expect(seen).toContain("(+9): unknown attribute Txt of <Log>");
    expect(seen).toContain("Detected 3 errors during compilation");
  });
});

describe("what this engine does not execute is named before anything is done", () => {
  it.for([
    ['<LoadPage Name="/csp/a"/>', "<LoadPage> in a manifest"],
    ['<ForEach Index="i" Values="1,2"><Log Text="a"/></ForEach>', "<ForEach> in a manifest"],
    ['<CSPApplication Url="/a" JWTAuthEnabled="1"/>', 'JWTAuthEnabled="1" of <CSPApplication>'],
    ['<Compile Class="A.B"/><Compile Class="C"/>', "<Compile> in a manifest\n"],
  ] as const)("%s", async ([inside, what]) => {
    const earlier = cpf();

    const [, seen] = await loaded(whole(inside), setup);

    expect(`${seen ?? ""}\n`).toContain(`not simulated: ${what}`);
    expect(cpf()).toBe(earlier);
    expect(existsSync(place("mgr/t"))).toBe(false);
  });

  it.for([
    ['Ensemble="1"', 'Ensemble="1" of <Namespace>'],
    ['Create="overwrite"', 'Create="overwrite"'],
  ] as const)("%s of a namespace", async ([attribute, what]) => {
    const [, seen] = await loaded(whole("").replace('Name="T"', `Name="T" ${attribute}`), setup);
    expect(seen).toContain(`not simulated: ${what}`);
    expect(existsSync(place("mgr/t"))).toBe(false);
  });

  it("a database that exists is not overwritten, a new one is made", async () => {
    const overwriting = whole("").replace("<Database", '<Database Create="overwrite"');
    const [, first, second] = await loaded(overwriting, `${setup} write "<",sc,">"`, setup);
    expect(first).toMatch(/<1>$/);
    expect(second).toContain('not simulated: setup() with Create="overwrite" of ');
  });

  it("a predefined variable that is not set, unless the caller sets it", async () => {
    const manifest = '<Manifest><Log Text="on ${PORT}"/></Manifest>';
    const [, without, , given] = await loaded(
      manifest,
      setup,
      'set v("port")=1972',
      "set sc=##class(App.Installer).setup(.v)",
    );
    expect(without).toContain("not simulated: the variable PORT of manifests");
    expect(given).toContain("0 Log: on 1972");
  });

  it("a logger of the caller, and the value of a variable as code", async () => {
    const manifest = '<Manifest><If Condition="${When}"><Log Text="now"/></If></Manifest>';
    const [, , logger, , code, , number] = await loaded(
      manifest,
      'set o={} set v("When")="1=1"',
      "do ##class(App.Installer).setup(,,,o)",
      'set v("When")="1=1"',
      "do ##class(App.Installer).setup(.v)",
      'set v("When")=1',
      "do ##class(App.Installer).setup(.v)",
    );
    expect(logger).toContain("not simulated: setup() with an installer or a logger");
    expect(code).toContain("not simulated: the variable When as code ('1=1')");
    expect(number).toContain("0 Log: now");
  });
});

describe("what fails while it runs is the status of setup()", () => {
  it.for([
    ['<Import File="${MGRDIR}nowhere.cls"/>', "ERROR #5012: File '"],
    ['<Invoke Class="App.None" Method="M"/>', "<CLASS DOES NOT EXIST>"],
    [
      '<Invoke Class="%SYSTEM.Status" Method="Error" CheckStatus="1"><Arg Value="5001"/><Arg Value="no luck"/></Invoke>',
      "ERROR #5001: no luck",
    ],
    ['<Error Status="$$$GeneralError"><Arg Value="stop at ${x}."/></Error>', "stop at ."],
    ['<CopyFile Src="/nowhere" Target="/tmp"/>', "File /nowhere cannot be copied to /tmp"],
    ['<SystemSetting Name="config.globls" Value="1"/>', "ERROR #406"],
    ['<Log Text="#{1/0}"/>', "<DIVIDE>"],
  ] as const)("%s", async ([inside, message]) => {
    const [, seen = "", where] = await loaded(whole(inside), setup, "write $namespace");
    expect(seen.split("\n").at(-1)).toContain(message);
    expect(seen).toContain("0 App.Installer: Installation failed: ERROR #");
    expect(where).toBe("%SYS");
  });

  it.for([
    ['<Namespace Name="NONE" Create="no"/>', "ERROR #5001: Namespace NONE does not exist"],
    [
      '<Namespace Name="USER" Code="IRISSYS" Data="USER"/>',
      "ERROR #5001: Namespace USER exists with Routines USER",
    ],
    [
      '<Namespace Name="X"><Configuration><Database Name="X" Create="no"/></Configuration></Namespace>',
      "ERROR #5001: Database X does not exist",
    ],
    [
      '<Namespace Name="X"><Configuration><Database Name="USER" Dir="/elsewhere"/></Configuration></Namespace>',
      "ERROR #5001: Database USER exists in ",
    ],
    [
      '<Namespace Name="X"><Configuration><Database Name="X"/></Configuration></Namespace>',
      "ERROR #5001: Database X needs a directory",
    ],
    ['<Namespace Name="X" Data="GONE"/>', "ERROR #420: Database GONE does not exist"],
    [
      '<Namespace Name="USER"><Configuration><GlobalMapping Global="A" From="GONE"/></Configuration></Namespace>',
      "ERROR #420: Database GONE does not exist",
    ],
  ] as const)("%s", async ([inside, message]) => {
    const [, seen = ""] = await loaded(`<Manifest>${inside}</Manifest>`, setup);
    expect(seen).toContain(`<${message}`);
  });

  it("what may fail is ignored where the manifest says so", async () => {
    const inside =
      '<Import File="${MGRDIR}nowhere.cls" IgnoreErrors="1"/>' +
      '<CopyFile Src="/nowhere" Target="/tmp" IgnoreErrors="1"/><Log Text="behind"/>';
    const [, seen = ""] = await loaded(whole(inside), setup);
    expect(seen).toMatch(/0 Log: behind[\s\S]*<>$/);
  });
});

it("it must be run in %SYS", async () => {
  const text = installerClass("App.Installer", "<Manifest/>");
  const path = written(place("install/Installer.cls"), text);
  const [, seen] = await instance.lines("USER", `do $system.OBJ.Load("${path}","ck")`, setup);
  expect(seen).toBe("<ERROR #5001: App.Installer must be run in %SYS, not in USER>");
});

it("an XData block that is not there fails the compilation", async () => {
  const text = installerClass("App.Installer", "<Manifest/>").replace('"Setup")', '"Other")');
  const path = written(place("install/Installer.cls"), text);
  const [seen] = await instance.lines("%SYS", `do $system.OBJ.Load("${path}","ck")`);
  expect(seen).toContain("XData block 'Other' does not exist");
});

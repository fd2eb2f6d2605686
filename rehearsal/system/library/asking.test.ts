/** Small classes and functions that scripts ask before they act. */

import { expect, it } from "vitest";
import { answer, testEnvironment } from "../../objectscript/testing/session.ts";
import { sharedInstance } from "../testing/shared-instance.ts";
import { libraryClasses } from "./classes.ts";
import { knownMethods } from "./known-methods.ts";

const instance = sharedInstance();

it("$system.CSP keeps parameters, and gives no value when one is set", async () => {
  const set = 'do $system.CSP.SetConfig("CSPConfigName","ap1,ap1a")';
  const get = 'write $system.CSP.GetConfig("CSPConfigName")';
  expect(await answer(`${set}\n${get}`)).toBe("ap1,ap1a");
  expect(await answer('write $system.CSP.GetConfig("Other")="",1')).toBe("11");
  expect(await answer(`write ${set.slice(3)}`)).toContain("<COMMAND>");
  expect((await instance.lines("USER", set, get))[1]).toBe("ap1,ap1a");
});

const sources = {
  "A.Good": "Class A.Good { ClassMethod V() { quit 42 } }",
  "A.Bad": "Class A.Bad { ClassMethod V() { quit ( } }",
};

it.each([
  ["A.Good", "11"],
  ["A.Bad", "01"],
  ["A.None", "00"],
  ["%Library.File", "11"],
  ["%Library.Persistent", "11"],
  ["%Net.HttpRequest", "11"],
  ["%File", "00"],
  ["%ZPM.PackageManager", "00"],
])("%s is compiled and defined: %s", async (name, expected) => {
  const asked = ["CompiledClass", "ClassDefinition"].map(
    (kind) => `##class(%Dictionary.${kind}).%ExistsId("${name}")`,
  );
  expect(await answer(`write ${asked.join(",")}`, { sources })).toBe(expected);
});

it("SYS.Container says yes before an image is built", async () => {
  const call = (name: string): string => `write ##class(SYS.Container).${name}`;
  expect(await instance.line(call("QuiesceForBundling()"))).toBe("1");
  expect(await instance.line(call('SetMonitorStateOK("irisowner")'))).toBe("1");
  expect(await instance.line(call('ChangePassword("a","b")'))).toContain("not simulated");
});

it("$zutil(49,directory) begins with the number of a database", async () => {
  const directory = `${instance.directory}mgr/user/`;
  const same = `+$zu(49,"${directory}")=##class(SYS.Database).%OpenId("${directory}").SFN`;
  expect(await instance.line(`write ${same},+$zu(49,"${directory}")>0`)).toBe("11");
  expect(await instance.line('write $zu(49,"/nowhere/")')).toContain("not simulated: $zutil(49)");
  expect((await instance.lines("USER", 'write $zu(49,"/x/")'))[0]).toContain("not simulated");
});

it.each(["%SYSTEM.OBJ", "%SYSTEM.Process", "%SYSTEM.Util", "%SYSTEM.Version", "%Library.File"])(
  "every method of %s is one that the product has",
  (name) => {
    const own = Object.keys(libraryClasses(testEnvironment()).get(name)?.classMethods ?? {});
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter((method) => !knownMethods(name).includes(method))).toEqual([]);
  },
);

it.each(["Export", "ShowFlags", "GetDependencies", "ExportUDL", "UnCompile", "IsUpToDate"])(
  "$system.OBJ.%s is refused by name",
  async (method) => {
    expect(await answer(`do $system.OBJ.${method}()`)).toBe(
      `\nnot simulated: %SYSTEM.OBJ.${method}`,
    );
  },
);

it("the text of a class is its source, and of none an error", async () => {
  const get = (name: string) =>
    `write ##class(%Compiler.UDL.TextServices).GetTextAsString($namespace,"${name}",.t)`;
  expect(await answer(`${get("A.Good")},t`, { sources })).toBe(`1${sources["A.Good"]}`);
  expect(await answer(`${get("A.None")}'=1,$data(t)`, { sources })).toBe("10");
  for (const name of ["%Library.String", "%String", "%SYSTEM.Status"]) {
    const full = name === "%String" ? "%Library.String" : name;
    expect(await answer(get(name))).toBe(`\nnot simulated: the text of ${full}`);
  }
});

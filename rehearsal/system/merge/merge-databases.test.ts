/** Merge files that change and delete databases, and that call functions of routines. */

import { existsSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { line } from "../testing/app-database.ts";
import { TestInstance } from "../testing/test-instance.ts";

const property = (directory: string, name: string): string =>
  `write ##class(SYS.Database).%OpenId("${directory}").${name}`;

it("ModifyDatabase changes entry and file; with LogicalOnly the entry alone; none is passed over", async () => {
  await using instance = await TestInstance.start("2026.1");
  const directory = `${instance.directory}mgr/app`;
  const merge = (text: string) => instance.merge(`[Actions]\n${text}`);
  await merge(`CreateDatabase:Name=APP,Directory=${directory}`);
  const changed = await merge(
    "ModifyDatabase:Name=app,MaxSize=50,ResourceName=%DB_X,ReadOnly=1,\n" +
      `  Directory=${directory}/,MountRequired=1\nModifyDatabase:Name=NONE,MaxSize=1`,
  );
  expect(changed.lines).toHaveLength(1);
  expect(changed.isMerged).toBe(true);
  expect(await line(instance, property(directory, "MaxSize"))).toBe("50");
  expect(await line(instance, property(directory, "ReadOnly"))).toBe("1");
  const entry = 'do ##class(Config.Databases).Get("APP",.p) write p("MountRequired")';
  expect(await line(instance, entry)).toBe("1");

  await merge("ModifyDatabase:Name=APP,LogicalOnly=1,MaxSize=7,MountRequired=0");
  expect(await line(instance, property(directory, "MaxSize"))).toBe("50");
  expect(await line(instance, entry)).toBe("0");
  const { lines } = await merge("ModifyDatabase:Name=APP,Directory=/elsewhere,MaxSize=1");
  expect(lines[1]).toContain("not simulated: another directory for a database");
});

it("DeleteDatabase takes entry and file away, but of one that is in use or mirrored nothing", async () => {
  await using instance = await TestInstance.start("2026.1");
  const directory = (name: string) => `${instance.directory}mgr/${name}`;
  const merge = (text: string) => instance.merge(`[Actions]\n${text}`);
  await merge(
    `CreateDatabase:Name=USED,Directory=${directory("used")}\n` +
      `CreateNamespace:Name=USED,Globals=USED\n` +
      `CreateDatabase:Name=FREE,Directory=${directory("free")}\n` +
      "ConfigMirror:Name=MIR,Member=primary,SystemName=A\n" +
      `CreateDatabase:Name=MIRRORED,Directory=${directory("m")},MirrorSetName=MIR,MirrorDBName=M`,
  );
  expect((await merge("DeleteDatabase:Name=USED")).lines[1]).toContain("ERROR #429");
  expect((await merge("DeleteDatabase:Name=MIRRORED")).lines[1]).toContain("ERROR #318");
  for (const kept of ["used", "m"]) expect(existsSync(`${directory(kept)}/IRIS.DAT`)).toBe(true);
  const both = "DeleteDatabase:Name=FREE\nDeleteDatabase:Name=NONE";
  expect(await merge(both)).toMatchObject({ isMerged: true });
  expect(existsSync(`${directory("free")}/IRIS.DAT`)).toBe(false);
  expect(await line(instance, 'write ##class(Config.Databases).Exists("FREE")')).toBe("0");
});

it("Execute calls a function of a routine, with its arguments, and takes its status", async () => {
  await using instance = await TestInstance.start("2026.1");
  const source = `${instance.directory}Setup.mac`;
  writeFileSync(source, 'ROUTINE Setup [Type=MAC]\nsetup(a,b) set ^done=a_b\n  quit b\'="bad"\n');
  const load = `Execute:Namespace=USER,ClassName=%SYSTEM.OBJ,MethodName=Load,Arg1=${source},Arg2=ck-d`;
  const call = (more: string) =>
    instance.merge(`[Actions]\n${load}\nExecute:Namespace=USER,RoutineName="$$${more}`);
  expect(await call('setup^Setup",Arg1=one,Arg2=two')).toMatchObject({ isMerged: true });
  expect(await instance.lines("USER", "write ^done")).toEqual(["onetwo"]);
  expect((await call('setup^Setup",Arg2=bad')).isMerged).toBe(false);
  expect((await call('none^Setup"')).lines[1]).toContain("<NOLINE>");
  expect((await call('setup^None"')).lines[1]).toContain("<NOROUTINE>");
  expect((await call('setup^Setup",ClassName=A.B')).lines[0]).toContain("'RoutineName'");
  expect((await call('"')).lines[0]).toContain("'RoutineName'");
});

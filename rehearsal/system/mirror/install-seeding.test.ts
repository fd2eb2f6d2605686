/** The classes of install/cls on this engine, as the step that seeds calls them: a database with
 *  data is added, copied in a freeze, put in place of an ordinary one, activated and caught up. */

import { copyFileSync } from "node:fs";
import { afterEach, expect, it, vi } from "vitest";
import { testPatience } from "../../edge/mirror/testing/wait.ts";
import {
  answerIn,
  call,
  comes,
  endAll,
  joins,
  lineOf,
  prepared,
  primaryWithout,
} from "../testing/installed.ts";
import { missing } from "../testing/app-database.ts";
import type { TestInstance } from "../testing/test-instance.ts";

vi.setConfig(testPatience);
afterEach(endAll);

const databaseOf = (instance: TestInstance) => ({
  name: "APP",
  directory: `${instance.directory}mgr/app/`,
});

/** The ordinary database APP with a record. */
async function ordinary(instance: TestInstance, record: string): Promise<void> {
  const { directory, name } = databaseOf(instance);
  await call(instance, "Database.Configure", { directory, name });
  const create = `write ##class(SYS.Database).CreateDatabase("${directory}")`;
  const write = `set ^|"^^${directory}"|x="${record}"`;
  expect((await instance.lines("%SYS", create, write))[0]).toBe("1");
}

/** Runs primitives one after another in one session. */
async function inOneSession(
  instance: TestInstance,
  ...calls: readonly (readonly [string, object?])[]
): Promise<unknown[]> {
  const printed = await instance.lines("%SYS", ...calls.map((one) => lineOf(...one)));
  return printed.map(answerIn);
}

it("a copy made in a freeze takes the place of an ordinary database and follows", async () => {
  const one = await primaryWithout();
  const two = await prepared();
  await joins(two, one, 0);
  await ordinary(one, "of the primary");
  await ordinary(two, "of the async");
  const [from, to] = [databaseOf(one), databaseOf(two)];
  const databases = { databases: [to] };
  const bytes = expect.any(Number) as number;
  expect(await call(two, "Database.Ordinary", databases)).toEqual({
    databases: [{ name: "APP", bytes }],
  });

  expect(await call(one, "Database.Add", { ...from, primary: true })).toEqual({ done: 1 });
  // By the journal: before, the async would take any file for another database's.
  await comes(async () => ({ lacks: await missing(two) }), { lacks: "APP" });
  await call(two, "Database.Dismount", to);
  expect(await call(two, "Database.State", to)).toMatchObject({ file: 1, mounted: 0 });
  expect(await call(two, "Database.Ordinary", databases)).toEqual({ databases: [] });
  expect(await inOneSession(one, ["Freeze.Begin", { seconds: 60 }])).toEqual([{ state: "frozen" }]);
  copyFileSync(`${from.directory}IRIS.DAT`, `${to.directory}IRIS.DAT`);
  await call(two, "Database.Mount", to);
  expect(await call(two, "Database.State", to)).toMatchObject({ mounted: 1, mirrored: 1 });
  await call(two, "Database.Activate", to);
  expect(await call(two, "Database.CatchUp", to)).toEqual({ caughtUp: 1 });
  await comes(() => call(two, "Database.List"), { databases: [{ status: "Dejournaling" }] });
  expect(await call(two, "Database.Ordinary", databases)).toEqual({ databases: [] });
  const read = `write ^|"^^${to.directory}"|x`;
  expect((await two.lines("%SYS", read))[0]).toBe("of the primary");
  for (const member of [one, two]) {
    expect(await call(member, "Database.Globals", databaseOf(member))).toEqual({ names: ["x"] });
  }
});

it("a freeze is ended by its session, or by the next one when that is gone", async () => {
  const one = await prepared();
  const begin = ["Freeze.Begin", { seconds: 60 }] as const;

  expect(await inOneSession(one, begin, ["Freeze.End"])).toEqual([
    { state: "frozen" },
    { held: 1 },
  ]);
  expect(await inOneSession(one, begin)).toEqual([{ state: "frozen" }]);
  expect(await inOneSession(one, begin, ["Freeze.End"])).toEqual([
    { state: "frozen" },
    { held: 1 },
  ]);
  const suspended = await one.lines("%SYS", "write ##class(Backup.General).IsWDSuspended()");
  expect(suspended).toEqual(["0"]);
});

it("a freeze of somebody else is left alone, and one that ended by itself is told", async () => {
  const one = await prepared();
  const begin = ["Freeze.Begin", { seconds: 60 }] as const;
  await one.lines("%SYS", "do ##class(Backup.General).ExternalFreeze(,,0)");

  expect(await inOneSession(one, begin)).toEqual([{ state: "foreign" }]);
  await one.lines("%SYS", "do ##class(Backup.General).ExternalThaw()");

  const [, , ended] = await one.lines(
    "%SYS",
    lineOf(...begin),
    "do ##class(Backup.General).ExternalThaw()",
    lineOf("Freeze.End"),
  );
  expect(answerIn(ended ?? "")).toEqual({ held: 0 });
});

it("two sessions do not have it at once", async () => {
  const one = await prepared();
  const wait = "for  quit:$get(^done)  hang 0.05";
  const first = one.lines("%SYS", lineOf("Freeze.Begin", { seconds: 60 }), "set ^begun=1", wait);
  await comes(async () => ({ begun: (await one.lines("%SYS", "write $get(^begun)"))[0] }), {
    begun: "1",
  });

  expect(await call(one, "Freeze.Begin", { seconds: 60 })).toEqual({ state: "busy" });
  await one.lines("%SYS", "set ^done=1");
  await first;
});

it("the globals of a database are told by name, the system's left out", async () => {
  const one = await prepared();
  await ordinary(one, "a value");
  const { directory } = databaseOf(one);
  const place = `^|"^^${directory}"|`;
  await one.lines("%SYS", `set ${place}Y(1,2)=1,${place}Y(3)=1`, `set ${place}%z=1,${place}A=1`);

  expect(await call(one, "Database.Globals", { directory })).toEqual({ names: ["A", "Y", "x"] });
  const [masked] = await one.lines(
    "%SYS",
    'set r=##class(%ResultSet).%New("%SYS.GlobalQuery:DirectoryList") ' +
      `do r.Execute("${directory}","","A*")`,
  );
  expect(masked).toContain("not simulated: DirectoryList of another system or with a mask");
});

/** The classes of install/cls on this engine, as the steps call them: an async joins, is seen,
 *  holds a database, releases it and leaves. Not shown: that the product takes the same calls. */

import { afterEach, expect, it, vi } from "vitest";
import { testPatience } from "../../edge/mirror/testing/wait.ts";
import { call, comes, endAll, joins, prepared, primaryWithout } from "../testing/installed.ts";
import type { TestInstance } from "../testing/test-instance.ts";

vi.setConfig(testPatience);
afterEach(endAll);

/** A primary with the mirrored database APP, which already holds a record. */
async function primary(): Promise<TestInstance> {
  const one = await primaryWithout();
  await holds(one, true);
  await call(one, "Namespace.Define", { name: "APP", globals: "APP", routines: "APP" });
  await one.lines("APP", 'set ^old="before the join"');
  return one;
}

async function holds(instance: TestInstance, isPrimary: boolean): Promise<void> {
  const database = { name: "APP", directory: `${instance.directory}mgr/app/` };
  await call(instance, "Database.Configure", database);
  const create = { ...database, mirror: "MIR", primary: isPrimary };
  expect(await call(instance, "Database.Create", create)).toEqual({ done: 1 });
}

it.for([
  [0, "Disaster Recovery", "<PROTECT>"],
  [1, "Read-Only Reporting", "<PROTECT>"],
  [2, "Read-Write Reporting", ""],
] as const)("an async of type %i is a %s", async ([type, word, writes]) => {
  const one = await primary();
  const two = await prepared();

  await joins(two, one, type);
  await comes(() => call(two, "Instance.State"), { type: word, status: "CONNECTED" });
  await comes(() => call(one, "Mirror.Members"), { members: ["ONE", "TWO"] });
  await holds(two, false);
  const directory = `${two.directory}mgr/app/`;
  await comes(() => call(two, "Database.List"), {
    databases: [{ name: "APP", directory, status: "Dejournaling" }],
  });
  const read = `write $get(^|"^^${directory}"|old)`;
  await comes(async () => ({ read: (await two.lines("%SYS", read))[0] }), {
    read: "before the join",
  });
  const errors = await call(two, "Record.WriteErrors", { directories: [directory] });
  expect(errors).toEqual({ errors: [writes] });
});

it("an async releases a database and leaves, and the others keep theirs", async () => {
  const one = await primary();
  const two = await prepared();
  await joins(two, one, 0);
  await holds(two, false);
  const directory = `${two.directory}mgr/app/`;
  await comes(() => call(two, "Database.List"), {
    databases: [{ name: "APP", directory, status: "Dejournaling" }],
  });

  const release = { directory, primary: false };
  expect(await call(two, "Database.Remove", release)).toEqual({ done: 1 });
  expect(await call(two, "Database.List")).toEqual({ databases: [] });
  expect(await call(one, "Database.List")).toMatchObject({ databases: [{ status: "Normal" }] });

  await call(two, "Mirror.Leave");
  await comes(() => call(two, "Mirror.Status"), { status: "NOTINIT" });
  await comes(() => call(one, "Mirror.Members"), { members: ["ONE"] });
});

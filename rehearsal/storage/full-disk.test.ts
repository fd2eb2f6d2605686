/** A database file that takes nothing for a while: nothing of the journal is left out, and nothing
 *  is written outside of a transaction. SQLite is made to fail as on a full disk, where it ends the
 *  open transaction by itself; the drills have a real one. */

import { afterEach, expect, test, vi } from "vitest";
import type { DatabaseSync } from "node:sqlite";
import type { Database } from "./database.ts";
import { closeAll, memberPair } from "./testing/members.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

/** The next commit of this file fails, and its transaction is gone. */
function fillFor(database: Database): void {
  const sqlite = Reflect.get(database, "sqlite") as DatabaseSync;
  const exec = sqlite.exec.bind(sqlite);
  const spy = vi.spyOn(sqlite, "exec").mockImplementation((statement) => {
    if (statement !== "commit") {
      exec(statement);
      return;
    }
    spy.mockRestore();
    exec("rollback");
    throw new Error("database or disk is full");
  });
}

test("a batch that could not be committed is applied again, from where the file is", async () => {
  const [primary, follower] = await memberPair();
  const set = async (value: string) => {
    await primary.process("COMPANY").set("x", [value], value);
    await primary.settle();
  };
  await set("before");
  await follower.follow(primary);
  const database = follower.store.databases.require(follower.databaseDirectory("COMPANY"));
  const before = database.label.mirrored?.position;
  await set("while it is full");
  fillFor(database);
  await expect(follower.follow(primary)).rejects.toThrow("disk is full");
  expect(database.label.mirrored?.position).toEqual(before);
  await set("with room again");
  await follower.follow(primary);

  expect(
    follower
      .process("COMPANY")
      .all("x")
      .map(([[key]]) => key),
  ).toEqual(
    primary
      .process("COMPANY")
      .all("x")
      .map(([[key]]) => key),
  );
  await closeAll(primary, follower);
});

test("a change after the loss is in a transaction, uncommitted before all is redone", async () => {
  const [primary, follower] = await memberPair();
  const database = primary.store.databases.require(primary.databaseDirectory("COMPANY"));
  database.change(() => undefined);
  fillFor(database);
  expect(() => {
    database.commit();
  }).toThrow("disk is full");
  const sqlite = Reflect.get(database, "sqlite") as DatabaseSync;
  expect(sqlite.isTransaction).toBe(false);

  database.change(() => {
    expect(sqlite.isTransaction).toBe(true);
  });
  expect(() => {
    database.commit();
  }).toThrow("was lost");
  database.rollback();
  database.change(() => undefined);
  database.commit();
  await closeAll(primary, follower);
});

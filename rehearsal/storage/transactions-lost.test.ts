import { describe, expect, test } from "vitest";
import { addDatabases, openInstance, TestProcess } from "./testing/instances.ts";
import { closeAll, memberPair } from "./testing/members.ts";
import { temporaryDirectory } from "./testing/places.ts";

describe("a transaction whose ground moves", () => {
  test("its database is dismounted and mounted again: a rollback still undoes it", async () => {
    const directory = temporaryDirectory();
    const { store } = await openInstance(directory);
    await addDatabases(store, directory, "COMPANY");
    const place = `${directory}db/company/`;
    const process = new TestProcess(store, "COMPANY");
    await process.set("x", [], "before");
    process.begin();
    await process.set("x", [], "open");
    await store.dismount(place);
    await store.mount(place);
    await process.rollback();
    expect(process.get("x")).toBe("before");
    await store.close();
  });

  test("its database is dismounted: the rollback ends all the same", async () => {
    const directory = temporaryDirectory();
    const { store } = await openInstance(directory);
    await addDatabases(store, directory, "COMPANY");
    const process = new TestProcess(store, "COMPANY");
    process.begin();
    await process.set("x", [], "open");
    await store.dismount(`${directory}db/company/`);
    await process.rollback();
    expect(process.store.transactions.level).toBe(0);
    await store.close();
  });

  test("its database is dismounted, then a crash: the next start undoes it", async () => {
    const directory = temporaryDirectory();
    const { store } = await openInstance(directory);
    await addDatabases(store, directory, "COMPANY");
    const process = new TestProcess(store, "COMPANY");
    await process.set("x", [], "before");
    process.begin();
    await process.set("x", [], "open");
    await store.dismount(`${directory}db/company/`);
    store.abandon();
    const again = await openInstance(directory);
    expect(new TestProcess(again.store, "COMPANY").get("x")).toBe("before");
    await again.store.close();
  });

  test("the member is no longer primary: it can neither be committed nor undone here", async () => {
    const [primary, follower] = await memberPair();
    const process = primary.process("COMPANY");
    await process.set("x", [], "before");
    process.begin();
    await process.set("x", [], "open");
    await primary.store.mirror.setAccess({ kind: "readOnly" });
    await expect(process.commit()).rejects.toThrow("<COMMITFAIL>");
    process.begin();
    await process.rollback();
    await follower.follow(primary);
    await follower.promote("B");
    expect(follower.process("COMPANY").get("x")).toBe("before");
    await closeAll(primary, follower);
  });

  test("the database leaves the mirror: what was done in it stays", async () => {
    const [primary, follower] = await memberPair();
    const process = primary.process("COMPANY");
    process.begin();
    await process.set("x", [], "open");
    await primary.store.mirroredDatabases.remove(primary.databaseDirectory("COMPANY"));
    await process.rollback();
    expect(process.get("x")).toBe("open");
    await closeAll(primary, follower);
  });
});

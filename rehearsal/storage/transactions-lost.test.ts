import { describe, expect, test } from "vitest";
import { nextTurn } from "./clock.ts";
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

  test("the member ceases to be primary over its commit: nobody calls it acknowledged", async () => {
    const [primary] = await memberPair();
    const held: (() => void)[] = [];
    const acknowledge = () => new Promise<void>((resolve) => held.push(resolve));
    const granted = primary.store.mirror.setAccess({ kind: "primary", acknowledge });
    while (held.length === 0 && primary.store.mirror.access.kind !== "primary") await nextTurn();
    for (const release of held.splice(0)) release();
    await granted;
    const process = primary.process("COMPANY");
    process.begin();
    await process.set("x", [], "late");
    const revoked = primary.store.mirror.setAccess({ kind: "readOnly" });
    // The last cycle is under way: what is committed now comes behind it.
    while (held.length === 0) await nextTurn();
    const committed = process.commit().then(
      () => "acknowledged",
      (error: unknown) => String(error),
    );
    for (const release of held.splice(0)) release();
    await revoked;
    while (held.length > 0) held.pop()?.();
    expect(await committed).toContain("<COMMITFAIL>");
    await primary.store.close();
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

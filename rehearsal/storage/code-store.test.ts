import { describe, expect, test } from "vitest";
import { nextTurn } from "./clock.ts";
import { addDatabases, openInstance, TestProcess } from "./testing/instances.ts";
import { closeAll, memberPair } from "./testing/members.ts";
import { temporaryDirectory } from "./testing/places.ts";

describe("source code", () => {
  test("is kept per routine database, % code in IRISSYS, packages by mapping", async () => {
    const directory = temporaryDirectory();
    const { store } = await openInstance(directory);
    await addDatabases(store, directory, "CODE", "OTHER");
    store.configuration.set("Map.OTHER", "Package_Shared", "CODE");
    store.configuration.save();
    const [code, other] = ["CODE", "OTHER"].map((name) => new TestProcess(store, name).store.code);
    code?.saveClass("Demo.A", "Class Demo.A {}");
    code?.saveClass("%ZDemo.B", "Class %ZDemo.B {}");
    other?.saveClass("Shared.C", "Class Shared.C {}");
    code?.saveRoutine("RTN", "RTN ; routine");

    expect(code?.classNames()).toEqual(["%ZDemo.B", "Demo.A", "Shared.C"]);
    expect(other?.classNames()).toEqual(["%ZDemo.B", "Shared.C"]);
    expect(other?.classSource("Demo.A")).toBeUndefined();
    expect([code?.routineSource("RTN"), other?.routineSource("RTN")]).toEqual([
      "RTN ; routine",
      undefined,
    ]);
    code?.deleteClass("Demo.A");
    expect(code?.classSource("Demo.A")).toBeUndefined();
    await store.close();
    const again = await openInstance(directory);
    expect(new TestProcess(again.store, "OTHER").store.code.classSource("Shared.C")).toBe(
      "Class Shared.C {}",
    );
    await again.store.close();
  });

  test("its version changes with every change it can see, and with no other", async () => {
    const directory = temporaryDirectory();
    const { store } = await openInstance(directory);
    await addDatabases(store, directory, "CODE", "OTHER");
    const process = new TestProcess(store, "CODE");
    const other = new TestProcess(store, "OTHER");
    const versions: string[] = [process.store.code.version];
    const note = () => versions.push(process.store.code.version);
    process.store.code.saveClass("A.B", "1");
    note();
    process.store.code.deleteClass("A.B");
    note();
    await process.set("oddDEF", ["A.B"], "2");
    note();
    expect(new Set(versions).size).toBe(4);
    const before = process.store.code.version;
    other.store.code.saveClass("A.B", "1");
    await process.set("data", [], "1");
    expect(process.store.code.version).toBe(before);
    await store.close();
  });

  test("what is saved during a cycle is seen at once and stored after it", async () => {
    const [primary, follower] = await memberPair();
    let acknowledge: (() => void) | undefined;
    let isHeld = false;
    const answer = () =>
      isHeld ? new Promise<void>((resolve) => (acknowledge = resolve)) : Promise.resolve();
    await primary.store.mirror.setAccess({ kind: "primary", acknowledge: answer });
    isHeld = true;
    const { code, globals } = primary.process("COMPANY").store;
    const cycle = primary.settle();
    while (acknowledge === undefined) await nextTurn();
    expect(globals.writeBarrier({ name: "oddDEF", subscripts: [] })).toBeDefined();
    const before = code.version;
    code.saveClass("A.B", "first");
    code.saveClass("A.B", "second");
    code.saveClass("A.C", "third");
    code.deleteClass("A.C");
    expect([code.classSource("A.B"), code.classNames()]).toEqual(["second", ["A.B"]]);
    expect(code.version).not.toBe(before);
    isHeld = false;
    acknowledge();
    await cycle;
    await primary.settle();
    await follower.follow(primary);
    expect(follower.process("COMPANY").store.code.classSource("A.B")).toBe("second");
    await closeAll(primary, follower);
  });

  test("on a non-primary it is refused, and its version follows the mirror", async () => {
    const [primary, follower] = await memberPair();
    const { code } = follower.process("COMPANY").store;
    expect(() => code.saveClass("A.B", "1")).toThrow("<PROTECT> ^oddDEF");
    const before = code.version;
    primary.process("COMPANY").store.code.saveClass("A.B", "1");
    await primary.settle();
    await follower.follow(primary);
    expect(code.classSource("A.B")).toBe("1");
    expect(code.version).not.toBe(before);
    await closeAll(primary, follower);
  });
});

import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { slowMs } from "./testing/budgets.ts";
import { addDatabases, openInstance, TestProcess } from "./testing/instances.ts";
import { temporaryDirectory } from "./testing/places.ts";

describe("a first start", () => {
  test("makes the tree of a durable directory", async () => {
    const directory = `${temporaryDirectory()}iconfig/`;
    const { store } = await openInstance(directory);
    const files = [
      "iris.cpf",
      "csp",
      "dist/install/misc/buildver",
      "mgr/IRIS.DAT",
      "mgr/stream",
      "mgr/irislib/IRIS.DAT",
      "mgr/iristemp/IRIS.DAT",
      "mgr/irisaudit/IRIS.DAT",
      "mgr/irislocaldata/IRIS.DAT",
      "mgr/user/IRIS.DAT",
      "mgr/user/iris.lck",
      "mgr/journal",
      "mgr/temp",
      "mgr/journal.log",
    ];
    expect(files.filter((file) => !existsSync(`${directory}${file}`))).toEqual([]);
    expect(existsSync(`${directory}CloneIncomplete`)).toBe(false);
    expect(store.databases.list().map(({ sfn, directory: at }) => [sfn, at])[0]).toEqual([
      0,
      `${directory}mgr/`,
    ]);
    store.configuration.saveLastGood();
    expect(readFileSync(`${directory}_LastGood_.cpf`, "utf8")).toContain("[Namespaces]\r\n%SYS=");
    const { guid } = store;
    await store.close();
    expect(existsSync(`${directory}mgr/user/iris.lck`)).toBe(false);
    const again = await openInstance(directory);
    expect(again.store.guid).toBe(guid);
    await again.store.close();
  });

  test("that was interrupted is done again; other content is refused", async () => {
    const directory = temporaryDirectory();
    writeFileSync(`${directory}CloneIncomplete`, "");
    mkdirSync(`${directory}mgr`);
    const { store } = await openInstance(directory);
    await new TestProcess(store, "USER").set("x", [], "v");
    await store.close();
    const other = temporaryDirectory();
    writeFileSync(`${other}something`, "");
    await expect(openInstance(other)).rejects.toThrow("ERROR #5001");
  });

  test("into a place where nothing can be made says so", async () => {
    const file = `${temporaryDirectory()}file`;
    writeFileSync(file, "");
    await expect(openInstance(`${file}/iconfig/`)).rejects.toThrow(
      `ERROR #5001: Cannot create target ${file}/iconfig/`,
    );
  });
});

describe("a store", () => {
  test(
    "that is open is refused to another process, and open again afterwards",
    async () => {
      const directory = temporaryDirectory();
      const { store } = await openInstance(directory);
      const module = join(import.meta.dirname, "testing/instances.ts");
      const code = `import { openInstance } from ${JSON.stringify(module)};
      const opened = await openInstance(${JSON.stringify(directory)});
      await opened.store.close();`;
      const other = () =>
        spawnSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" });
      const refused = other();
      expect(refused.status).toBe(1);
      expect(refused.stderr).toContain("ERROR #350: Failed to mount");
      expect(refused.stderr).toContain("in use by another process");
      await store.close();
      expect(other().status).toBe(0);
    },
    slowMs,
  );

  test("goes on without a database that cannot be mounted, unless it is required", async () => {
    const directory = temporaryDirectory();
    const { store } = await openInstance(directory);
    await addDatabases(store, directory, "COMPANY");
    await store.close();
    writeFileSync(`${directory}db/company/IRIS.DAT`, "not a database at all".repeat(1000));
    const again = await openInstance(directory);
    expect(again.messages).toEqual([
      expect.stringContaining("2 ERROR #314: This is not a database"),
    ]);
    expect(() => new TestProcess(again.store, "COMPANY").get("x")).toThrow("<DIRECTORY>");
    again.store.configuration.set("Databases", "COMPANY", `${directory}db/company/,,1`);
    again.store.configuration.save();
    await again.store.close();
    await expect(openInstance(directory)).rejects.toThrow("#314");
    rmSync(`${directory}db/company/IRIS.DAT`);
    await expect(openInstance(directory)).rejects.toThrow("#350");
  });

  test("creates, dismounts, copies and deletes databases", async () => {
    const directory = temporaryDirectory();
    const { store } = await openInstance(directory);
    await addDatabases(store, directory, "COMPANY", "OTHER");
    const place = `${directory}db/company/`;
    await expect(store.createDatabase(place)).rejects.toThrow("#20");
    await expect(store.createDatabase(`${directory}db/nowhere/`)).rejects.toThrow("#73");
    const { sfn } = store.databases.find(place) ?? {};
    await new TestProcess(store, "COMPANY").set("x", [], "v");
    await store.dismount(place);
    expect(store.databases.find(place)).toMatchObject({ sfn, isDismounted: true });
    await store.dismount(`${directory}db/other/`);
    copyFileSync(`${place}IRIS.DAT`, `${directory}db/other/IRIS.DAT`);
    await store.mount(`${directory}db/other/`);
    expect(new TestProcess(store, "OTHER").get("x")).toBe("v");
    await store.mount(place);
    expect(store.databases.find(place)?.sfn).toBe(sfn);
    await store.deleteDatabase(place);
    expect(existsSync(`${place}IRIS.DAT`)).toBe(false);
    expect(store.databases.find(place)).toBeUndefined();
    await store.close();
  });

  test("a file that was put back from a copy is not changed by old journals", async () => {
    const directory = temporaryDirectory();
    const { store } = await openInstance(directory);
    await addDatabases(store, directory, "COMPANY");
    const place = `${directory}db/company/`;
    const process = new TestProcess(store, "COMPANY");
    await process.set("x", [], "old");
    await store.dismount(place);
    copyFileSync(`${place}IRIS.DAT`, `${place}copy`);
    await store.mount(place);
    await process.set("x", [], "new");
    await store.dismount(place);
    copyFileSync(`${place}copy`, `${place}IRIS.DAT`);
    await store.mount(place);
    expect(process.get("x")).toBe("old");
    store.abandon();
    const again = await openInstance(directory);
    expect(new TestProcess(again.store, "COMPANY").get("x")).toBe("old");
    await again.store.close();
  });

  test(
    "that is frozen leaves the files as they are, also of a database mounted meanwhile",
    async () => {
      const directory = temporaryDirectory();
      const { store } = await openInstance(directory);
      await addDatabases(store, directory, "COMPANY");
      const place = `${directory}db/company/`;
      await store.dismount(place);
      await store.freeze();
      await store.mount(place);
      const before = readFileSync(`${place}IRIS.DAT`);
      const process = new TestProcess(store, "COMPANY");
      process.store.synchronousCommit = true;
      for (let index = 0; index < 12; index++) {
        process.begin();
        await process.set("x", [String(index)], "x".repeat(1_000_000));
        await process.commit();
      }
      expect(readFileSync(`${place}IRIS.DAT`).equals(before)).toBe(true);
      await store.thaw();
      process.begin();
      await process.set("x", ["last"], "v");
      await process.commit();
      expect(readFileSync(`${place}IRIS.DAT`).equals(before)).toBe(false);
      await store.close();
    },
    slowMs,
  );

  test("keeps its properties inside the file", async () => {
    const directory = temporaryDirectory();
    const { store } = await openInstance(directory);
    await addDatabases(store, directory, "COMPANY");
    const place = `${directory}db/company/`;
    await store.changeProperties(place, { ResourceName: "%DB_COMPANY" });
    await store.close();
    const again = await openInstance(directory);
    expect(again.store.databases.require(place).label.properties).toMatchObject({
      BlockSize: "8192",
      ResourceName: "%DB_COMPANY",
    });
    await again.store.close();
  });

  test("removes own journal files nobody needs, and recovers from what is left", async () => {
    const directory = temporaryDirectory();
    const { store } = await openInstance(directory);
    store.configuration.set("Journal", "FileSizeLimit", ".01");
    store.configuration.save();
    await store.close();
    const small = await openInstance(directory);
    const process = new TestProcess(small.store, "USER");
    process.store.synchronousCommit = true;
    for (let index = 0; index < 200; index++)
      await process.set("x", [String(index)], "v".repeat(500));
    const removed = await small.store.purgeJournal();
    expect(removed.length).toBeGreaterThan(3);
    process.begin();
    await process.set("x", ["last"], "v");
    await process.commit();
    small.store.abandon();
    const again = await openInstance(directory);
    expect(new TestProcess(again.store, "USER").all("x")).toHaveLength(201);
    await again.store.close();
  });
});

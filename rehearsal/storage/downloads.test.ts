/** Downloads on the side of the files: what is given is one consistent file while writing goes on,
 *  what is taken gets its place whole or not at all. The wire is edge's affair. */

import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { describe, expect, test, vi } from "vitest";
import { DownloadTarget, unfinishedName } from "./download-target.ts";
import { CopyChanged } from "./download-types.ts";
import { closeAll, TestMember } from "./testing/members.ts";
import { temporaryDirectory } from "./testing/places.ts";
import { bytesOf, files, heldBy, send, withWaiting } from "./testing/waiting-copy.ts";

describe("a copy that waits for its download", () => {
  test("says so, is kept over a restart, and takes no data, activation or catch-up", async () => {
    const [primary, other] = await withWaiting();
    expect(other.statuses()).toEqual({ COMPANY: "Needs Download" });
    await other.restart();
    expect(other.statuses()).toEqual({ COMPANY: "Needs Download" });
    const directory = other.databaseDirectory("COMPANY");
    await expect(other.process("COMPANY").set("x", [], "v")).rejects.toThrow("<PROTECT>");
    await expect(other.store.mirroredDatabases.activate(directory)).rejects.toThrow("#2079");
    const [failure] = await other.store.mirroredDatabases.catchUp([directory]);
    expect(failure?.error.message).toContain("#2079");
    await primary.process("COMPANY").set("x", ["1"], "v");
    await primary.settle();
    await other.follow(primary);
    expect(other.process("COMPANY").all("x")).toEqual([]);
    expect(other.store.mirror.copies.missing()).toEqual([]);
    await other.store.mirroredDatabases.remove(directory);
    expect(other.store.downloads.waiting()).toEqual([]);
    await closeAll(primary, other);
  });

  test("is writable nowhere, not even on a read-write reporting async", async () => {
    const [primary, other] = await withWaiting();
    const directory = other.databaseDirectory("COMPANY");
    await other.store.mirroredDatabases.remove(directory);
    await other.store.deleteDatabase(directory);
    const wanted = { directory, name: "COMPANY", failoverDatabase: false };
    await other.store.mirroredDatabases.create(wanted);
    expect(other.statuses()).toEqual({ COMPANY: "Needs Download" });
    await expect(other.process("COMPANY").set("x", [], "v")).rejects.toThrow("<PROTECT>");
    await closeAll(primary, other);
  });

  test("is made of an empty database too, where its journals are gone", async () => {
    const primary = await TestMember.open(temporaryDirectory());
    await primary.promote("A");
    await primary.mirrored("COMPANY");
    await primary.process("COMPANY").set("x", ["1"], "in a journal that will be purged");
    await primary.settle();
    const early = await TestMember.open(temporaryDirectory());
    await early.follow(primary);
    await primary.promote("A again");
    await primary.store.mirror.purgeJournal(primary.journal.end);
    const late = await TestMember.open(temporaryDirectory());
    const start = primary.journal.oldest;
    late.journal.receive(start, primary.journal.read(start, 1_000_000).bytes);
    await late.journal.flush();
    for (const member of [early, late]) {
      const isThere = (): Promise<boolean> => Promise.resolve(true);
      member.store.downloads.sources = { isThere, soon: () => undefined };
      await member.mirrored("COMPANY");
    }
    expect(early.statuses()).toEqual({ COMPANY: "Dejournaling" });
    expect(late.statuses()).toEqual({ COMPANY: "Needs Download" });
    await closeAll(primary, early, late);
  });

  test("is not made where nobody has a valid copy", async () => {
    const [primary, other] = await withWaiting();
    const directory = other.databaseDirectory("COMPANY");
    await other.store.mirroredDatabases.remove(directory);
    await other.store.deleteDatabase(directory);
    other.store.downloads.sources = {
      isThere: () => Promise.resolve(false),
      soon: () => undefined,
    };
    await expect(other.mirrored("COMPANY")).rejects.toThrow("#2105");
    expect(existsSync(`${directory}IRIS.DAT`)).toBe(false);
    await closeAll(primary, other);
  });
});

describe("a download", () => {
  test("gives one state of the file while writing goes on, and the copy follows from there", async () => {
    const [primary, other, copy] = await withWaiting();
    const writer = primary.process("COMPANY");
    const held = await heldBy(primary, copy);
    const before = await bytesOf(held);
    const target = await DownloadTarget.begin(copy.directory, held.bytes);
    let written = 0;
    await send(held, target, async () => {
      written += 1;
      // Uses pages again that were not sent yet.
      await writer.set("x", ["old"], String(written).repeat(500_000));
      await writer.set("x", ["during", String(written)], "y".repeat(2_500_000));
      await primary.settle();
    });
    // The journal would repair a mixture of old and new, so the bytes are compared too.
    expect((await bytesOf(held)).equals(before)).toBe(true);
    held.release();
    expect(written).toBeGreaterThan(5);
    await other.follow(primary);
    await other.store.downloads.moveIn(copy, target, held.standing);
    expect(other.statuses()).toEqual({ COMPANY: "Dejournaling" });
    expect(other.process("COMPANY").all("x")).toEqual(writer.all("x"));
    await writer.set("x", ["after"], "z");
    await primary.settle();
    await other.follow(primary);
    await other.restart();
    expect(other.process("COMPANY").all("x")).toEqual(writer.all("x"));
    expect(files(other)).not.toContain(unfinishedName);
    await closeAll(primary, other);
  });

  test("has its place for good, also when a kill comes before it is caught up", async () => {
    const [primary, other, copy] = await withWaiting();
    const held = await heldBy(primary, copy);
    const target = await DownloadTarget.begin(copy.directory, held.bytes);
    await send(held, target);
    held.release();
    await primary.process("COMPANY").set("x", ["later"], "1");
    await primary.settle();
    vi.spyOn(other.store.mirroredDatabases, "catchUp").mockRejectedValue(new Error("killed"));
    const moving = other.store.downloads.moveIn(copy, target, held.standing);
    await expect(moving).rejects.toThrow("killed");
    await other.restart();
    await other.follow(primary);
    expect(other.statuses()).toEqual({ COMPANY: "Dejournaling" });
    expect(other.process("COMPANY").all("x")).toEqual(primary.process("COMPANY").all("x"));
    await closeAll(primary, other);
  });

  test("takes along what was open, so that whoever leads next can undo it", async () => {
    const [primary, other, copy] = await withWaiting();
    const open = primary.process("COMPANY", 7);
    open.begin();
    await open.set("x", ["open"], "1");
    await primary.settle();
    const held = await heldBy(primary, copy);
    const target = await DownloadTarget.begin(copy.directory, held.bytes);
    await send(held, target);
    held.release();
    await other.follow(primary);
    await other.store.downloads.moveIn(copy, target, held.standing);
    expect(other.process("COMPANY").get("x", "open")).toBe("1");
    await other.promote("B");
    expect(other.process("COMPANY").get("x", "open")).toBeUndefined();
    expect(other.statuses()).toEqual({ COMPANY: "Normal" });
    await closeAll(primary, other);
  });

  test("two members share one state; a purge leaves it, a freeze takes it away", async () => {
    const [primary, other, copy] = await withWaiting();
    const one = await heldBy(primary, copy);
    await primary.process("COMPANY").set("x", ["1"], "later");
    await primary.settle();
    const two = await heldBy(primary, copy);
    expect(two.standing).toEqual(one.standing);
    one.release();
    await primary.store.mirror.purgeJournal(primary.journal.durable);
    expect(await two.read(0, 10)).toHaveLength(10);
    await primary.store.freeze();
    await expect(two.read(0, 10)).rejects.toThrow(CopyChanged);
    const { source } = primary.store.downloads;
    expect(await source.hold(copy.database, copy.databaseGuid)).toBeUndefined();
    two.release();
    await primary.store.thaw();
    const three = await heldBy(primary, copy);
    expect(three.standing).not.toEqual(one.standing);
    await primary.store.dismount(primary.databaseDirectory("COMPANY"));
    await expect(three.read(0, 10)).rejects.toThrow(CopyChanged);
    three.release();
    await closeAll(primary, other);
  });

  test("leaves the file of the giving member locked for other processes", async () => {
    const [primary, other, copy] = await withWaiting();
    const held = await heldBy(primary, copy);
    await held.read(0, 10);
    held.release();
    const path = `${primary.databaseDirectory("COMPANY")}IRIS.DAT`;
    const program = `new (require("node:sqlite").DatabaseSync)(${JSON.stringify(path)})
      .exec("pragma locking_mode = exclusive; begin immediate")`;
    const attempt = () => execFileSync(process.execPath, ["-e", program], { stdio: "pipe" });
    expect(attempt).toThrow("database is locked");
    await closeAll(primary, other);
  });
});

describe("a file that does not fit", () => {
  test("waits for the journal, and is refused once the history went another way", async () => {
    const [primary, other, copy] = await withWaiting();
    await primary.process("COMPANY").set("x", ["1"], "not yet there");
    const held = await heldBy(primary, copy);
    const { standing } = held;
    const { downloads } = other.store;
    expect(downloads.fits(standing)).toBe("wait");
    const lineage = "another primary's time";
    expect(downloads.fits({ ...standing, lineage })).toBe("never");
    const target = await DownloadTarget.begin(copy.directory, held.bytes);
    await send(held, target);
    await expect(downloads.moveIn(copy, target, standing)).rejects.toThrow("history");
    await target.discard();

    // The journal goes on without what the primary wrote last.
    await other.promote("B");
    expect(downloads.fits(standing)).toBe("never");
    expect(files(other).filter((name) => name.includes("download"))).toEqual([]);
    held.release();
    await closeAll(primary, other);
  });

  test("is refused when what was open at its place cannot be read here", async () => {
    const [primary, other, copy] = await withWaiting();
    const { mark, lineage } = (await heldBy(primary, copy)).standing;
    expect(other.store.downloads.fits({ mark, lineage })).toBe("ready");
    const transactionsFrom = { file: 0, offset: 5 };
    const early = { lineage, mark: { ...mark, transactionsFrom } };
    expect(other.store.downloads.fits(early)).toBe("never");
    await closeAll(primary, other);
  });

  test("is refused when it is of another database, or no longer wanted; nothing is left", async () => {
    const [primary, other, copy] = await withWaiting();
    const held = await heldBy(primary, copy);
    const { downloads } = other.store;
    const wrong = { ...copy, databaseGuid: "ANOTHER" };
    const first = await DownloadTarget.begin(copy.directory, held.bytes);
    await send(held, first);
    await expect(downloads.moveIn(wrong, first, held.standing)).rejects.toThrow("offered");
    const second = await DownloadTarget.begin(copy.directory, held.bytes);
    await send(held, second);
    held.release();
    await other.store.dismount(copy.directory);
    await expect(downloads.moveIn(copy, second, held.standing)).rejects.toThrow("#371");
    await second.discard();
    expect(files(other)).toEqual(["IRIS.DAT"]);
    await closeAll(primary, other);
  });

  test("has no place on a disk without room for it, and what a kill left is removed", async () => {
    const [primary, other, copy] = await withWaiting();
    const enormous = 2 ** 60;
    await expect(DownloadTarget.begin(copy.directory, enormous)).rejects.toThrow("has room for");
    writeFileSync(`${copy.directory}${unfinishedName}`, "half");
    other.store.downloads.tidy();
    expect(files(other)).not.toContain(unfinishedName);
    await closeAll(primary, other);
  });
});

/** A kill at any step of mounting, writing, freezing and dismounting: what is left is mounted with
 *  all that was committed, and a copy put over it keeps its own content. The directory is looked at
 *  behind each call of SQLite, and in the middle of each checkpoint. */

import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { DatabaseSync, StatementSync } from "node:sqlite";
import { afterEach, describe, expect, test, vi } from "vitest";
import { Database } from "./database.ts";
import { pageBytes } from "./database-file.ts";
import { encodeKey } from "./key.ts";
import type { Label } from "./label.ts";
import { fateOfLog, LockFile, readBase } from "./mounting.ts";
import { temporaryDirectory } from "./testing/places.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

const label: Label = {
  guid: "GUID",
  owner: "OWNER",
  own: undefined,
  mirror: undefined,
  mirrored: undefined,
  properties: {},
};

const keyOf = (number: number) => encodeKey("x", [String(number)]);

/** Commits the nodes first … last, each of them most of a page. */
function commit(database: Database, first: number, last: number): void {
  database.change(() => {
    for (let number = first; number <= last; number++) {
      database.nodes.set(keyOf(number), `${number} ${"v".repeat(5000)}`);
    }
  });
  database.commit();
}

/** How many nodes there are; they are whole, and the numbers from 1 on. */
function count(database: Database): number {
  let found = 0;
  while (database.nodes.get(keyOf(found + 1))?.startsWith(`${found + 1} v`) === true) found += 1;
  expect([...database.nodes.range(Buffer.alloc(0), Buffer.from([255]))]).toHaveLength(found);
  return found;
}

/** A directory as a kill would leave it. */
interface Left {
  readonly data: Buffer;
  readonly log: Buffer | undefined;
  readonly lock: Buffer | undefined;
  /** Nodes that were committed. */
  readonly committed: number;
}

const read = (path: string) => (existsSync(path) ? readFileSync(path) : undefined);

function lookAt(directory: string, committed: number): Left {
  return {
    data: readFileSync(`${directory}IRIS.DAT`),
    log: read(`${directory}IRIS.DAT-wal`),
    lock: read(`${directory}iris.lck`),
    committed,
  };
}

/** Mounts what was left. @returns how many nodes there are */
function mountLeft({ data, log, lock }: Left): number {
  const directory = temporaryDirectory();
  writeFileSync(`${directory}IRIS.DAT`, data);
  if (log !== undefined) writeFileSync(`${directory}IRIS.DAT-wal`, log);
  if (lock !== undefined) writeFileSync(`${directory}iris.lck`, lock);
  const database = Database.open(directory);
  const found = count(database);
  database.close();
  return found;
}

/** A database that was dismounted with ten nodes. @returns its directory */
function tenNodes(): string {
  const directory = temporaryDirectory();
  Database.create(directory, label);
  const database = Database.open(directory);
  commit(database, 1, 10);
  database.close();
  return directory;
}

/** A whole life of a mounted database, with what a kill would have left at each step of it.
 *  @returns also copies that were taken: dismounted before, frozen meanwhile */
function life(): { left: Left[]; dismounted: Buffer; frozen: Buffer; thawedAt: number } {
  const directory = tenNodes();
  const dismounted = readFileSync(`${directory}IRIS.DAT`);
  const left: Left[] = [];
  let committed = 10;
  const look = () => left.push(lookAt(directory, committed));
  const exec = Reflect.get<DatabaseSync, "exec">(DatabaseSync.prototype, "exec");
  vi.spyOn(DatabaseSync.prototype, "exec").mockImplementation(function (this: DatabaseSync, sql) {
    look();
    exec.call(this, sql);
    if (sql === "commit") committed = next;
    look();
  });
  const get = Reflect.get<StatementSync, "get">(StatementSync.prototype, "get");
  vi.spyOn(StatementSync.prototype, "get").mockImplementation(function (this: StatementSync, ...a) {
    const row = get.apply(this, a);
    look();
    return row;
  });
  let next = committed;
  const commitMore = (database: Database) => {
    next = committed + 10;
    commit(database, committed + 1, next);
  };
  const database = Database.open(directory);
  commitMore(database);
  database.checkpoint();
  commitMore(database);
  database.freeze();
  const frozen = readFileSync(`${directory}IRIS.DAT`);
  commitMore(database);
  database.thaw();
  commitMore(database);
  const thawedAt = left.length;
  database.checkpoint();
  commitMore(database);
  database.close();
  look();
  vi.restoreAllMocks();
  expect(committed).toBe(60);
  return { left, dismounted, frozen, thawedAt };
}

/** The states in the middle of the checkpoints: some pages are written, the log still there. */
function* halfWritten(left: readonly Left[]): Generator<Left, void, void> {
  for (const [index, before] of left.entries()) {
    const after = left[index + 1];
    if (after === undefined || before.data.equals(after.data)) continue;
    for (const pages of [1, 2, 5, 9]) {
      const written = after.data.subarray(0, pages * pageBytes);
      yield { ...before, data: Buffer.concat([written, before.data.subarray(written.length)]) };
    }
  }
}

describe("killed at any step", () => {
  test("a file is mounted with all that was committed", () => {
    const { left } = life();
    const half = [...halfWritten(left)];
    expect(half).toHaveLength(5 * 4);
    for (const state of [...left, ...half]) expect(mountLeft(state)).toBe(state.committed);
  });

  test("a copy that was dismounted before, or frozen, keeps its content", () => {
    const { left, dismounted, frozen, thawedAt } = life();
    // Before the first commit, what is there has the same content.
    for (const state of left) expect(mountLeft({ ...state, data: dismounted })).toBe(10);
    for (const state of left.slice(thawedAt)) {
      expect(mountLeft({ ...state, data: frozen })).toBe(30);
    }
  });

  test("a copy that was taken while it was mounted is refused once the file went on", () => {
    const { left } = life();
    const isMounted = (state: Left) => state.lock !== undefined && state.log !== undefined;
    const early = left.find((state) => isMounted(state) && state.committed === 20);
    const late = left.findLast((state) => isMounted(state) && state.committed === 50);
    if (early === undefined || late === undefined) throw new Error("no such step");
    expect(() => mountLeft({ ...late, data: early.data })).toThrow("it was not dismounted");
    expect(() => mountLeft({ ...early, log: undefined, lock: undefined })).toThrow("#350");
  });
});

test("a log whose file another process has open stays where it is", () => {
  const directory = tenNodes();
  const other = tenNodes();
  const holder = new DatabaseSync(`${directory}IRIS.DAT`);
  // A second connection of one process, as another process would be.
  holder.exec("pragma locking_mode = exclusive; begin immediate; delete from node; commit");
  const log = readFileSync(`${directory}IRIS.DAT-wal`);
  expect(log.length).toBeGreaterThan(0);
  copyFileSync(`${other}IRIS.DAT`, `${directory}IRIS.DAT`);
  expect(() => Database.open(directory)).toThrow("in use by another process");
  expect(readFileSync(`${directory}IRIS.DAT-wal`).equals(log)).toBe(true);
  expect(existsSync(`${directory}IRIS.DAT-wal.aside`)).toBe(false);
  holder.close();
});

test("what is not committed when a frozen file is thawed stays uncommitted and is kept", () => {
  const database = Database.open(tenNodes());
  database.freeze();
  database.change(() => {
    database.nodes.set(keyOf(11), "11 v");
  });
  database.thaw();
  database.commit();
  expect(count(database)).toBe(11);
  database.close();
});

test("a file that is cut off or no database is refused, and the log beside it left alone", () => {
  const directory = tenNodes();
  writeFileSync(`${directory}IRIS.DAT-wal`, "log");
  for (const content of ["", "x".repeat(200)]) {
    writeFileSync(`${directory}IRIS.DAT`, content);
    expect(() => Database.open(directory)).toThrow("#314");
    expect(readFileSync(`${directory}IRIS.DAT-wal`, "utf8")).toBe("log");
  }
});

describe("iris.lck", () => {
  test("names two bases, also when it is written over, and none when it is something else", () => {
    const directory = temporaryDirectory();
    const lock = new LockFile(directory);
    expect(lock.read()).toEqual([]);
    lock.write(1, 2 ** 31 - 1);
    expect(lock.read()).toEqual([1, 2 ** 31 - 1]);
    writeFileSync(`${directory}iris.lck`, "a text that is longer than two numbers\n");
    expect(lock.read()).toEqual([]);
    lock.write(3, 3);
    expect(readFileSync(`${directory}iris.lck`, "utf8")).toBe("00000003 00000003\n");
    lock.remove();
    expect(lock.read()).toEqual([]);
  });

  test("of an older version of this engine stands for a file without a number", () => {
    const directory = temporaryDirectory();
    writeFileSync(`${directory}iris.lck`, "4711\n");
    const mountedHere = new LockFile(directory).read();
    expect(fateOfLog({ id: 0, isWhole: true }, mountedHere)).toBe("apply");
    expect(fateOfLog({ id: 5, isWhole: true }, mountedHere)).toBe("drop");
  });
});

test("each mounting gives the file another number, and dismounting makes it whole", () => {
  const directory = tenNodes();
  const path = `${directory}IRIS.DAT`;
  const before = readBase(path);
  const database = Database.open(directory);
  // A copy: the descriptor of another reader would take the lock of the open file away.
  mkdirSync(`${directory}copy`);
  copyFileSync(path, `${directory}copy/IRIS.DAT`);
  const mounted = readBase(`${directory}copy/IRIS.DAT`);
  database.close();
  const after = readBase(path);
  expect([before?.isWhole, mounted?.isWhole, after?.isWhole]).toEqual([true, false, true]);
  expect(new Set([before?.id, mounted?.id, after?.id]).size).toBe(3);
});

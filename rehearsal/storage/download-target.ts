/** The file of a download on its way: beside its place, under a name nobody mounts, until all of
 *  it is there and checked. What an interruption leaves is overwritten by the next attempt. */

import { rmSync, renameSync } from "node:fs";
import { open, statfs, type FileHandle } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { databaseFileName } from "./database-file.ts";
import { DownloadFailure } from "./download-types.ts";
import { syncDirectory, syncFile } from "./journal-file.ts";
import { labelRows, readLabel, type Label } from "./label.ts";

/** Name of the unfinished file. */
export const unfinishedName = `${databaseFileName}.download`;

/** Removes what an interrupted download left. */
export function removeUnfinished(directory: string): void {
  for (const suffix of ["", "-wal", "-shm", "-journal"]) {
    rmSync(`${directory}${unfinishedName}${suffix}`, { force: true });
  }
}

/** One unfinished file. */
export class DownloadTarget {
  readonly path: string;
  private readonly directory: string;
  private readonly handle: FileHandle;
  private written = 0;

  private constructor(directory: string, handle: FileHandle) {
    this.directory = directory;
    this.path = `${directory}${unfinishedName}`;
    this.handle = handle;
  }

  /** Begins anew.
   *  @throws DownloadFailure where there is no room: a disk that is full to the brim would stop the
   *    journal of this member too */
  static async begin(directory: string, bytes: number): Promise<DownloadTarget> {
    removeUnfinished(directory);
    const { bavail, bsize } = await statfs(directory);
    if (bavail * bsize < bytes) {
      throw new DownloadFailure(
        `${directory} has room for ${bavail * bsize} bytes, the file has ${bytes}`,
      );
    }
    const handle = await open(`${directory}${unfinishedName}`, "wx");
    return new DownloadTarget(directory, handle);
  }

  /** Appends. @throws Error of the file system */
  async write(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      const left = bytes.length - done;
      const { bytesWritten } = await this.handle.write(bytes, done, left, this.written);
      done += bytesWritten;
      this.written += bytesWritten;
    }
  }

  /** The file is whole: makes it durable. */
  async finish(): Promise<void> {
    await this.handle.sync();
    await this.handle.close();
  }

  /** Changes the label in the finished file.
   *  @param change gives what differs; whatever it throws refuses the file
   *  @throws StatusError 314 when it is no database */
  relabel(change: (label: Label) => Partial<Label>): void {
    const sqlite = new DatabaseSync(this.path);
    try {
      sqlite.exec("pragma locking_mode = exclusive");
      const label = readLabel(sqlite, this.path);
      const update = sqlite.prepare("update label set value = ? where name = ?");
      sqlite.exec("begin immediate");
      for (const [name, value] of labelRows({ ...label, ...change(label) })) {
        update.run(value, name);
      }
      sqlite.exec("commit");
    } finally {
      sqlite.close();
    }
    syncFile(this.path);
  }

  /** Puts the file in its place, from where the former one was dismounted. */
  moveIn(): void {
    for (const suffix of ["-wal", "-shm"]) {
      rmSync(`${this.directory}${databaseFileName}${suffix}`, { force: true });
    }
    renameSync(this.path, `${this.directory}${databaseFileName}`);
    syncDirectory(this.directory);
  }

  /** Leaves nothing of it. After `moveIn` there is nothing to remove. */
  async discard(): Promise<void> {
    await this.handle.close().catch(() => undefined);
    removeUnfinished(this.directory);
  }
}

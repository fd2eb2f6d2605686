/** Copies what is appended to a log file to standard output, as iris-main does. */

import { closeSync, fstatSync, openSync, readSync, watch, type FSWatcher } from "node:fs";

const chunkBytes = 64 * 1024;

/** Follows one file from its present end. */
export class LogTail {
  private readonly handle: number;
  private readonly watcher: FSWatcher;
  private position: number;
  private readonly out: (bytes: Buffer) => void;

  /** @throws the file system's error when the file is not there: fatal for iris-main. */
  constructor(file: string, out: (bytes: Buffer) => void) {
    this.out = out;
    this.handle = openSync(file, "r");
    this.position = fstatSync(this.handle).size;
    this.watcher = watch(file, () => this.copy());
  }

  /** Copies what is there now. */
  copy(): void {
    const bytes = Buffer.allocUnsafe(chunkBytes);
    for (;;) {
      const length = readSync(this.handle, bytes, 0, chunkBytes, this.position);
      if (length === 0) return;
      this.position += length;
      this.out(Buffer.from(bytes.subarray(0, length)));
    }
  }

  close(): void {
    this.copy();
    this.watcher.close();
    closeSync(this.handle);
  }
}

/** Files as devices: `open file:"WNS"`, `use file`, `write`, `read`, `close`.
 *  Source: GIOD (sequential files; modes N new, W write, R read, S stream). */

import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import type { Device, Running } from "../../objectscript/host.ts";
import { ObjectScriptError } from "../../objectscript/errors.ts";

/** One open file. Reading takes the file as it was when it was opened. */
export class FileDevice implements Device {
  readonly name: string;
  column = 0;
  private readonly handle: number;
  private readonly lines: string[];

  /** @throws ObjectScriptError `<NOTOPEN>` when the file cannot be opened that way. */
  constructor(name: string, mode: string) {
    this.name = name;
    const letters = mode.toUpperCase();
    const isWritten = letters.includes("W");
    try {
      this.lines = isWritten ? [] : linesOf(readFileSync(name, "utf8"));
      this.handle = openSync(name, isWritten ? (letters.includes("N") ? "w" : "a") : "r");
    } catch {
      throw new ObjectScriptError("<NOTOPEN>", name);
    }
  }

  write(text: string): void {
    writeSync(this.handle, text);
  }

  // eslint-disable-next-line require-yield -- a file never keeps its reader waiting
  *readLine(): Running<string | undefined> {
    return this.lines.shift();
  }

  close(): void {
    closeSync(this.handle);
  }
}

function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

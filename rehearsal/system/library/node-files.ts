/** The file system below this process. */

import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  unlinkSync,
} from "node:fs";
import { copyFile } from "node:fs/promises";
import type { FileFacts, Files } from "./environment.ts";

/** True when the action went through; a refusal of the operating system is an answer here. */
function succeeds(action: () => void): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}

function facts(path: string): FileFacts | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  return {
    kind: found.isDirectory() ? "directory" : "file",
    sizeBytes: found.size,
    modifiedEpochMs: found.mtimeMs,
    createdEpochMs: found.birthtimeMs,
  };
}

/** Files of the operating system. */
export const nodeFiles: Files = {
  facts(path) {
    try {
      return facts(path);
    } catch {
      return undefined;
    }
  },
  names(directory) {
    try {
      return readdirSync(directory).sort();
    } catch {
      return undefined;
    }
  },
  readText(path) {
    try {
      return readFileSync(path, "utf8");
    } catch {
      return undefined;
    }
  },
  makeDirectory: (path) => succeeds(() => mkdirSync(path)),
  removeFile: (path) => succeeds(() => unlinkSync(path)),
  removeDirectory: (path) => succeeds(() => rmdirSync(path)),
  removeTree: (path) => succeeds(() => rmSync(path, { recursive: true })),
  rename: (from, to) => succeeds(() => renameSync(from, to)),
  async copy(from, to) {
    try {
      await copyFile(from, to);
      return true;
    } catch {
      return false;
    }
  },
};

/** What counts as an instance in a data directory. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { holdsInstance } from "./data-directory.ts";

const directory = `${mkdtempSync(join(tmpdir(), "data-"))}/`;
afterAll(() => rmSync(directory, { recursive: true }));

it.each([
  ["nothing", [], false],
  ["an empty volume on mgr", ["mgr/"], false],
  ["a new file system on mgr", ["mgr/lost+found/"], false],
  ["a volume on the journals", ["mgr/journal/lost+found/"], false],
  ["a log of a start that failed", ["mgr/messages.log"], false],
  ["a database", ["mgr/IRIS.DAT"], true],
  ["journals", ["mgr/journal/20261128.001"], true],
])("%s: %j", (_, paths, holds) => {
  rmSync(`${directory}mgr`, { recursive: true, force: true });
  for (const path of paths) {
    mkdirSync(join(directory, path.slice(0, path.lastIndexOf("/") + 1)), { recursive: true });
    if (!path.endsWith("/")) writeFileSync(join(directory, path), "");
  }
  expect(holdsInstance(directory)).toBe(holds);
});

/** A disk that takes nothing is not the writer's trouble. Not shown here: a file system that is
 *  full; the drills have one. */

import { mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { MessagesLog } from "./messages-log.ts";

let folder = "";
beforeEach(() => {
  folder = `${mkdtempSync(join(tmpdir(), "messages-"))}/`;
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

it("keeps lines the disk did not take, and writes them before the next", () => {
  const log = new MessagesLog(folder);
  // Nothing can be appended to a folder.
  mkdirSync(`${folder}messages.log`);
  log.write(0, "Utility.Event", "first");
  log.write(2, "Generic.Event", "second");
  rmdirSync(`${folder}messages.log`);
  log.write(0, "Utility.Event", "third");

  const texts = readFileSync(`${folder}messages.log`, "utf8").trim().split("\n");
  expect(texts.map((line) => line.split("] ")[1])).toEqual(["first", "second", "third"]);
  expect(readFileSync(`${folder}alerts.log`, "utf8")).toContain("second");
});

/** What iris-main watches while the container runs: merge files and the licence key. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { InstanceDown } from "../control/client.ts";
import { eventually } from "../mirror/testing/wait.ts";
import { LicenseKey } from "./license-key.ts";
import { MergeWatch } from "./merge-watch.ts";

const directory = `${mkdtempSync(join(tmpdir(), "iris-main-"))}/`;
afterAll(() => rmSync(directory, { recursive: true }));

it("a merge file is merged again when it holds something else", async () => {
  const file = `${directory}merge.cpf`;
  const merged: string[] = [];
  let isUp = true;
  writeFileSync(file, "one");
  const said: string[] = [];
  const merge = (path: string) => {
    const text = readFileSync(path, "utf8");
    if (!isUp) return Promise.reject(new InstanceDown("down"));
    if (text === "broken") return Promise.reject(new Error("no answer"));
    merged.push(text);
    return Promise.resolve(1);
  };
  const watch = new MergeWatch([file], merge, { error: (line) => void said.push(line) });
  await watch.look();
  rmSync(file);
  await watch.look();
  expect(merged).toEqual([]);

  writeFileSync(file, "two");
  watch.begin();
  await eventually("it is merged", () => merged.length === 1);
  watch.end();
  await watch.look();
  expect(merged).toEqual(["two"]);

  writeFileSync(file, "three");
  isUp = false;
  await watch.look();
  isUp = true;
  await watch.look();
  await watch.look();
  expect(merged).toEqual(["two", "three"]);
  expect(said).toEqual([]);

  writeFileSync(file, "broken");
  await watch.look();
  await watch.look();
  expect(said).toEqual([`Merge file ${file} has changed and was not merged: Error: no answer`]);
});

it("a changed key is copied beside the instance", async () => {
  const file = `${directory}my.key`;
  const said: string[] = [];
  const say = (text: string) => void said.push(text);
  const log = { info: say, error: say };
  const key = new LicenseKey(file, { managerDirectory: directory }, log);
  const placed = () => readFileSync(`${directory}iris.key`, "utf8");
  expect(() => key.place()).toThrow(`License key ${file} cannot be read`);

  writeFileSync(file, "[first]");
  key.place();
  expect(placed()).toBe("[first]");
  rmSync(file);
  key.look();
  expect(placed()).toBe("[first]");

  writeFileSync(file, "[second]");
  key.begin();
  await eventually("it is copied", () => placed() === "[second]");
  key.end();
  key.look();
  expect(said).toEqual([`License key ${file} has changed and was copied`]);

  rmSync(`${directory}iris.key`);
  mkdirSync(`${directory}iris.key`);
  writeFileSync(file, "[third]");
  key.look();
  key.look();
  expect(said.slice(1).join()).toMatch(/^License key .* was not copied: Error: EISDIR/);
  expect(said).toHaveLength(2);
});

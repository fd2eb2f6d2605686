import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { forgetStack, hasResources, mayExist } from "./stack-files.mjs";

let backend = "";
const environment = () => ({ PULUMI_BACKEND_URL: `file://${backend}?metadata=skip` });
const states = () => join(backend, ".pulumi/stacks/iris-mirror");

function write(path: string, text = "{}"): void {
  const file = join(backend, ".pulumi", path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

beforeEach(() => {
  backend = mkdtempSync(join(tmpdir(), "stack-files-"));
});

afterEach(() => rmSync(backend, { recursive: true }));

it("a stack whose state is not there does not exist, and has nothing", () => {
  expect(mayExist(environment(), "a")).toBe(false);
  expect(hasResources(environment(), "a")).toBe(false);
});

it("a backend elsewhere cannot be looked into", () => {
  const elsewhere = { PULUMI_BACKEND_URL: "s3://bucket" };

  expect(mayExist(elsewhere, "a")).toBe(true);
  expect(hasResources(elsewhere, "a")).toBe(true);
});

it("of a stack that is gone nothing is kept, and of others everything", () => {
  for (const name of ["a", "ab"]) {
    write(`stacks/iris-mirror/${name}.json.bak`);
    write(`stacks/iris-mirror/${name}.json.bak.attrs`);
    write(`history/iris-mirror/${name}/${name}-1.history.json`);
    write(`backups/iris-mirror/${name}/${name}.1.json`);
  }

  forgetStack(environment(), "organization/iris-mirror/a");

  expect(readdirSync(states())).toEqual(["ab.json.bak", "ab.json.bak.attrs"]);
  expect(readdirSync(join(backend, ".pulumi/history/iris-mirror"))).toEqual(["ab"]);
  expect(readdirSync(join(backend, ".pulumi/backups/iris-mirror"))).toEqual(["ab"]);
});

it("of a stack that is there everything is kept", () => {
  write("stacks/iris-mirror/a.json", '{"checkpoint":{"latest":{"resources":[{}]}}}');
  write("stacks/iris-mirror/a.json.bak");

  forgetStack(environment(), "a");

  expect(existsSync(join(states(), "a.json.bak"))).toBe(true);
  expect(hasResources(environment(), "a")).toBe(true);
});

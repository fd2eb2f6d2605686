/** A log that a killed instance left beside IRIS.DAT belongs to that file alone: it recovers it,
 *  and is never applied to a file somebody copied over it. Real processes, killed, real files. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, test, vi } from "vitest";
import { slowMs } from "./testing/budgets.ts";
import { addDatabases, openInstance, TestProcess } from "./testing/instances.ts";
import { temporaryDirectory } from "./testing/places.ts";

vi.setConfig({ testTimeout: slowMs });

const place = (directory: string): string => `${directory}db/company/`;
const file = (directory: string): string => `${place(directory)}IRIS.DAT`;

/** An instance writes COMPANY's nodes and is killed. */
async function writeAndKill(directory: string, first: number, last: number): Promise<void> {
  const worker = fileURLToPath(new URL("./testing/kill-worker.ts", import.meta.url));
  const child = spawn(process.execPath, [worker, directory, String(first), String(last)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === "ready") child.kill("SIGKILL");
  }
  await ended;
  expect(child.signalCode).toBe("SIGKILL");
  expect(statSync(`${file(directory)}-wal`).size).toBeGreaterThan(10_000);
}

/** A database that was dismounted, with these values of ^x. @returns path of its file */
async function dismountedFile(values: readonly string[]): Promise<string> {
  const directory = temporaryDirectory();
  const { store } = await openInstance(directory);
  await addDatabases(store, directory, "COMPANY");
  const writer = new TestProcess(store, "COMPANY");
  for (const [index, value] of values.entries()) await writer.set("x", [String(index)], value);
  await store.close();
  return file(directory);
}

/** Starts the instance. @returns the values of ^x in COMPANY and its messages */
async function contentAfterStart(
  directory: string,
): Promise<{ values: string[]; messages: string[] }> {
  const { store, messages } = await openInstance(directory);
  const values = new TestProcess(store, "COMPANY").all("x").map(([, value]) => value.split(" ")[0]);
  await store.close();
  return { values: values.map((value) => value ?? ""), messages };
}

const numbers = (first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, index) => String(first + index));

describe("an instance was killed", () => {
  test("and another database's file copied over its own: the content is the copy's", async () => {
    const directory = temporaryDirectory();
    await writeAndKill(directory, 1, 60);
    const other = numbers(1000, 1400).map((value) => `${value} other`);
    copyFileSync(await dismountedFile(other), file(directory));

    const { values, messages } = await contentAfterStart(directory);
    expect(values).toEqual(numbers(1000, 1400));
    expect(messages.join("\n")).toMatch(/1 .*db\/company\/IRIS\.DAT is another file.*removed/);
    expect(existsSync(`${file(directory)}-wal`)).toBe(false);
  });

  test("and an older dismounted copy of its own file put back: it stays that old", async () => {
    const directory = temporaryDirectory();
    await writeAndKill(directory, 1, 20);
    expect((await contentAfterStart(directory)).values).toEqual(numbers(1, 20));
    const copy = `${directory}copy`;
    copyFileSync(file(directory), copy);
    await writeAndKill(directory, 21, 80);
    copyFileSync(copy, file(directory));

    expect((await contentAfterStart(directory)).values).toEqual(numbers(1, 20));
  });

  test("and nothing copied: the log recovers the file", async () => {
    const directory = temporaryDirectory();
    await writeAndKill(directory, 1, 40);
    const { values, messages } = await contentAfterStart(directory);
    expect(values).toEqual(numbers(1, 40));
    expect(messages.join("\n")).not.toContain("another file");
  });
});

describe("a copy taken while its database was mounted", () => {
  test("is refused, beside it and elsewhere, and nothing is changed", async () => {
    const directory = temporaryDirectory();
    await writeAndKill(directory, 1, 30);
    const { store } = await openInstance(directory);
    const target = `${directory}db/target/`;
    mkdirSync(target);
    copyFileSync(file(directory), `${target}IRIS.DAT`);
    const before = readFileSync(`${target}IRIS.DAT`);
    await expect(store.mount(target)).rejects.toThrow(
      /ERROR #350: Failed to mount .*it was not dismounted/,
    );
    expect(readFileSync(`${target}IRIS.DAT`).equals(before)).toBe(true);
    await store.close();
  });

  test("is taken when it was frozen", async () => {
    const directory = temporaryDirectory();
    await writeAndKill(directory, 1, 30);
    const { store } = await openInstance(directory);
    const target = `${directory}db/target/`;
    mkdirSync(target);
    await store.freeze();
    await new TestProcess(store, "COMPANY").set("x", ["31"], "31 during the freeze");
    copyFileSync(file(directory), `${target}IRIS.DAT`);
    await store.thaw();
    store.configuration.set("Databases", "TARGET", target);
    store.configuration.set("Namespaces", "TARGET", "TARGET");
    await store.mount(target);
    expect(new TestProcess(store, "TARGET").all("x")).toHaveLength(30);
    await store.close();
  });
});

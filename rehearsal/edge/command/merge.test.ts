/** `iris merge` from the words of the command to the instance and back. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { profileOf } from "../../profile.ts";
import { TestInstance } from "../../system/testing/test-instance.ts";
import { startControlServer } from "../control/server.ts";
import { serveMerge } from "../daemon/merges.ts";
import { placesFrom } from "../places.ts";
import { filesToMerge, mergeFiles } from "./merge.ts";

const directory = mkdtempSync(join(tmpdir(), "iris-merge-"));
const places = placesFrom({ IRISSYS: directory, ISC_DATA_DIRECTORY: "/data" });
const ended: (() => unknown)[] = [];

beforeAll(async () => {
  const instance = await TestInstance.start("2026.1");
  const server = await startControlServer(places.controlSocket, {
    merge: (request, talk) => serveMerge(instance.merging(), request, talk),
  });
  ended.push(
    () => server.close(),
    () => instance[Symbol.asyncDispose](),
  );
});
afterAll(async () => {
  for (const end of ended) await end();
  rmSync(directory, { recursive: true });
});

function written(name: string, ...lines: string[]): string {
  const file = join(directory, name);
  writeFileSync(file, `${lines.join("\r\n")}\r\n`);
  return file;
}

/** Exit status and what was printed. */
async function merged(...files: string[]): Promise<{ status: number; shown: string }> {
  let shown = "";
  const print = vi.spyOn(process.stdout, "write").mockImplementation((bytes) => {
    shown += String(bytes);
    return true;
  });
  try {
    return { status: await mergeFiles(places, files), shown };
  } finally {
    print.mockRestore();
  }
}

const good = () => written("good.cpf", "[Actions]", "CreateNamespace:Name=A,Globals=USER");
const bad = () => written("bad.cpf", "[Actions]", "", "CreateNamespace:Name=B,Globals=NO");

it("exits with 0 and a line without the word ERROR for what was merged", async () => {
  const { status, shown } = await merged(good());
  expect(status).toBe(0);
  expect(shown).toMatch(/^Merged .*good\.cpf into .*iris\.cpf\n$/);
});

it("shows what code writes that a file executes", async () => {
  const load = "Namespace=USER,ClassName=%SYSTEM.OBJ,MethodName=Load";
  const { status, shown } = await merged(
    written("code.cpf", "[Actions]", `Execute:${load},Arg1=/nowhere.cls`),
  );
  expect(status).toBe(1);
  expect(shown).toMatch(/\/nowhere\.cls[^]*ERROR #507: Action 'Execute' failed at line 2/);
});

it("exits with 1 at the first that fails and names its line", async () => {
  const never = written("never.cpf", "[Actions]", "CreateNamespace:Name=NEVER,Globals=USER");
  const { status, shown } = await merged(bad(), never);
  expect(status).toBe(1);
  expect(shown).toContain("ERROR #507: Action 'CreateNamespace' failed at line 3,");
  expect(shown).not.toContain("Merged");
});

it("merges nothing when one of the files cannot be read", async () => {
  await expect(merged(good(), join(directory, "none.cpf"))).rejects.toThrow("cannot be read");
});

it("takes the file of the environment when none is named, and no other target", () => {
  const around = (release: string, ISC_CPF_MERGE_FILE?: string) => ({
    places,
    profile: profileOf(release),
    environment: { ISC_CPF_MERGE_FILE },
  });
  expect(filesToMerge([], around("2026.1", "/a.cpf,,/b.cpf"))).toEqual(["/a.cpf", "/b.cpf"]);
  expect(filesToMerge([], around("2022.1", "/a.cpf,/b.cpf"))).toEqual(["/a.cpf,/b.cpf"]);
  expect(filesToMerge(["/c.cpf", "/data/iris.cpf"], around("2026.1", "/a.cpf"))).toEqual([
    "/c.cpf",
  ]);
  expect(() => filesToMerge([], around("2026.1"))).toThrow("No merge file");
  expect(() => filesToMerge(["/c.cpf", "/x/iris.cpf"], around("2026.1"))).toThrow(
    "not simulated: merging into /x/iris.cpf",
  );
});

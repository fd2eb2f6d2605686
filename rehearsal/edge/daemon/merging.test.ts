/** Merge files at the start of an instance and while it runs, and merges that come together. */

import { rmSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { eventually } from "../mirror/testing/wait.ts";
import { NullDevice } from "./session-device.ts";
import { TestInstance } from "../../system/testing/test-instance.ts";
import { MergeWatch } from "./merge-watch.ts";

/** What the log is told when files of these texts are merged at a start. */
async function logged(instance: TestInstance, ...texts: (string | undefined)[]) {
  const lines: string[] = [];
  const log = {
    write: (severity: number, _: string, text: string) => void lines.push(`${severity} ${text}`),
  };
  const files = texts.map((text, index) => {
    const file = `${instance.directory}${index}.cpf`;
    if (text !== undefined) writeFileSync(file, text);
    return file;
  });
  await new MergeWatch({ files, merging: instance.merging({ log }), log }).atStart();
  return lines.map((line) => line.replaceAll(instance.directory, "/"));
}

it("a start goes on without a file that is missing and behind an action that fails", async () => {
  await using instance = await TestInstance.start("2026.1");
  const failing = "[Actions]\nCreateNamespace:Name=A,Globals=NO\n";
  const good = "[Actions]\nCreateNamespace:Name=B,Globals=USER\n";
  expect(await logged(instance, undefined, failing, good)).toEqual([
    "1 Merge file /0.cpf cannot be read",
    "1 ERROR #503: Error executing [Actions] section in file /1.cpf",
    "1 ERROR #507: Action 'CreateNamespace' failed at line 2," +
      " Method Config.CPF:CreateOneNamespace(), Error=ERROR #420: Database NO does not exist",
    "0 Merged /2.cpf into /iris.cpf",
  ]);
});

it("a start ends with a file this engine cannot do, by its line", async () => {
  await using instance = await TestInstance.start("2026.1");
  const beyond = "[Actions]\n\nCreateDocDB:Name=A\n";
  await expect(logged(instance, beyond)).rejects.toThrow(
    "0.cpf, line 3: not simulated: action CreateDocDB",
  );
});

it("merges that come together are done one after the other", async () => {
  await using instance = await TestInstance.start("2026.1");
  const merging = instance.merging();
  const create = (name: string, on: string) =>
    merging.merge(
      { path: `/${name}`, text: `[Actions]\nCreateNamespace:Name=${name},Globals=${on}` },
      new NullDevice(),
    );
  const database =
    `[Actions]\nExecute:Namespace=%SYS,ClassName=%SYSTEM.Status,MethodName=OK\n` +
    `CreateDatabase:Name=LATE,Directory=${instance.directory}late`;
  const first = merging.merge({ path: "/first", text: database }, new NullDevice());
  const outcomes = await Promise.all([first, create("NEXT", "LATE"), create("BAD", "NO")]);
  expect(outcomes.map(({ isMerged }) => isMerged)).toEqual([true, true, false]);
});

it("a file is merged again when it holds something else, while the instance runs", async () => {
  await using instance = await TestInstance.start("2026.1");
  const merged: string[] = [];
  const log = { write: (_: number, __: string, text: string) => void merged.push(text) };
  const file = `${instance.directory}watched.cpf`;
  const hold = (text: string) => writeFileSync(file, text);
  const watch = new MergeWatch({ files: [file], merging: instance.merging({ log }), log });
  const create = (name: string) => `[Actions]\nCreateNamespace:Name=${name},Globals=USER\n`;

  hold(create("ONE"));
  await watch.atStart();
  await watch.look();
  expect(merged).toHaveLength(1);
  rmSync(file);
  await watch.look();
  expect(merged).toHaveLength(1);

  hold(create("TWO"));
  watch.begin();
  const exists = 'write ##class(Config.Namespaces).Exists("TWO")';
  await eventually("it is merged", () => merged.length === 2);
  watch.end();
  expect(await instance.lines("%SYS", exists)).toEqual(["1"]);

  hold("[Actions]\nCreateDocDB:Name=A\n");
  await watch.look();
  await watch.look();
  expect(merged.slice(2)).toEqual([`${file}, line 2: not simulated: action CreateDocDB`]);
});

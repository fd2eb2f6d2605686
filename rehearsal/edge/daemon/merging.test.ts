/** Merge files at the start of an instance, and merges that come together. */

import { writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { NullDevice } from "./session-device.ts";
import { TestInstance } from "../../system/testing/test-instance.ts";
import { mergeAtStart } from "./merge-at-start.ts";

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
  await mergeAtStart(files, { merging: instance.merging({ log }), log });
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

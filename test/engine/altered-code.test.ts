/** The lines by which the steps keep and compare the text of install/cls, on this engine. */

import { writeFileSync } from "node:fs";
import { afterEach, expect, it, vi } from "vitest";
import { alteredLines, keepTextLines } from "../../operate/altered-code.ts";
import { testPatience } from "../../rehearsal/edge/mirror/testing/wait.ts";
import { endAll, prepared } from "../../rehearsal/system/testing/installed.ts";

vi.setConfig(testPatience);
afterEach(endAll);

it("a class that was changed or deleted is named, others are not", async () => {
  const one = await prepared();
  const files = ["Call", "Record", "Going"].map((name) => ({
    ...{ path: `ZIrisMirror/${name}.cls`, content: "" },
  }));
  await one.lines("%SYS", ...keepTextLines(files));
  const asked = async () =>
    (await one.lines("%SYS", "set o={}", ...alteredLines, "write o.%ToJSON()")).at(-1);
  expect(await asked()).toBe('{"altered":""}');

  await one.lines("%SYS", 'do $system.OBJ.Delete("ZIrisMirror.Record")');
  const file = `${one.directory}Going.cls`;
  writeFileSync(file, "Class ZIrisMirror.Going { ClassMethod Mine() { quit 1 } }");
  await one.lines("%SYS", `do $system.OBJ.Load("${file}","ck-d")`);
  expect(await asked()).toBe('{"altered":"ZIrisMirror.Going ZIrisMirror.Record"}');
});

/** What breaks scripts that pipe lines into a session. The numbers are those of the table in
 *  rehearsal/README.md. */

import { expect, it } from "vitest";
import { answer, runLines } from "../testing/session.ts";

it("trap 12: a session ends with 0 whatever failed, unless it is told otherwise", async () => {
  const failing = ["set sc=$system.Status.Error(5001,1)", "write undefined", "write 1/0"];
  expect((await runLines([...failing, "halt"])).status).toBe(0);
  const told = "if 'sc do $system.OBJ.DisplayError(sc) do $system.Process.Terminate(,1)";
  expect((await runLines([...failing, told, "halt"])).status).toBe(1);
});

it("trap 13: blocks over several lines and macros are no commands", async () => {
  const { output } = await runLines(["for i=1:1:2 {", "write i", "}", "halt"]);
  expect(output.match(/<SYNTAX>/g)).toHaveLength(2);
  expect(await answer("if $$$ISOK(1) write 1")).toContain("<SYNTAX>");
});

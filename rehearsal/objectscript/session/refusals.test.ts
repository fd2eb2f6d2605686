/** What the product has and this engine does not: always said, never a success. */

import { describe, expect, it } from "vitest";
import { answer, runLines } from "../testing/session.ts";

describe("something not simulated", () => {
  it("says so and leaves a status that is no success", async () => {
    const { output, status } = await runLines(["break", "halt"]);
    expect(output).toContain("\nnot simulated: command BREAK\n");
    expect(status).toBe(1);
  });

  it("is refused every time, and no status of the program's own hides it", async () => {
    const lines = ["set x=##class(%Net.HttpRequest).%New()"];
    const { output, status } = await runLines([
      ...lines,
      ...lines,
      "do $system.Process.Terminate(,0)",
    ]);
    expect(output.match(/not simulated: class %Net.HttpRequest/g)).toHaveLength(2);
    expect(status).toBe(1);
  });

  it("cannot be caught by the program", async () => {
    const line = 'try { write $zseek("x") } catch e { write "caught" }';
    expect(await answer(line)).toBe("\nnot simulated: $zseek");
  });

  it.each([
    ["&sql(SELECT 1)", "embedded SQL (&sql)"],
    ["do", "argumentless DO (block with dots)"],
    ["zload x", "command ZLOAD"],
    ["view 1", "command VIEW"],
    ["write $zsearch(1)", "$zsearch"],
    ["set x=##class(%Library.Persistent).%New()", "class %Library.Persistent"],
    ["set x=##class(%Installer.Manifest).%New()", "class %Installer.Manifest"],
    ["set x=##class(%Stream.GlobalCharacter).%New()", "class %Stream.GlobalCharacter"],
    ['set s=##class(%SQL.Statement).%New() do s.%Prepare("select 1")', "SQL (select 1 …)"],
    ['lock ^a#"S"', 'LOCK of type "S"'],
    ["goto label^ROU", "GOTO label^ROU"],
    ['set $namespace="%SYS" do ^MIRROR', "routine ^MIRROR"],
    ["do ^%SS", "routine ^%SS"],
    ["set t=##class(%SYS.Task).%New() // trap 24", "class %SYS.Task"],
    ['open "|TCP|1"', "OPEN of device |TCP|1"],
  ])("%s is refused by name", async (line, what) => {
    expect(await answer(line)).toBe(`\nnot simulated: ${what}`);
  });
});

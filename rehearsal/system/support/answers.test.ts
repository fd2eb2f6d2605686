/** What the engine does not have is never a status that a script may overlook. */

import { expect, it } from "vitest";
import { sharedInstance } from "../testing/shared-instance.ts";

const instance = sharedInstance();

it.for([
  ["encrypted databases", '##class(SYS.Database).CreateDatabase("/none/",,,1)'],
  ["a way of purging", "##class(SYS.Mirror).PurgeJournalFiles(1)"],
])("%s: said, and the process fails", async ([, entry = ""]) => {
  const { output, status } = await instance.direct("%SYS", entry);
  expect(output).toContain("not simulated: ");
  expect(status).toBe(1);
});

it("nor when a part that knows no programs refuses it", async () => {
  const enable = 'set p("Enabled")=1 do ##class(Security.Services).Modify("%Service_Mirror",.p)';
  const create = 'set m("UseSSL")=1 set sc=##class(SYS.Mirror).CreateNewMirrorSet("MIR","ONE",.m)';

  expect((await instance.lines("%SYS", enable, create))[1]).toBe("not simulated: UseSSL");
});

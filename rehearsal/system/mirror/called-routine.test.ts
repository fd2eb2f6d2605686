/** `^ZMIRROR`, the routine of a site that the product calls when roles change. */

import { writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { sharedInstance } from "../testing/shared-instance.ts";

const instance = sharedInstance();

it("is refused by name in %SYS, and a routine like any other elsewhere", async () => {
  const file = `${instance.directory}z.mac`;
  writeFileSync(file, "ROUTINE ZMIRROR\nCheckBecomePrimaryOK() quit 0\n");
  const load = `write $system.OBJ.Load("${file}","ck-d")`;

  expect((await instance.lines("%SYS", load)).join("")).toContain(
    "not simulated: the routine ^ZMIRROR",
  );
  expect((await instance.lines("USER", load)).join("")).not.toContain("not simulated");
});

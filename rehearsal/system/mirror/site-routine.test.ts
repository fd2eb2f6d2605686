/** `^ZMIRROR`, the routine of a site, loaded as any routine is, and called by the mirror. */

import { writeFileSync } from "node:fs";
import { expect, it, vi } from "vitest";
import { testPatience } from "../../edge/mirror/testing/wait.ts";
import { serviceOn } from "../testing/app-database.ts";
import { sharedInstance } from "../testing/shared-instance.ts";

vi.setConfig(testPatience);
const instance = sharedInstance();

const source = `ROUTINE ZMIRROR
CanNodeStartToBecomePrimary() public {
  set ^SITE($increment(^SITE))="can"
  quit 1
}
CheckBecomePrimaryOK() public {
  set ^SITE($increment(^SITE))="check in "_$namespace
  lock +^SITE
  quit 1
}
NotifyBecomePrimary() public {
  set ^SITE($increment(^SITE))="primary "_$system.Mirror.IsPrimary()
}
`;

it("is loaded into %SYS, asked, and told in a process of its own", async () => {
  const file = `${instance.directory}z.mac`;
  writeFileSync(file, source);
  const [, loaded] = await instance.lines(
    "%SYS",
    serviceOn,
    `write $system.OBJ.Load("${file}","ck-d")`,
    "kill ^SITE",
  );
  expect(loaded).toMatch(/1$/);
  await instance.lines("%SYS", 'write ##class(SYS.Mirror).CreateNewMirrorSet("MIR","A")');

  const said = 'for i=1:1:$get(^SITE) { write ^SITE(i),";" }';
  await vi.waitFor(async () => {
    expect(await instance.lines("%SYS", said)).toEqual(["can;check in %SYS;primary 1;"]);
  }, testPatience.testTimeout);
  // It held a lock when it ended.
  expect(await instance.lines("%SYS", "lock +^SITE:0 write $test")).toEqual(["1"]);
});

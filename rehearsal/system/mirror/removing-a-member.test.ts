/** The entry of a member that is gone, taken off the list as an administrator would try it. */

import { afterEach, expect, it, vi } from "vitest";
import { testPatience } from "../../edge/mirror/testing/wait.ts";
import { TestInstance } from "../testing/test-instance.ts";

vi.setConfig(testPatience);
const instances: TestInstance[] = [];
afterEach(async () => {
  for (const instance of instances.splice(0)) await instance[Symbol.asyncDispose]();
});

async function instance(): Promise<TestInstance> {
  const made = await TestInstance.start();
  instances.push(made);
  const enable = 'set p("Enabled")=1 write ##class(Security.Services).Modify("%Service_Mirror",.p)';
  await made.lines("%SYS", enable);
  return made;
}

async function shows(member: TestInstance, line: string, text: string): Promise<void> {
  await vi.waitUntil(async () => (await member.lines("%SYS", line))[0] === text, {
    timeout: testPatience.testTimeout / 2,
  });
}

it("Config.MapMirrors.Delete drops a member that is not connected, on the primary alone", async () => {
  const [one, two] = [await instance(), await instance()];
  const create =
    'set m("QOSTimeout")=2000 write ##class(SYS.Mirror).CreateNewMirrorSet("MIR","ONE",.m)';
  await one.lines("%SYS", create);
  const [port] = await one.lines("%SYS", "write ##class(SYS.Agent).GetApplicationPort()");
  const join = `write ##class(SYS.Mirror).JoinMirrorAsAsyncMember("MIR","TWO","IRIS","localhost",${port},0)`;
  expect(await two.lines("%SYS", join)).toEqual(["1"]);
  await shows(two, "write $system.Mirror.GetStatus()", "CONNECTED");

  const remove =
    'write $system.Status.GetErrorText(##class(Config.MapMirrors).Delete("MIR","TWO"))';
  expect((await one.lines("%SYS", remove))[0]).toContain("ERROR #2045");
  expect((await two.lines("%SYS", remove))[0]).toContain("ERROR #2113");

  expect(await two.lines("%SYS", 'write ##class(SYS.Mirror).StopMirror("MIR")')).toEqual(["1"]);
  await shows(one, remove, "");
  const exists = 'write ##class(Config.MapMirrors).Exists("MIR","TWO")';
  expect(await one.lines("%SYS", exists)).toEqual(["0"]);
  expect((await one.lines("%SYS", remove))[0]).toContain("ERROR #420");
});

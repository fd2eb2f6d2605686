/** What breaks scripts for a mirror on Docker, in sessions and merge files. The numbers are those
 *  of the table in rehearsal/README.md. */

import { rmSync, writeFileSync } from "node:fs";
import { afterEach, expect, it, vi } from "vitest";
import { mergeAtStart } from "../edge/daemon/merge-at-start.ts";
import { testPatience } from "../edge/mirror/testing/wait.ts";
import { line, serviceOn } from "./testing/app-database.ts";
import { TestInstance } from "./testing/test-instance.ts";

vi.setConfig(testPatience);
const instances: TestInstance[] = [];
afterEach(async () => {
  for (const instance of instances.splice(0)) await instance[Symbol.asyncDispose]();
});

async function started(): Promise<TestInstance> {
  const made = await TestInstance.start("2026.1");
  instances.push(made);
  return made;
}

const errorOf = (call: string): string => `write $system.Status.GetErrorText(${call})`;

it("trap 6: a join before the primary has the mirror fails", async () => {
  const [first, second] = [await started(), await started()];
  const where = `"MIR","B","IRIS","127.0.0.1",${first.agentPort}`;
  const join = errorOf(`##class(SYS.Mirror).JoinMirrorAsFailoverMember(${where})`);
  await second.lines("%SYS", serviceOn);
  expect(await line(second, join)).toMatch(/ERROR #2032/);
  await first.lines("%SYS", serviceOn);
  const create = errorOf('##class(SYS.Mirror).CreateNewMirrorSet("MIR","A",.m)');
  expect(await line(first, create)).toBe("");
  await vi.waitUntil(async () => (await line(second, join)) === "", 20_000);
});

it("traps 9 and 10: TLS, and with it authorization and certificates, is refused by name", async () => {
  const instance = await started();
  await instance.lines("%SYS", serviceOn);
  const member = "[Actions]\nConfigMirror:Name=MIR,Member=primary";
  for (const more of ["SSLDir=/certs", "UseSSL=1", "SSLDir=/certs,UseSSL=1"]) {
    const { isMerged, lines } = await instance.merge(`${member},${more}\n`);
    expect(isMerged).toBe(false);
    expect(lines.join("\n")).toContain("not simulated: ");
  }
});

it("trap 11: SYS.Mirror does not exist outside of %SYS", async () => {
  const call = 'write ##class(SYS.Mirror).IsMirrorStarted("MIR")';
  const [seen = ""] = await (await started()).lines("USER", call);
  expect(seen).toContain("<CLASS DOES NOT EXIST> *SYS.Mirror");
});

it("trap 18: a merge file sets back at every start what was changed otherwise", async () => {
  const instance = await started();
  const file = `${instance.directory}merge.cpf`;
  writeFileSync(file, "[config]\ngmheap=200000\n");
  const log = { write: () => undefined };
  const start = () => mergeAtStart([file], { merging: instance.merging(), log });
  const heap = 'kill p do ##class(Config.config).Get(.p) write p("gmheap")';
  await start();
  const change = 'kill p set p("gmheap")=400000 write ##class(Config.config).Modify(.p)';
  expect(await line(instance, change)).toBe("1");
  expect(await line(instance, heap)).toBe("400000");
  await start();
  expect(await line(instance, heap)).toBe("200000");
});

it("trap 25: users, roles and namespaces of one member are not on the other", async () => {
  const [first, second] = [await started(), await started()];
  const member = (rest: string) => `[Actions]\nConfigMirror:Name=MIR,${rest}\n`;
  await first.merge(
    `${member("Member=primary,SystemName=A")}CreateRole:Name=AppRole\n` +
      "CreateUser:Name=app,Roles=AppRole\nCreateNamespace:Name=APP,Globals=USER\n",
  );
  const where = { primaryAgentPort: first.agentPort };
  await second.merge(member("Member=backup,Primary=127.0.0.1,SystemName=B"), where);
  const there =
    'write ##class(Security.Users).Exists("app"),##class(Security.Roles).Exists("AppRole"),' +
    '##class(Config.Namespaces).Exists("APP")';
  expect(await line(first, there)).toBe("111");
  expect(await line(second, there)).toBe("000");
});

it("trap 26: a database whose directory was deleted still looks mounted", async () => {
  const instance = await started();
  const directory = `${instance.directory}mgr/gone`;
  await instance.merge(`[Actions]\nCreateDatabase:Name=GONE,Directory=${directory}\n`);
  rmSync(directory, { recursive: true });
  const mounted = `write ##class(SYS.Database).%OpenId("${directory}").Mounted`;
  expect(await line(instance, mounted)).toBe("1");
});

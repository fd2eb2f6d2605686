/** A database with data that is created as mirrored on another member, by sessions on two
 *  instances: what the newest release downloads, and 2022.1 does not know. */

import { afterEach, describe, expect, it, vi } from "vitest";
import { DownloadTarget } from "../../storage/download-target.ts";
import { testPatience } from "../../edge/mirror/testing/wait.ts";
import { configured, line, missing, place, serviceOn, statuses } from "../testing/app-database.ts";
import { TestInstance } from "../testing/test-instance.ts";

vi.setConfig(testPatience);
const instances: TestInstance[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  for (const instance of instances.splice(0)) await instance[Symbol.asyncDispose]();
});

async function instance(release: string): Promise<TestInstance> {
  const made = await TestInstance.start(release);
  instances.push(made);
  await made.lines("%SYS", serviceOn, ...configured(made));
  return made;
}

const checks = (member: TestInstance): Promise<string> =>
  line(
    member,
    `set d=##class(SYS.Database).%OpenId("${place(member)}") write d.Mounted,d.ReadOnlyMounted,` +
      "d.MirrorDBDownload,d.MirrorActivationRequired,d.MirrorDBCatchup",
  );

const createMirrored = (member: TestInstance): Promise<string> =>
  line(
    member,
    `write $system.Status.GetErrorText(##class(SYS.Database).CreateDatabase("${place(member)}"` +
      ',,,,,,"APP","MIR"))',
  );

const download = (member: TestInstance, given: string): Promise<string> =>
  line(
    member,
    `write $system.Status.GetErrorText(##class(SYS.Mirror).DownloadMirrorDatabase(${given}))`,
  );

/** A primary with APP, which held data before, and a DR async that knows of it. */
async function pair(release: string): Promise<[TestInstance, TestInstance]> {
  const one = await instance(release);
  const two = await instance(release);
  await one.lines("%SYS", 'write ##class(SYS.Mirror).CreateNewMirrorSet("MIR","ONE",.m)');
  const port = await line(one, "write ##class(SYS.Agent).GetApplicationPort()");
  const where = `"MIR","TWO","IRIS","localhost",${port},0`;
  await two.lines("%SYS", `write ##class(SYS.Mirror).JoinMirrorAsAsyncMember(${where})`);
  await one.lines("%SYS", `write ##class(SYS.Database).CreateDatabase("${place(one)}")`);
  await one.lines("APP", 'set ^x(1)="before the mirror"');
  expect(await line(one, `write ##class(SYS.Mirror).AddDatabase("${place(one)}","APP")`)).toBe("1");
  await vi.waitUntil(async () => (await missing(two)) === "APP", 20_000);
  return [one, two];
}

describe("in the newest release", () => {
  it("it is downloaded, and DownloadMirrorDatabase is for a copy that waits", async () => {
    const [one, two] = await pair("2026.1");
    const full = vi
      .spyOn(DownloadTarget.prototype, "write")
      .mockRejectedValue(new Error("the disk is full"));
    expect(await createMirrored(two)).toBe("");
    expect(await download(two, '"MIR","APP"')).toContain("ERROR #5001: Download of APP waits");
    expect([await statuses(two), await checks(two)]).toEqual(["APP Needs Download", "11111"]);
    full.mockRestore();
    expect(await download(two, '"MIR","APP",0')).toBe("");
    expect([await statuses(two), await checks(two)]).toEqual(["APP Dejournaling", "11000"]);
    expect(await missing(two)).toBe("");
    await one.lines("APP", 'set ^x(2)="later"');
    const last = 'write ^|"APP"|x(1),"|",$get(^|"APP"|x(2))';
    await vi.waitUntil(async () => (await line(two, last)) === "before the mirror|later", 20_000);

    expect(await download(two, '"MIR","APP",1')).toBe(
      "ERROR #5001: Existing mirror DB 'APP' is not in Download mode",
    );
    expect(await download(two, '"OTHER","APP"')).toContain("ERROR #2051");
  });
});

describe("in 2022.1", () => {
  it("it is refused, and nobody knows the method or the property (trap 8)", async () => {
    const [, two] = await pair("2022.1");
    expect(await createMirrored(two)).toContain("ERROR #2105");
    expect(await download(two, '"MIR","APP"')).toContain("<METHOD DOES NOT EXIST>");
    const [one] = instances;
    const property = `write ##class(SYS.Database).%OpenId("${place(one ?? two)}").MirrorDBDownload`;
    expect(await line(one ?? two, property)).toContain("<PROPERTY DOES NOT EXIST>");
  });
});

/** A database with data that becomes mirrored, as administrators do it: by sessions on two
 *  instances, with a file copied by hand in between. */

import { copyFileSync, readFileSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { testPatience } from "../../edge/mirror/testing/wait.ts";
import { configured, line, missing, place, serviceOn, statuses } from "../testing/app-database.ts";
import { TestInstance } from "../testing/test-instance.ts";

vi.setConfig(testPatience);
const instances: TestInstance[] = [];
afterEach(async () => {
  for (const instance of instances.splice(0)) await instance[Symbol.asyncDispose]();
});

async function instance(): Promise<TestInstance> {
  const made = await TestInstance.start();
  instances.push(made);
  await made.lines("%SYS", serviceOn);
  return made;
}

/** Lines that make the ordinary database APP. */
const ordinary = (member: TestInstance): string[] => [
  ...configured(member),
  `write ##class(SYS.Database).CreateDatabase("${place(member)}")`,
];

/** Properties for checks, in the order of the documentation. */
const checks = (member: TestInstance): Promise<string> =>
  line(
    member,
    `set d=##class(SYS.Database).%OpenId("${place(member)}") write d.Mounted,d.ReadOnlyMounted,` +
      "d.Mirrored,d.MirrorActivationRequired,d.MirrorDBCatchup,d.MirrorDBPaused,d.MirrorObsolete",
  );

const call = (member: TestInstance, method: string): Promise<string> =>
  line(member, `write $system.Status.GetErrorText(##class(${method}("${place(member)}"))`);

/** CatchupDB for APP: what it returns, and how many it could not bring forward. */
const catchUp = (member: TestInstance): Promise<string> =>
  line(
    member,
    `set sfn=##class(SYS.Database).%OpenId("${place(member)}").SFN ` +
      'write ##class(SYS.Mirror).CatchupDB($listbuild(sfn),"",.bad)," ",$listlength(bad)',
  );

/** A primary with APP, which held data before, and a DR async with a placeholder of its name. */
async function pair(): Promise<[TestInstance, TestInstance]> {
  const one = await instance();
  const two = await instance();
  await one.lines("%SYS", 'write ##class(SYS.Mirror).CreateNewMirrorSet("MIR","ONE",.m)');
  const port = await line(one, "write ##class(SYS.Agent).GetApplicationPort()");
  const where = `"MIR","TWO","IRIS","localhost",${port},0`;
  await two.lines("%SYS", `write ##class(SYS.Mirror).JoinMirrorAsAsyncMember(${where})`);
  await one.lines("%SYS", ...ordinary(one));
  await one.lines("APP", 'set ^x(1)="before the mirror"');
  expect(await line(one, `write ##class(SYS.Mirror).AddDatabase("${place(one)}","APP")`)).toBe("1");
  await two.lines("%SYS", ...ordinary(two));
  return [one, two];
}

/** Both dismounted, the file copied, both mounted again. */
async function copyFile(from: TestInstance, to: TestInstance): Promise<void> {
  for (const member of [from, to]) {
    expect(await call(member, "SYS.Database).DismountDatabase")).toBe("");
  }
  copyFileSync(`${place(from)}IRIS.DAT`, `${place(to)}IRIS.DAT`);
  for (const member of [from, to]) {
    expect(await call(member, "SYS.Database).MountDatabase")).toBe("");
  }
}

describe("a database with data, added to the mirror and copied by hand", () => {
  it("shows each state it goes through, and follows in the end", async () => {
    const [one, two] = await pair();
    await vi.waitUntil(async () => (await missing(two)) === "APP", 20_000);
    expect(await call(two, "SYS.Mirror).ActivateMirroredDatabase")).toContain("ERROR #2073");
    await copyFile(one, two);
    await one.lines("APP", 'set ^x(2)="after the copy"');

    expect([await statuses(two), await checks(two)]).toEqual(["APP Needs Activation", "1111100"]);
    expect(await catchUp(two)).toBe("0 1");
    expect(await call(two, "SYS.Mirror).ActivateMirroredDatabase")).toBe("");
    expect([await statuses(two), await checks(two)]).toEqual(["APP Needs Catchup", "1110100"]);
    expect(await call(two, "SYS.Mirror).ActivateMirroredDatabase")).toContain("ERROR #2078");
    expect(await catchUp(two)).toBe("1 0");
    expect([await statuses(two), await checks(two)]).toEqual(["APP Dejournaling", "1110000"]);
    expect([await statuses(one), await checks(one)]).toEqual(["APP Normal", "1010000"]);
    expect(await missing(two)).toBe("");

    await one.lines("APP", 'set ^x(3)="later"');
    const last = 'write ^|"APP"|x(1),"|",^|"APP"|x(2),"|",$get(^|"APP"|x(3))';
    const whole = "before the mirror|after the copy|later";
    await vi.waitUntil(async () => (await line(two, last)) === whole, 20_000);
  });
});

/** A status as text, empty for success. */
const status = (member: TestInstance, text: string): Promise<string> =>
  line(member, `write $system.Status.GetErrorText(${text})`);

const isFrozen = (member: TestInstance): Promise<string> =>
  line(member, "write ##class(Backup.General).IsWDSuspended()");

const freezeWith = (given: string): string => `##class(Backup.General).ExternalFreeze(${given})`;
const freeze = freezeWith(",,0");
const thaw = "##class(Backup.General).ExternalThaw()";

describe("ExternalFreeze", () => {
  it.for([
    ["as the product does by itself, with new journal files", ""],
    ["without new journal files", ",,0"],
    ["with times that mean nothing here", ",,0,10,,1"],
  ])("%s: lets the file be copied while the primary goes on writing", async ([, given = ""]) => {
    const [one, two] = await pair();
    await vi.waitUntil(async () => (await missing(two)) === "APP", 20_000);
    expect(await call(two, "SYS.Database).DismountDatabase")).toBe("");
    expect(await status(one, freezeWith(given))).toBe("");
    expect(await isFrozen(one)).toBe("1");
    await one.lines("APP", 'set ^x(2)="during the freeze"');
    copyFileSync(`${place(one)}IRIS.DAT`, `${place(two)}IRIS.DAT`);
    expect(await status(one, thaw)).toBe("");
    expect(await isFrozen(one)).toBe("0");

    expect(await call(two, "SYS.Database).MountDatabase")).toBe("");
    expect(await call(two, "SYS.Mirror).ActivateMirroredDatabase")).toBe("");
    expect(await catchUp(two)).toBe("1 0");
    const both = 'write ^|"APP"|x(1),"|",$get(^|"APP"|x(2))';
    const whole = "before the mirror|during the freeze";
    await vi.waitUntil(async () => (await line(two, both)) === whole, 20_000);
  });

  it("is refused twice, ends by itself after its limit, and says what it does not know", async () => {
    const one = await instance();
    expect(await status(one, freeze)).toBe("");
    expect(await status(one, freeze)).toContain("suspended already");
    expect(await status(one, thaw)).toBe("");
    expect(await status(one, thaw)).toBe("");

    expect(await status(one, "##class(Backup.General).ExternalFreeze(,,0,,,,,,,1)")).toBe("");
    expect(await isFrozen(one)).toBe("1");
    await vi.waitUntil(async () => (await isFrozen(one)) === "0", 20_000);

    for (const given of ['"/log"', ',"text"', ",,0,,1", ",,0,,,,,,,,.file"]) {
      const refused = await status(one, freezeWith(given));
      expect(refused).toContain("not simulated: ExternalFreeze");
    }
    expect(await isFrozen(one)).toBe("0");
  });
});

it("a freeze begins new journal files, the mirror's on the primary too", async () => {
  const one = await instance();
  const filesIn = (log: string): number =>
    readFileSync(`${one.directory}mgr/${log}`, "utf8").split("\n").length - 1;
  await one.lines("%SYS", 'write ##class(SYS.Mirror).CreateNewMirrorSet("MIR","ONE",.m)');
  const before = [filesIn("journal.log"), filesIn("mirrorjrn-MIR.log")] as const;

  expect(await status(one, freeze)).toBe("");
  expect([filesIn("journal.log"), filesIn("mirrorjrn-MIR.log")]).toEqual(before);
  await line(one, `write ${thaw}`);
  expect(await status(one, freezeWith(""))).toBe("");

  expect([filesIn("journal.log"), filesIn("mirrorjrn-MIR.log")]).toEqual(
    before.map((count) => count + 1),
  );
});

describe("PurgeJournalFiles", () => {
  it("is a matter of members, and says what of it is not simulated", async () => {
    const one = await instance();
    const purge = (given: string): Promise<string> =>
      line(
        one,
        `write $system.Status.GetErrorText(##class(SYS.Mirror).PurgeJournalFiles(${given}))`,
      );
    expect(await purge("0")).toContain("ERROR #2074");
    await one.lines("%SYS", 'write ##class(SYS.Mirror).CreateNewMirrorSet("MIR","ONE",.m)');
    expect(await purge("0")).toBe("");
    for (const given of ["", "1", "0,5"]) {
      expect(await purge(given)).toContain("not simulated: PurgeJournalFiles");
    }
  });
});

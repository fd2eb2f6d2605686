/** `ConfigMirror` and mirrored databases on instances with agents of their own. */

import { afterEach, describe, expect, it, vi } from "vitest";
import { eventually, testPatience } from "../../edge/mirror/testing/wait.ts";
import { line, statuses } from "../testing/app-database.ts";
import { TestInstance } from "../testing/test-instance.ts";

vi.setConfig(testPatience);

const instances: TestInstance[] = [];
afterEach(async () => {
  for (const instance of instances.splice(0)) await instance[Symbol.asyncDispose]();
});

async function started(release = "2026.1", hostName?: string): Promise<TestInstance> {
  const made = await TestInstance.start(release, hostName);
  instances.push(made);
  return made;
}

const configMirror = (rest: string): string => `[Actions]\nConfigMirror:Name=MIR,${rest}\n`;

const asPrimary = configMirror("Member=primary,Primary=localhost,SystemName=A,QOSTimeout=5000");

const database = ({ directory }: TestInstance, more = ""): string =>
  `CreateDatabase:Name=APP,Directory=${directory}mgr/app,MirrorSetName=MIR,MirrorDBName=APP${more}\n` +
  "CreateNamespace:Name=APP,Globals=APP\n";

const status = (member: TestInstance): Promise<string> =>
  line(member, 'write $system.Mirror.GetStatus("MIR")');

/** Resolves when the question is answered so. */
async function seen(wanted: string, ask: () => Promise<string>): Promise<void> {
  let answer = "";
  let asking: Promise<unknown> | undefined;
  await eventually(
    wanted,
    () => {
      asking ??= ask().then((told) => {
        answer = told;
        asking = undefined;
      });
      return answer === wanted;
    },
    () => answer,
  );
  await asking;
}

const shows = (member: TestInstance, wanted: string): Promise<void> =>
  seen(wanted, () => status(member));

/** Resolves when ^x is here: the copy may still be on its way. */
async function eventuallyReads(member: TestInstance, wanted: string): Promise<void> {
  await seen(wanted, async () => (await member.lines("APP", "write $get(^x)"))[0] ?? "");
}

describe("ConfigMirror", () => {
  it("makes the mirror with its mirrored database, and then leaves it as it is", async () => {
    const first = await started();
    const file = asPrimary + database(first);
    expect((await first.merge(file)).lines[0]).toMatch(/^Merged/);
    expect(await status(first)).toBe("PRIMARY");
    expect(await statuses(first)).toBe("APP Normal");
    const qos = 'do ##class(Config.Mirrors).Get("MIR",.p) write p("QOSTimeout")';
    expect(await line(first, qos)).toBe("5000");

    const changed = file.replace("QOSTimeout=5000", "QOSTimeout=9000,SystemName=B");
    expect(await first.merge(changed.replace("SystemName=A,", ""))).toMatchObject({
      isMerged: true,
    });
    expect(await line(first, qos)).toBe("5000");
  });

  it("waits for the own ISCAgent, which starts together with the instance", async () => {
    const first = await started();
    const comesBack = await first.withoutAgent();
    const merging = first.merge(asPrimary);
    // Enabling the service comes right before.
    const enabled = 'do ##class(Security.Services).Get("%Service_Mirror",.p) write p("Enabled")';
    await seen("1", () => line(first, enabled));
    await comesBack();
    expect((await merging).lines[0]).toMatch(/^Merged/);
  });

  it("takes the arbiter from its URL; one for a mirror without any is not simulated", async () => {
    const [first, second] = [await started(), await started()];
    const withArbiter = asPrimary.replace("SystemName=A", "ArbiterURL=127.0.0.1:9");
    expect(await first.merge(withArbiter)).toMatchObject({ isMerged: true });
    const arbiter = 'do ##class(Config.Mirrors).Get("MIR",.p) write p("ArbiterNode")';
    expect(await line(first, arbiter)).toBe("127.0.0.1|9");
    expect(await first.merge(withArbiter)).toMatchObject({ isMerged: true });

    await second.merge(asPrimary);
    const { isBeyondEngine, lines } = await second.merge(withArbiter);
    expect(lines[1]).toContain("Error=not simulated: an arbiter for a mirror that has none yet");
    expect(isBeyondEngine).toBe(true);
  });

  it.for([
    ["backup", "BACKUP", "Failover"],
    ["drasync", "CONNECTED", "Disaster Recovery"],
    ["rorasync", "CONNECTED", "Read-Only Reporting"],
    ["rwrasync", "CONNECTED", "Read-Write Reporting"],
  ] as const)("joins as %s, with its copy of the database", async ([member, shown, type]) => {
    const first = await started();
    await first.merge(asPrimary + database(first));
    await first.lines("APP", "set ^x=5");
    const second = await started();
    const file = configMirror(`Member=${member},Primary=127.0.0.1,SystemName=B`) + database(second);
    const where = { primaryAgentPort: first.agentPort };
    expect((await second.merge(file, where)).lines[0]).toMatch(/^Merged/);
    await shows(second, shown);
    expect(await line(second, "write $system.Mirror.GetMemberType()")).toBe(type);
    expect(await second.lines("APP", "write ^x")).toEqual(["5"]);
    expect(await second.merge(file, where)).toMatchObject({ isMerged: true });
  });

  it("waits for a primary that begins later, and for its database", async () => {
    const [first, second] = [await started(), await started()];
    const said: string[] = [];
    const log = { write: (_: number, __: string, text: string) => void said.push(text) };
    const joining = second.merge(
      configMirror("Member=backup,Primary=127.0.0.1,SystemName=B") + database(second),
      { primaryAgentPort: first.agentPort, log },
    );
    await eventually("it says that it waits", () =>
      said.some((text) => text.startsWith("ConfigMirror waits for 127.0.0.1: ERROR #2032")),
    );
    await first.merge(asPrimary);
    await shows(second, "BACKUP");
    await first.merge(`[Actions]\n${database(first)}`);
    expect((await joining).lines[0]).toMatch(/^Merged/);
    expect(await second.lines("APP", "write $data(^x)")).toEqual(["0"]);
  });

  it("does not wait for what will never change", async () => {
    const first = await started();
    await first.merge(asPrimary);
    const second = await started();
    const file = configMirror("Member=backup,Primary=127.0.0.1,SystemName=A");
    const { lines } = await second.merge(file, { primaryAgentPort: first.agentPort });
    expect(lines[1]).toMatch(/^ERROR #507: Action 'ConfigMirror' failed at line 2,/);
  });

  it("is what the host's name says with Member=auto: one file for all", async () => {
    const [first, second] = [await started(), await started()];
    const file =
      '[Actions]\nConfigMirror:Name=MIR#,Map="primary,backup",Member=auto,Primary=auto\n';
    expect(await first.merge(file, { hostName: "iris-3-0" })).toMatchObject({ isMerged: true });
    expect(await line(first, "write $system.Mirror.MirrorName()")).toBe("MIR3");
    const joining = file.replace("Primary=auto", "Primary=127.0.0.1,SystemName=B");
    const where = { hostName: "iris-3-1", primaryAgentPort: first.agentPort };
    expect((await second.merge(joining, where)).lines[0]).toMatch(/^Merged/);
    expect(await line(second, "write $system.Mirror.MirrorName()")).toBe("MIR3");
    const odd = await (await started()).merge(file, { hostName: "iris" });
    expect(odd.lines[1]).toContain("Invalid value");
  });
});

describe("CreateDatabase with Seed", () => {
  it("makes a mirrored database of a copy, on the primary; others get theirs", async () => {
    const first = await started();
    const seed = `${first.directory}mgr/seed`;
    await first.merge(
      `${asPrimary}CreateDatabase:Name=SEED,Directory=${seed}\nCreateNamespace:Name=SEED,Globals=SEED`,
    );
    await first.lines("SEED", "set ^x=5");
    const file = `[Actions]\n${database(first, `,Seed=${seed}`)}`;
    const mounted = await first.merge(file);
    expect(mounted.lines[1]).toContain("'CreateDatabase' failed at line 2");

    await first.lines("%SYS", `write ##class(SYS.Database).DismountDatabase("${seed}")`);
    expect((await first.merge(file)).lines[0]).toMatch(/^Merged/);
    expect(await statuses(first)).toBe("APP Normal");
    expect(await first.lines("APP", "write ^x")).toEqual(["5"]);

    const second = await started();
    const joining = configMirror("Member=backup,Primary=127.0.0.1,SystemName=B");
    const where = { primaryAgentPort: first.agentPort };
    const outcome = await second.merge(joining + database(second, ",Seed=/nowhere"), where);
    expect(outcome.lines[0]).toMatch(/^Merged/);
    await eventuallyReads(second, "5");
  });
});

describe("CreateDatabase with LogicalOnly", () => {
  it("puts a database with data into the mirror, and is not heeded elsewhere", async () => {
    const first = await started();
    await first.merge(
      `${asPrimary}CreateDatabaseFile:Directory=${first.directory}mgr/app\n` +
        `CreateDatabase:Name=OLD,Directory=${first.directory}mgr/app\n` +
        "CreateNamespace:Name=OLD,Globals=OLD\n",
    );
    await first.lines("OLD", "set ^x=5");
    const file = `[Actions]\n${database(first, ",LogicalOnly=1")}`;
    expect((await first.merge(file)).lines[0]).toMatch(/^Merged/);
    expect(await statuses(first)).toBe("APP Normal");

    const second = await started();
    const joining = configMirror("Member=backup,Primary=127.0.0.1,SystemName=B");
    const where = { primaryAgentPort: first.agentPort };
    const outcome = await second.merge(joining + database(second, ",LogicalOnly=1"), where);
    expect(outcome.lines[0]).toMatch(/^Merged/);
    await eventuallyReads(second, "5");
  });

  it("leaves nothing behind where there is no database", async () => {
    const first = await started();
    await first.merge(asPrimary);
    const file = `[Actions]\n${database(first, ",LogicalOnly=1")}`;
    expect((await first.merge(file)).lines[1]).toContain("'CreateDatabase' failed at line 2");
    expect(await line(first, 'write ##class(Config.Databases).Exists("APP")')).toBe("0");
  });
});

describe("release 2022.1", () => {
  it("makes a mirror and joins it by the keys in [Startup]", async () => {
    const [first, second] = [await started("2022.1"), await started("2022.1", "127.0.0.1")];
    const keys = "[Startup]\nMirrorSetName=MIR\n";
    expect(await first.merge(`${keys}MirrorMember=primary\n`)).toMatchObject({ isMerged: true });
    expect(await status(first)).toBe("PRIMARY");
    const joining = `${keys}MirrorMember=backup\nMirrorPrimary=127.0.0.1\n`;
    const { lines } = await second.merge(joining, { primaryAgentPort: first.agentPort });
    expect(lines[0]).toMatch(/^Merged/);
    await shows(second, "BACKUP");
  });
});

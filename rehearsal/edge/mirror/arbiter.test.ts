/** A pair with an arbiter: an agent on a host of its own. */

import { afterEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "../../storage/clock.ts";
import { AgentServer } from "./agent-server.ts";
import type { TestMember } from "./testing/member.ts";
import { hasStatus, logs, Party } from "./testing/pair.ts";
import { eventually, testPatience } from "./testing/wait.ts";

vi.setConfig(testPatience);
const party = new Party();
let arbiter: AgentServer | undefined;
afterEach(async () => {
  await party.end();
  await arbiter?.close();
});

async function startArbiter(port = 0): Promise<number> {
  arbiter = await AgentServer.start({ port, clock: systemClock, instance: undefined });
  return arbiter.port;
}

async function hasMode(member: TestMember, mode: string): Promise<void> {
  await eventually(
    `${member.name} is ${mode}`,
    () => member.view.failoverMode === mode,
    () => member.log.join("\n"),
  );
}

describe("a pair with an arbiter", () => {
  it("comes to arbiter controlled mode and is ready for a failover", async () => {
    const port = await startArbiter();
    const [a, b] = await party.pair({ ArbiterNode: `127.0.0.1|${port}` });

    await hasMode(a, "Arbiter Controlled");
    await hasMode(b, "Arbiter Controlled");
    expect(a.view.arbiterConnection).toBe("Both failover members are connected to the arbiter");
    expect(a.view.failoverReady).toEqual({ ready: true, reason: "" });
  });

  it("goes on in agent controlled mode without its arbiter, and comes back to it", async () => {
    const port = await startArbiter();
    const [a, b] = await party.pair({ ArbiterNode: `127.0.0.1|${port}` });
    await hasMode(b, "Arbiter Controlled");

    await arbiter?.close();
    await hasMode(a, "Agent Controlled");
    await hasMode(b, "Agent Controlled");
    await a.write("without arbiter", "1");
    expect(a.view.failoverReady.ready).toBe(false);
    expect(b.view.status).toBe("BACKUP");

    await startArbiter(port);
    await hasMode(a, "Arbiter Controlled");
    await hasMode(b, "Arbiter Controlled");
  });

  it("takes over when the primary's host is gone, and has every acknowledged write", async () => {
    const port = await startArbiter();
    const [a, b] = await party.pair({ ArbiterNode: `127.0.0.1|${port}` });
    await hasMode(b, "Arbiter Controlled");
    await a.write("last", "1");

    await a.killHost();
    await hasStatus(b, "PRIMARY");
    expect(b.read("last")).toBe("1");

    await a.start();
    await hasStatus(a, "BACKUP");
    await hasMode(b, "Arbiter Controlled");
  });

  it("leaves the primary working when the backup is lost: the arbiter lets it go on", async () => {
    const port = await startArbiter();
    const [a, b] = await party.pair({ ArbiterNode: `127.0.0.1|${port}` });
    await hasMode(b, "Arbiter Controlled");

    await b.killHost();
    await logs(a, "the arbiter withdrew the epoch");
    await a.write("alone", "1");
    expect(a.view.memberStatus).toEqual(["Primary"]);
  });

  it("keeps the primary in trouble when backup and arbiter are lost at once", async () => {
    const port = await startArbiter();
    const [a, b] = await party.pair({ ArbiterNode: `127.0.0.1|${port}` });
    await hasMode(b, "Arbiter Controlled");

    await Promise.all([arbiter?.close(), b.killHost()]);
    await eventually("trouble", () => a.view.memberStatus[1] === "Trouble");
    const write = a.write("held", "1");
    await logs(a, "or the arbiter decides");
    expect(a.view.memberStatus).toEqual(["Primary", "Trouble"]);

    await b.start();
    await write;
    await hasStatus(b, "BACKUP");
    await eventually("it arrived", () => b.read("held") === "1");
  });
});

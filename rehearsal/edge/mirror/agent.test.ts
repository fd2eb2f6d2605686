/** The ISCAgent over its own protocol, without any instance behind it. */

import { afterEach, describe, expect, it } from "vitest";
import { systemClock } from "../../storage/clock.ts";
import { askPartner, askToJoin, probeAgent } from "./agent-client.ts";
import { AgentServer, type AgentInstance } from "./agent-server.ts";
import { entry, historyOf, mirrorOf, questionOfB } from "../../core/testing/scenes.ts";

let agent: AgentServer | undefined;
afterEach(() => agent?.close());

const question = questionOfB("consent", historyOf(["A1"]));

/** An instance of which only this is different. */
function instance(more: Partial<AgentInstance>): AgentInstance {
  return {
    name: "IRIS",
    isRunning: () => false,
    relay: () => Promise.reject(new Error("down")),
    configuration: () => mirrorOf(["A", "B"]),
    giveWay: () => undefined,
    openJournal: () => {
      throw new Error("no journal");
    },
    ...more,
  };
}

async function start(
  behind: AgentInstance | undefined,
): Promise<{ address: string; port: number }> {
  agent = await AgentServer.start({ port: 0, clock: systemClock, instance: behind });
  return { address: "127.0.0.1", port: agent.port };
}

const emptyJournal = {
  headers: () => [],
  durable: { file: 0, offset: 0 },
  read: () => ({ at: { file: 0, offset: 0 }, bytes: new Uint8Array() }),
  close: () => undefined,
};

describe("an agent", () => {
  it("answers a probe; nobody answers where none runs", async () => {
    const { port } = await start(undefined);

    expect(await probeAgent("127.0.0.1", port, 2000)).toBe(true);
    await agent?.close();
    expect(await probeAgent("127.0.0.1", port, 2000)).toBe(false);
  });

  it("consents for an instance that is down", async () => {
    const at = await start(instance({ openJournal: () => emptyJournal }));

    expect(await askPartner(at, question, systemClock)).toMatchObject({
      kind: "granted",
      isDown: true,
    });
  });

  it("does not consent when it cannot read what the instance left", async () => {
    const at = await start(instance({}));

    expect(await askPartner(at, question, systemClock)).toEqual({ kind: "no", why: "unclear" });
  });

  it("passes the question on to an instance that runs", async () => {
    const at = await start(
      instance({
        isRunning: () => true,
        relay: () => Promise.resolve({ kind: "primary", invitation: { lineage: "A1", number: 1 } }),
      }),
    );

    expect(await askPartner(at, question, systemClock)).toEqual({
      kind: "primary",
      invitation: { lineage: "A1", number: 1 },
    });
  });

  it("does not consent for an instance that runs and does not answer", async () => {
    const at = await start(instance({ isRunning: () => true }));

    expect(await askPartner(at, question, systemClock)).toEqual({ kind: "no", why: "unclear" });
  });

  it("says when an instance is not on its host, or does not run", async () => {
    const at = await start(instance({}));
    const request = { mirror: "MIR", entry: entry("B") };

    const elsewhere = await askToJoin(at, { instance: "OTHER", request }, systemClock);
    expect(elsewhere.kind).toBe("noInstance");
    const down = await askToJoin(at, { instance: "iris", request }, systemClock);
    expect(down.kind).toBe("unclear");
  });
});

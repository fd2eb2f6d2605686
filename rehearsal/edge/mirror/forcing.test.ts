/** "Force this node to become the primary", with real members. */

import { afterEach, describe, expect, it, vi } from "vitest";
import { arrives, hasStatus, logs, Party } from "./testing/pair.ts";
import { testPatience } from "./testing/wait.ts";

vi.setConfig(testPatience);
const party = new Party();
afterEach(() => party.end());

/** Long enough to see that nothing happens before; the product waits 60 s. */
const waitMs = 1500;

describe("forcing a member to become the primary", () => {
  it("makes a primary of one that cannot know; the former one must be rebuilt", async () => {
    const [a, b] = await party.pair();
    await arrives(b, "first", "1");
    await b.killInstance();
    await logs(a, "trouble timeout ended");
    await a.write("alone", "1");
    await a.killHost();
    await b.startInstance();
    await hasStatus(b, "WAITING");
    expect(await b.running.roles.becomePrimary()).toBe(false);

    const began = Date.now();
    expect(await b.running.roles.forcePrimary(waitMs)).toBe(true);
    expect(Date.now() - began).toBeGreaterThanOrEqual(waitMs - 50);
    expect(b.view.status).toBe("PRIMARY");
    const risk = b.log.findIndex((line) =>
      line.includes("there are two primaries if A still runs"),
    );
    const taking = b.log.findIndex((line) => line.includes("Taking over: forced"));
    expect(risk).toBeGreaterThan(-1);
    expect(taking).toBeGreaterThan(risk);
    await b.write("next", "2");

    await a.start();
    await logs(a, "its data is inconsistent with the mirror MIR");
    expect(a.view.isPrimary).toBe(false);
    expect(b.read("alone")).toBeUndefined();
    expect(b.view.status).toBe("PRIMARY");
  });

  it("ends when the partner comes back in time: nothing is given up", async () => {
    const [a, b] = await party.pair();
    await a.killHost();
    await b.killInstance();
    await b.startInstance();
    await hasStatus(b, "WAITING");

    const answer = b.running.roles.forcePrimary(60_000);
    await a.start();
    await hasStatus(a, "PRIMARY");
    await hasStatus(b, "BACKUP");
    expect(await answer).toBe(false);
  });

  it("is refused on a primary and on its backup", async () => {
    const [a, b] = await party.pair();
    expect(await a.running.roles.forcePrimary(waitMs)).toBe(false);
    expect(await b.running.roles.forcePrimary(waitMs)).toBe(false);
    expect([a.view.status, b.view.status]).toEqual(["PRIMARY", "BACKUP"]);
  });
});

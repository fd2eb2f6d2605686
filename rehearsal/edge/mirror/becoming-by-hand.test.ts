/** BecomePrimary on real members. What happens: a person gives the role to the backup, with the
 *  primary running and without. What must hold: no acknowledged write is lost, the other one goes
 *  down by force, and comes back as backup. Measured by reading on the new primary. */

import { afterEach, describe, expect, it, vi } from "vitest";
import { drive } from "../../storage/process-store.ts";
import { arrives, hasStatus, logs, Party } from "./testing/pair.ts";
import { eventually, testPatience } from "./testing/wait.ts";

vi.setConfig(testPatience);
const party = new Party();
afterEach(() => party.end());

describe("BecomePrimary on an active backup", () => {
  it("takes the role from a running primary that is being written to, and loses nothing", async () => {
    const [a, b] = await party.pair();
    const acknowledged: string[] = [];
    const writer = { isOn: true };
    const writing = (async () => {
      for (let key = 1; writer.isOn; key++) {
        await a.write(`k${key}`, String(key)).then(
          () => acknowledged.push(String(key)),
          () => (writer.isOn = false),
        );
      }
    })();
    await eventually("some writes", () => acknowledged.length >= 20);

    expect(await b.running.roles.becomePrimary()).toBe(true);
    expect(b.view.status).toBe("PRIMARY");
    writer.isOn = false;
    await writing;
    await eventually("A is forced down", () => a.forcedDown === 1);
    expect(acknowledged.filter((key) => b.read(`k${key}`) !== key)).toEqual([]);
    await b.write("later", "1");

    await a.startInstance();
    await hasStatus(a, "BACKUP");
    await arrives(a, "later", "1");
  });

  it("rolls back what was open on the old primary, whose process cannot commit it any more", async () => {
    const [a, b] = await party.pair();
    const process = a.opened.process({ jobNumber: 7, namespace: "COMPANY" });
    process.synchronousCommit = true;
    process.transactions.start();
    process.globals.set({ name: "x", subscripts: ["open"] }, "1");
    await arrives(a, "open", "1");

    expect(await b.running.roles.becomePrimary()).toBe(true);
    await expect(drive(process.transactions.commit())).rejects.toThrow("<COMMITFAIL>");
    expect(b.read("open")).toBeUndefined();
    expect(b.read("first")).toBe("1");
  });

  it("overrides no failover", async () => {
    const [a, b] = await party.pair();
    await a.running.setNoFailover();
    await eventually("B knows", () => b.view.configuration?.definedPrimary === "A");

    expect(await b.running.roles.becomePrimary()).toBe(true);
    expect(b.view.configuration?.definedPrimary).toBeUndefined();
  });
});

describe("BecomePrimary on a backup whose primary and agent are gone", () => {
  it("is the way forward, and the old primary comes back as backup", async () => {
    const [a, b] = await party.pair();
    await a.write("last", "1");
    await a.killHost();
    await logs(b, "can't take over");
    await hasStatus(b, "WAITING");

    expect(await b.running.roles.becomePrimary()).toBe(true);
    expect(b.read("last")).toBe("1");
    await b.write("alone", "1");

    await a.start();
    await hasStatus(a, "BACKUP");
    await arrives(a, "alone", "1");
  });

  it("is refused when it was not active: started without its primary, it cannot know", async () => {
    const [a, b] = await party.pair();
    await a.killHost();
    await b.killInstance();
    await b.startInstance();
    await hasStatus(b, "WAITING");

    expect(await b.running.roles.becomePrimary()).toBe(false);
    expect(b.view.status).toBe("WAITING");
    await logs(b, "BecomePrimary: this member does not become primary: it is no backup");
  });
});

describe("BecomePrimary although the primary lives, cut off from everybody who could tell", () => {
  it("makes a second one, which forces the first down as soon as it reaches its agent", async () => {
    const [a, b] = await party.pair();
    await a.stopAgent();
    a.breakChannels();
    await logs(b, "can't take over");
    await logs(a, "trouble timeout ended");
    await a.write("alone", "1");

    expect(await b.running.roles.becomePrimary()).toBe(true);
    expect([a.view.status, b.view.status]).toEqual(["PRIMARY", "PRIMARY"]);

    await a.startAgent();
    await eventually("A is forced down", () => a.forcedDown === 1);
    await a.startInstance();
    await logs(a, "its data is inconsistent with the mirror MIR");
    expect(b.read("alone")).toBeUndefined();
  });
});

describe("BecomePrimary elsewhere", () => {
  it("is refused on the primary, which stays what it is", async () => {
    const [a, b] = await party.pair();

    expect(await a.running.roles.becomePrimary()).toBe(false);
    expect([a.view.status, b.view.status]).toEqual(["PRIMARY", "BACKUP"]);
    await logs(a, "BecomePrimary: this member does not become primary: it is the primary");
  });
});

/** A member asks the site's routine before it becomes primary, and tells it what came of it. Real
 *  stores and sockets; the routine is a function here, `system/mirror` runs a real one. */

import { afterEach, describe, expect, it, vi } from "vitest";
import type { CallSite, SiteEntry } from "./site-routine.ts";
import type { TestMember } from "./testing/member.ts";
import { hasStatus, logs, Party } from "./testing/pair.ts";
import { testPatience } from "./testing/wait.ts";

vi.setConfig(testPatience);
const party = new Party();
afterEach(() => party.end());

/** A routine that says yes to all but one entry point, and writes down what it was asked. */
class Site {
  readonly asked: SiteEntry[] = [];
  refused: SiteEntry | undefined;
  readonly call: CallSite = (entry) => {
    this.asked.push(entry);
    return Promise.resolve(entry === this.refused ? "no" : "yes");
  };
}

async function pairWithSite(
  refused: SiteEntry | undefined,
): Promise<[TestMember, TestMember, Site]> {
  const [a, b] = await party.pair();
  const site = new Site();
  site.refused = refused;
  b.callSite = site.call;
  return [a, b, site];
}

const questions = ["CanNodeStartToBecomePrimary", "CheckBecomePrimaryOK"] as const;

describe("^ZMIRROR", () => {
  it("is asked both questions in order, then told", async () => {
    const [a, b, site] = await pairWithSite(undefined);
    await a.killInstance();
    await hasStatus(b, "PRIMARY");
    expect(site.asked).toEqual([...questions, "NotifyBecomePrimary"]);
  });

  it.for(questions)("holds a backup back while %s says 0, and is asked again", async (refused) => {
    const [a, b, site] = await pairWithSite(refused);
    await a.killInstance();
    await logs(b, `does not become primary: $$${refused}^ZMIRROR() returned 0`);
    await vi.waitFor(() => {
      expect(site.asked.filter((entry) => entry === refused).length).toBeGreaterThan(2);
    }, testPatience.testTimeout);
    expect(b.view.isPrimary).toBe(false);
    expect(b.opened.mirror.access.kind).toBe("readOnly");
    expect(site.asked.filter((entry) => entry === "NotifyBecomePrimaryFailed")).toHaveLength(1);
    expect(b.log.filter((line) => line.includes("does not become primary"))).toHaveLength(1);

    site.refused = undefined;
    await hasStatus(b, "PRIMARY");
    expect(site.asked.at(-1)).toBe("NotifyBecomePrimary");
    expect(b.read("first")).toBe("1");
  });

  it("does not let its partner become primary meanwhile", async () => {
    const [a, b, site] = await pairWithSite("CanNodeStartToBecomePrimary");
    await a.killInstance();
    await logs(b, "returned 0");
    await a.startInstance();
    const asked = site.asked.length;
    await vi.waitFor(() => {
      expect(site.asked.length).toBeGreaterThan(asked + 20);
    }, testPatience.testTimeout);
    expect([a.view.isPrimary, b.view.isPrimary]).toEqual([false, false]);
    site.refused = undefined;
    await hasStatus(b, "PRIMARY");
    await hasStatus(a, "BACKUP");
  });

  it("an error in it counts as no", async () => {
    const [a, b] = await pairWithSite(undefined);
    let isBroken = true;
    b.callSite = () =>
      isBroken ? Promise.reject(new Error("<UNDEFINED>x^ZMIRROR")) : Promise.resolve("yes");
    await a.killInstance();
    await logs(b, "$$CanNodeStartToBecomePrimary^ZMIRROR() ended with <UNDEFINED>x^ZMIRROR");
    expect(b.view.isPrimary).toBe(false);
    isBroken = false;
    await hasStatus(b, "PRIMARY");
  });
});

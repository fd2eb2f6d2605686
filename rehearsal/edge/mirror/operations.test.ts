/** What operators do to a mirror, and what is refused. */

import { afterEach, describe, expect, it, vi } from "vitest";
import { hasStatus, Party, refusalOf } from "./testing/pair.ts";
import { eventually, testPatience } from "./testing/wait.ts";

vi.setConfig(testPatience);
const party = new Party();
afterEach(() => party.end());

describe("creating a mirror", () => {
  it.for([
    ["", 2002],
    ["A23456789012345X", 2012],
    ["MIR-1", 2110],
  ] as const)("refuses the name '%s' with %d", async ([mirror, number]) => {
    const a = await party.guest("A");

    const call = a.running.createMirror({ mirror, systemName: "A", mirrorInfo: {} });
    expect(await refusalOf(call)).toBe(number);
    expect(a.view.status).toBe("NOTINIT");
  });

  it("refuses a second mirror, an unknown key, TLS, and a silent agent of its own", async () => {
    const a = await party.guest("A");
    const create = (mirror: string, mirrorInfo: Record<string, string> = {}) =>
      a.running.createMirror({ mirror, systemName: "A", mirrorInfo });

    expect(await refusalOf(create("MIR", { Nonsense: "1" }))).toBe(5001);
    expect(await refusalOf(create("MIR", { UseSSL: "1" }))).toBe(5001);
    await a.stopAgent();
    expect(await refusalOf(create("MIR"))).toBe(2118);
    await a.startAgent();
    await create("MIR");
    expect(await refusalOf(create("MIR"))).toBe(2101);
    expect(await refusalOf(create("OTHER"))).toBe(2134);
  });

  it("writes the sections of iris.cpf as the product orders their fields", async () => {
    const a = await party.guest("A");
    await a.createMirror({ ArbiterNode: "arbiter|2188" });

    const { configuration } = a.opened;
    const [mirror] = configuration.entries("Mirrors");
    expect(mirror?.key).toBe("MIR");
    expect(mirror?.value).toMatch(/^[0-9A-F-]{36},2,1,,8000,0,0,,0,arbiter\|2188,0,0,0,0,0$/);
    const [member] = configuration.entries("MapMirrors.MIR");
    expect(member?.value).toMatch(
      /^127\.0\.0\.1,\d+,,127\.0\.0\.1,[0-9A-F-]{36},\/.+\/,0,127\.0\.0\.1,\d+,,0,,,0$/,
    );
    expect(
      Object.fromEntries(configuration.entries("MirrorMember").map((e) => [e.key, e.value])),
    ).toMatchObject({ JoinMirror: "1", SystemName: "A", ValidatedMember: "1" });
  });
});

describe("joining a mirror", () => {
  it("refuses a silent agent, an unknown instance, another mirror, a taken name", async () => {
    const a = await party.guest("A");
    const b = await party.guest("B");
    await a.createMirror();
    const join = (given: { mirror?: string; systemName?: string; instance?: string }) =>
      b.running.join({
        eligibility: "failover",
        mirror: "MIR",
        systemName: "B",
        instance: "IRIS",
        ...a.address,
        localInfo: {},
        ...given,
      });

    expect(await refusalOf(join({ instance: "OTHER" }))).toBe(2083);
    expect(await refusalOf(join({ mirror: "NONE" }))).toBe(2032);
    expect(await refusalOf(join({ systemName: "A" }))).toBe(2033);
    await a.stopAgent();
    expect(await refusalOf(join({}))).toBe(2086);
    expect(b.view.status).toBe("NOTINIT");
  });

  it("can be repeated when it was interrupted after the primary had agreed", async () => {
    const a = await party.guest("A");
    const b = await party.guest("B");
    await a.createMirror();
    await b.join(a);
    await b.stopInstance();
    for (const section of ["Mirrors", "MapMirrors.MIR", "MirrorMember"]) b.forgetSection(section);

    await b.startInstance();
    expect(b.view.status).toBe("NOTINIT");
    await b.join(a);
    await hasStatus(b, "BACKUP");
  });

  it("refuses a third failover member", async () => {
    const a = await party.guest("A");
    const b = await party.guest("B");
    const c = await party.guest("C");
    await a.createMirror();
    await b.join(a);

    expect(await refusalOf(c.join(a))).toBe(2137);
  });
});

describe("a backup", () => {
  it("stops mirroring until it is told to start, also over a restart", async () => {
    const [a, b] = await party.pair();

    expect(await refusalOf(a.running.stopMirror("MIR"))).toBe(2022);
    await b.running.stopMirror("MIR");
    await a.write("meanwhile", "1");
    await b.stopInstance();
    await b.startInstance();
    expect(b.view.status).toBe("STOPPED");

    await b.running.startMirror("MIR");
    await hasStatus(b, "BACKUP");
    expect(await refusalOf(b.running.startMirror("MIR"))).toBe(2106);
  });

  it("leaves the mirror, and the primary is alone then", async () => {
    const [a, b] = await party.pair();

    expect(await refusalOf(a.running.removeConfiguration())).toBe(2116);
    await b.running.removeConfiguration();
    expect(b.view.status).toBe("NOTINIT");
    expect(b.opened.configuration.entries("Mirrors")).toEqual([]);
    await eventually("A is alone", () => a.view.members.length === 1);

    await a.stopInstance();
    await a.startInstance();
    await hasStatus(a, "PRIMARY");
  });

  it("that is lost for good is taken off the list, so that the primary can restart", async () => {
    const [a, b] = await party.pair();
    await b.stopInstance();
    await b.stopAgent();

    await a.running.removeOtherMember("B");
    await a.stopInstance();
    await a.startInstance();
    await hasStatus(a, "PRIMARY");
    expect(await refusalOf(a.running.removeOtherMember("B"))).toBe(736);
  });
});

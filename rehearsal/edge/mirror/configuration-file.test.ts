import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MemberEntry, MirrorConfiguration } from "../../core/configuration.ts";
import {
  CpfMirrorFault,
  readMembership,
  writeMembership,
  type CpfFile,
} from "./configuration-file.ts";

/** iris.cpf in memory. */
class MemoryCpf implements CpfFile {
  saves = 0;
  readonly sections = new Map<string, Map<string, string>>();

  entries(section: string): { key: string; value: string }[] {
    return [...(this.sections.get(section) ?? [])].map(([key, value]) => ({ key, value }));
  }

  set(section: string, key: string, value: string): void {
    const entries = this.sections.get(section) ?? new Map<string, string>();
    this.sections.set(section, entries.set(key, value));
  }

  removeSection(section: string): void {
    this.sections.delete(section);
  }

  save(): void {
    this.saves += 1;
  }
}

/** As an instance of 2026 wrote them, without TLS and without the async. */
function captured(): MemoryCpf {
  const file = new MemoryCpf();
  const mirror =
    "F92B993E-29FD-11F1-8185-16C03D64F702,2,1,,8000,0,0,,0,iris-arbiter|2188,0,0,0,0,0";
  file.set("Mirrors", "MIRROR", mirror);
  const member =
    "iris-primary,2188,,iris-primary,F92AAF60-29FD-11F1-8185-16C03D64F702,/data/,0," +
    "iris-primary,1972,,0,,,0";
  file.set("MapMirrors.MIRROR", "IRIS-PRIMARY/IRIS", member);
  file.set("MirrorMember", "SystemName", "IRIS-PRIMARY/IRIS");
  file.set("MirrorMember", "JoinMirror", "1");
  file.set("MirrorMember", "ValidatedMember", "1");
  return file;
}

describe("the mirror's sections of iris.cpf", () => {
  it("are read as an instance wrote them", () => {
    const stored = readMembership(captured());

    expect(stored?.local).toEqual({
      name: "IRIS-PRIMARY/IRIS",
      joinsMirror: true,
      isValidated: true,
    });
    expect(stored?.configuration).toMatchObject({
      mirror: "MIRROR",
      qosTimeoutMs: 8000,
      arbiter: { address: "iris-arbiter", port: 2188 },
      definedPrimary: undefined,
    });
    expect(stored?.configuration.members).toEqual([
      {
        name: "IRIS-PRIMARY/IRIS",
        guid: "F92AAF60-29FD-11F1-8185-16C03D64F702",
        eligibility: "failover",
        agentAddress: "iris-primary",
        agentPort: 2188,
        mirrorAddress: "iris-primary",
        ecpAddress: "iris-primary",
        superserverPort: 1972,
        instanceDirectory: "/data/",
      },
    ]);
  });

  it("are written with the same fields in the same order", () => {
    const stored = readMembership(captured());
    const file = new MemoryCpf();

    writeMembership(file, stored);
    expect(file.entries("Mirrors")).toEqual(captured().entries("Mirrors"));
    expect(file.entries("MapMirrors.MIRROR")).toEqual(captured().entries("MapMirrors.MIRROR"));
    expect(file.saves).toBe(1);
  });

  it("obey what a person wrote into [MirrorMember]", () => {
    const file = captured();
    file.set("MirrorMember", "ValidatedMember", "0");
    file.set("MirrorMember", "JoinMirror", "0");

    expect(readMembership(file)?.local).toMatchObject({ joinsMirror: false, isValidated: false });
  });

  it("are gone when the member has left", () => {
    const file = captured();
    writeMembership(file, undefined);

    expect(file.sections.size).toBe(0);
    expect(readMembership(file)).toBeUndefined();
  });

  it.for([
    ["TLS", "G,2,1,,8000,0,1,,0,,0,0,0,0,0"],
    ["a QoS that is no number", "G,2,1,,soon,0,0,,0,,0,0,0,0,0"],
  ] as const)("are refused with %s", ([, line]) => {
    const file = captured();
    file.set("Mirrors", "MIRROR", line);

    expect(() => readMembership(file)).toThrow(CpfMirrorFault);
  });

  it("say that several mirrors are not simulated", () => {
    const file = captured();
    file.set("Mirrors", "SECOND", "G,2,1,,8000,0,0,,0,,0,0,0,0,0");

    expect(() => readMembership(file)).toThrow("not simulated");
  });
});

const name = fc.stringMatching(/^[A-Z][A-Z0-9-]{0,10}$/);
const port = fc.integer({ min: 1, max: 65_535 });
const entries: fc.Arbitrary<MemberEntry> = fc.record({
  name,
  guid: fc.uuid(),
  eligibility: fc.constantFrom("failover", "disasterRecovery", "readWriteReporting"),
  agentAddress: name,
  agentPort: port,
  mirrorAddress: name,
  ecpAddress: name,
  superserverPort: port,
  instanceDirectory: fc.constant("/dur/"),
});
const level = fc.integer({ min: 0, max: 2 });
const configurations: fc.Arbitrary<MirrorConfiguration> = fc.record({
  mirror: fc.stringMatching(/^[A-Z0-9]{1,15}$/),
  mirrorGuid: fc.uuid(),
  arbiter: fc.option(fc.record({ address: name, port }), { nil: undefined }),
  qosTimeoutMs: fc.integer({ min: 0, max: 300_000 }),
  definedPrimary: fc.option(name, { nil: undefined }),
  compression: fc.record({ failover: level, async: level, failoverType: level, asyncType: level }),
  parallelDejournaling: level,
  members: fc.uniqueArray(entries, { selector: (entry) => entry.name, minLength: 1, maxLength: 4 }),
});

describe("any configuration", () => {
  it("is read back as it was written", () => {
    fc.assert(
      fc.property(configurations, fc.boolean(), fc.boolean(), (configuration, joins, validated) => {
        const local = {
          name: configuration.members[0]?.name ?? "",
          joinsMirror: joins,
          isValidated: validated,
        };
        const file = new MemoryCpf();
        writeMembership(file, { configuration, local });

        expect(readMembership(file)).toEqual({ configuration, local });
      }),
    );
  });
});

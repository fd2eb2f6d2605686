import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { verbs, errors, type VerbName } from "./contract.ts";
import { reaching } from "./contract/verb.ts";
import { FakeWorld } from "./testing/fake-world.ts";
import { verbTable, errorTable } from "./testing/contract-tables.ts";

const names = Object.keys(verbs) as VerbName[];
const failover = new FakeWorld("mirrorA", "mirrorB").members;

/** What Pulumi keeps in the state of a stack made by version 1. Never change these lines: a stack
 *  made then is destroyed by whatever comes later. */
const keptByVersion1: Partial<Record<VerbName, string>> = {
  leave:
    '{"version":1,"mirror":"MIRRORSET","member":{"name":"mirrorB","container":"mirrorB",' +
    '"memberName":"MIRRORB","instance":"IRIS","superserverAddress":"mirrorB",' +
    '"mirrorAddress":"mirrorB","agentAddress":"mirrorB","agentPort":2188},"failover":[' +
    '{"name":"mirrorA","container":"mirrorA","memberName":"MIRRORA","instance":"IRIS",' +
    '"superserverAddress":"mirrorA","mirrorAddress":"mirrorA","agentAddress":"mirrorA",' +
    '"agentPort":2188}],"eligibility":"failover"}',
  "remove-database":
    '{"version":1,"mirror":"MIRRORSET","database":{"name":"COMPANY","directory":"/dur/db/"},' +
    '"failover":[{"name":"mirrorA","container":"mirrorA","memberName":"MIRRORA",' +
    '"superserverAddress":"mirrorA","mirrorAddress":"mirrorA","agentAddress":"mirrorA",' +
    '"agentPort":2188}]}',
};

describe("the contract", () => {
  test.each(Object.entries(keptByVersion1))("%s takes what version 1 wrote", (name, text) => {
    expect(() => verbs[name as VerbName].input.parse(JSON.parse(text))).not.toThrow();
  });

  test.each(names)("%s refuses unknown keys and other versions", (name) => {
    expect(() => verbs[name].input.parse({ version: 1, oops: 1 })).toThrow(
      "oops: given 1, allowed: no such key",
    );
    expect(() => verbs[name].input.parse({ version: 0 })).toThrow("version: given 0, allowed: 1");
    expect(() => verbs[name].output.parse({ version: 1, oops: 1 })).toThrow("no such key");
  });

  test("fills the instance's name in", () => {
    const member = { ...failover[0], instance: undefined };

    expect(verbs.service.input.parse({ version: 1, member }).member.instance).toBe("IRIS");
  });

  test("refuses more than two failover members", () => {
    const input = { version: 1, mirror: { name: "M", qosTimeoutMs: 1 }, failover };

    expect(() => verbs.form.input.parse(input)).not.toThrow();
    expect(() =>
      verbs.form.input.parse({ ...input, failover: [...failover, failover[0]] }),
    ).toThrow("allowed: a list of 1 to 2");
  });

  test("has one file per verb, and no other", async () => {
    const files = await readdir(join(import.meta.dirname, "verbs"));

    expect(files.filter((file) => !file.endsWith(".test.ts")).toSorted()).toEqual(
      names.map((name) => `${name}.ts`).toSorted(),
    );
  });

  test("names every failure that a verb throws, and no failure that none throws", async () => {
    const thrown = new Set<string>();
    for (const file of await readdir(import.meta.dirname, { recursive: true })) {
      if (!file.endsWith(".ts") || file.endsWith(".test.ts") || /^(testing|contract)/.test(file)) {
        continue;
      }
      const source = await readFile(join(import.meta.dirname, file), "utf8");
      for (const [, code = ""] of source.matchAll(/"([a-z]+(?:-[a-z]+)+)"/g)) {
        if (Object.hasOwn(errors, code)) {
          thrown.add(code);
        }
      }
    }
    const listed = new Set<string>(["invalid-input", ...reaching]);
    for (const name of names) {
      verbs[name].errors.forEach((code) => listed.add(code));
    }

    expect([...listed].toSorted()).toEqual(Object.keys(errors).toSorted());
    expect([...thrown].toSorted()).toEqual(Object.keys(errors).toSorted());
  });

  test("stands in the README as it is", async () => {
    const readme = await readFile(join(import.meta.dirname, "README.md"), "utf8");

    expect(readme).toContain(verbTable());
    expect(readme).toContain(errorTable());
  });
});

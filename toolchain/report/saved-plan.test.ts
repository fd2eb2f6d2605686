import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { misfits, readPlan } from "./saved-plan.mjs";

const urn = (name: string) => `urn:pulumi:dev::iris-mirror::command:local:Command::${name}`;
const secret = (ciphertext: string) => ({ "4dabf18193072939515e22adb298388d": "1b47", ciphertext });

function planOf(goal: object, steps: readonly string[], seed: string): object {
  return {
    manifest: { time: seed },
    config: { "iris-mirror:mirror": { name: "M" } },
    resourcePlans: { [urn("COMPANY")]: { goal, steps, seed } },
  };
}

const folder = mkdtempSync(join(tmpdir(), "iris-mirror-test-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function read(plan: unknown) {
  const file = join(mkdtempSync(`${folder}-`), "plan.json");
  writeFileSync(file, JSON.stringify(plan));
  const seen = readPlan(file);
  rmSync(join(file, ".."), { recursive: true });
  if (typeof seen === "string") throw new Error(seen);
  return seen;
}

describe("a saved plan", () => {
  const dependencies = ["urn:a", "urn:b"];
  const goal = { inputs: { a: 1, b: secret("x"), list: [1, 2] }, dependencies };
  const saved = read(planOf(goal, ["update"], "1"));

  it("fits one that differs in time, seeds, order and encryption only", () => {
    const inputs = { list: [1, 2], b: secret("y"), a: 1 };
    const now = read(planOf({ dependencies: ["urn:b", "urn:a"], inputs }, ["update"], "2"));

    expect(misfits(saved, now)).toEqual([]);
  });

  it("does not fit other steps, other values, other resources, another configuration", () => {
    const done = read(planOf(goal, ["same"], "2"));
    const other = read(
      planOf({ ...goal, inputs: { ...goal.inputs, list: [2, 1] } }, ["update"], "2"),
    );
    const empty = { config: saved.config, resourcePlans: {} };

    expect(misfits(saved, done)).toEqual(["COMPANY: planned update, now same"]);
    expect(misfits(saved, other)).toEqual(["COMPANY: planned update with other values"]);
    expect(misfits(saved, empty)).toEqual(["COMPANY: planned update, now nothing"]);
    expect(misfits(empty, saved)).toEqual(["COMPANY: planned nothing, now update"]);
    expect(misfits(saved, { ...saved, config: {} })).toEqual([
      "the configuration of the stack is another one",
    ]);
  });

  it("is told from any other file", () => {
    expect(readPlan(join(folder, "nowhere.json"))).toMatch(/nowhere\.json is no saved plan/);
    expect(() => read({ deployment: {} })).toThrow(/is no saved plan/);
    expect(() => read("text")).toThrow(/is no saved plan/);
  });
});

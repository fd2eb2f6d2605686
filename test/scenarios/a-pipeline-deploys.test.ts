/** What happens: a pipeline plans a first deploy and applies the saved plan; applies it once more;
 *  plans a change, meanwhile somebody removes the backup's container; the topology gets a fault.
 *  What must hold: the exit codes and reports tell no change, changes, refused, failed; a plan that
 *  no longer fits, and a faulty topology, are refused and nothing is touched.
 *  How it is measured: exit codes, the JSON parsed with its schema, what the stack has on the
 *  engine. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { reportSchema } from "../../toolchain/report/report.mjs";
import { Checkout } from "../support/checkout.ts";
import { docker } from "../support/docker.ts";
import { wholePair } from "../support/mirror-state.ts";
import { TestStack } from "../support/test-stack.ts";

const named = { COMPANY: {} };
const topology = {
  name: "MIRRORSET",
  version: "2022.1",
  failover: { mirrorA: {}, mirrorB: {} },
  databases: named,
  namespaces: named,
};

/** Ids of the stack's containers: one that was replaced has another. */
function idsOf(stack: TestStack): Promise<string> {
  return docker(["ps", "-a", "-q", "--filter", `label=io.iris-mirror.stack=${stack.name}`]);
}

it("plans, saved plans and their refusals are told by exit codes and reports", async () => {
  using checkout = new Checkout();
  await using stack = await TestStack.create(checkout, topology);
  const file = (name: string) => join(stack.folder, name);
  const asked = async (command: "plan" | "up", ...args: string[]) => {
    const files = ["--json", file("report.json"), "--markdown", file("report.md")];
    const ended = await stack.tool(`${command}.mjs`, [stack.name, ...files, ...args]);
    const report = reportSchema.parse(JSON.parse(readFileSync(file("report.json"), "utf8")));
    expect(report, ended.text).toMatchObject({ command, stack: stack.name, exitCode: ended.code });
    return { ...report, comment: readFileSync(file("report.md"), "utf8") };
  };
  const untouched = async <T>(work: () => Promise<T>) => {
    const before = await stack.belongings();
    const containers = await idsOf(stack);
    const result = await work();
    expect(await stack.belongings()).toEqual(before);
    expect(await idsOf(stack)).toBe(containers);
    return result;
  };

  const first = await untouched(() => asked("plan", "--save", file("first.json")));
  expect([first.outcome, first.exitCode]).toEqual(["changes", 10]);
  expect(first.comment).toMatch(/\| create \| Container mirrorA \|/);

  const applied = await asked("up", "--plan", file("first.json"));
  expect([applied.outcome, applied.exitCode], applied.problems.join("\n")).toEqual(["changes", 0]);
  await wholePair(stack);

  const nothing = await untouched(() => asked("plan"));
  expect([nothing.outcome, nothing.exitCode, nothing.changes]).toEqual(["no change", 0, []]);

  const again = await untouched(() => asked("up", "--plan", file("first.json")));
  expect([again.outcome, again.exitCode]).toEqual(["refused", 3]);
  expect(again.problems).toContain("mirrorA: planned create, now same");

  const { backup } = await wholePair(stack);
  stack.configure({ ...topology, databases: { ...named, PERSONAL: {} } });
  const second = await asked("plan", "--save", file("second.json"));
  expect(second.changes).toContainEqual(expect.objectContaining({ name: "PERSONAL" }));
  await docker(["rm", "-f", stack.container(backup)]);
  const late = await untouched(() => asked("up", "--plan", file("second.json")));
  expect([late.outcome, late.exitCode]).toEqual(["refused", 3]);
  expect(late.problems.join("\n")).toMatch(new RegExp(`^${backup}: planned`, "m"));

  const anew = await asked("plan", "--save", file("third.json"));
  expect(anew.exitCode).toBe(10);
  const repaired = await asked("up", "--plan", file("third.json"));
  expect(repaired.exitCode, repaired.problems.join("\n")).toBe(0);
  await stack.expectNoChanges();

  stack.configure({ ...topology, namespaces: { NOWHERE: {} } });
  const faulty = await untouched(() => asked("plan"));
  expect([faulty.outcome, faulty.exitCode, faulty.changes]).toEqual(["refused", 3, []]);
  expect(faulty.faults.map(({ path }) => path)).toEqual(["namespaces.NOWHERE"]);
  expect(faulty.comment).toContain("| namespaces.NOWHERE |");

  writeFileSync(file(`Pulumi.${stack.name}.yaml`), "config: {}\n");
  const broken = await untouched(() => asked("plan"));
  expect([broken.outcome, broken.exitCode]).toEqual(["failed", 1]);
  expect(broken.problems.join("\n")).toContain("iris-mirror:mirror");
});

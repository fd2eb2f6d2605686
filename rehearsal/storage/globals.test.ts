import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { slowMs } from "./testing/budgets.ts";
import { anyText, nodeSubscript } from "./testing/arbitraries.ts";
import { addDatabases, openInstance, TestProcess } from "./testing/instances.ts";
import { ManualClock } from "./testing/manual-clock.ts";
import { ModelGlobal } from "./testing/model.ts";
import { temporaryDirectory } from "./testing/places.ts";
import { longestString } from "./globals.ts";

const subscripts = fc.array(nodeSubscript, { maxLength: 3 });

type Step =
  | { kind: "set"; node: string[]; value: string }
  | { kind: "kill"; node: string[] }
  | { kind: "begin" | "commit" | "rollback" | "rollback one" | "cycle" };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant("set" as const), node: subscripts, value: anyText }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("kill" as const), node: subscripts }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        "begin" as const,
        "commit" as const,
        "rollback" as const,
        "rollback one" as const,
        "cycle" as const,
      ),
    }),
  },
);

async function run(process: TestProcess, model: ModelGlobal, step: Step): Promise<void> {
  switch (step.kind) {
    case "set":
      model.set(step.node, step.value);
      await process.set("x", step.node, step.value);
      return;
    case "kill":
      model.kill(step.node);
      await process.kill("x", step.node);
      return;
    case "begin":
      model.begin();
      process.begin();
      return;
    case "commit":
      if (model.level === 0) return;
      model.commit();
      await process.commit();
      return;
    case "rollback":
      model.rollback(undefined);
      await process.rollback();
      return;
    case "rollback one":
      model.rollback(1);
      await process.rollback(1);
      return;
    case "cycle":
      process.begin();
      await process.set("other", [], "x");
      await process.commit();
  }
}

function compare(process: TestProcess, model: ModelGlobal, node: string[]): void {
  const { globals } = process.store;
  const reference = { name: "x", subscripts: node };
  expect(globals.get(reference)).toBe(model.get(node));
  expect(globals.data(reference)).toBe(model.data(node));
  for (const direction of [1, -1] as const) {
    const found = globals.query(reference, direction);
    expect(found?.subscripts).toEqual(model.query(node, direction));
    if (node.length === 0) continue;
    for (const from of [node, [...node.slice(0, -1), ""]]) {
      const neighbour = globals.order({ name: "x", subscripts: from }, direction);
      const wanted = model.order(from, direction);
      expect(neighbour?.subscripts.at(-1)).toBe(wanted);
      if (neighbour !== undefined) {
        expect(neighbour.value).toBe(model.get(neighbour.subscripts));
      }
    }
  }
}

describe("globals", () => {
  test(
    "agree with plain data through sets, kills, transactions, a crash and a restart",
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(step, { maxLength: 40 }),
          fc.array(subscripts, { minLength: 1, maxLength: 6 }),
          fc.boolean(),
          async (steps, probes, crashes) => {
            const directory = temporaryDirectory();
            const { store } = await openInstance(directory, new ManualClock());
            await addDatabases(store, directory, "DATA");
            const process = new TestProcess(store, "DATA");
            process.store.synchronousCommit = true;
            const model = new ModelGlobal();
            for (const step of steps) {
              await run(process, model, step);
              compare(process, model, "node" in step ? step.node : []);
            }
            for (const probe of probes) compare(process, model, probe);
            expect(process.all("x")).toEqual(model.all());

            // What is not committed is undone, by the end of the process or by recovery.
            model.rollback(undefined);
            const other = new TestProcess(store, "DATA", 2);
            other.store.synchronousCommit = true;
            other.begin();
            await other.set("y", [], "forces a cycle");
            await other.commit();
            if (crashes) store.abandon();
            else {
              await process.store.end();
              await store.close();
            }
            const again = await openInstance(directory);
            const reader = new TestProcess(again.store, "DATA");
            expect(reader.all("x")).toEqual(model.all());
            await again.store.close();
          },
        ),
        { numRuns: 60 },
      );
    },
    slowMs,
  );

  test(
    "values hold any 16-bit characters up to the product's limit",
    async () => {
      const directory = temporaryDirectory();
      const { store } = await openInstance(directory);
      const process = new TestProcess(store, "USER");
      const longest = "\ud800\0".repeat(longestString / 2);
      await process.set("x", ["1"], longest);
      await process.set("x", ["2"], "");
      expect(process.get("x", "1")).toBe(longest);
      await expect(process.set("x", ["1"], `${longest}x`)).rejects.toThrow("<MAXSTRING>");
      await store.close();
      const again = await openInstance(directory);
      expect(new TestProcess(again.store, "USER").get("x", "1")).toBe(longest);
      expect(new TestProcess(again.store, "USER").get("x", "2")).toBe("");
      await again.store.close();
    },
    slowMs,
  );

  test("an empty subscript is <SUBSCRIPT>, except last in $order and $query", async () => {
    const { store } = await openInstance(temporaryDirectory());
    const process = new TestProcess(store, "USER");
    await process.set("x", ["1", "a"], "v");
    expect(() => process.get("x", "")).toThrow("<SUBSCRIPT>");
    await expect(process.set("x", ["1", ""], "v")).rejects.toThrow("<SUBSCRIPT>");
    const from = (...subscripts: string[]) => ({ name: "x", subscripts });
    expect(() => process.store.globals.order(from("", "a"), 1)).toThrow("<SUBSCRIPT>");
    expect(process.store.globals.order(from("1", ""), 1)?.subscripts).toEqual(["1", "a"]);
    expect(process.store.globals.query(from(""), -1)?.subscripts).toEqual(["1", "a"]);
    await store.close();
  });

  test("$increment counts in decimal, and a rollback does not undo it", async () => {
    const { store } = await openInstance(temporaryDirectory());
    const process = new TestProcess(store, "USER");
    const reference = { name: "n", subscripts: [] };
    expect(process.store.globals.increment(reference, ".1")).toBe(".1");
    expect(process.store.globals.increment(reference, ".2")).toBe(".3");
    process.begin();
    expect(process.store.globals.increment(reference, "1")).toBe("1.3");
    await process.set("x", [], "undone");
    await process.rollback();
    expect([process.get("n"), process.get("x")]).toEqual(["1.3", undefined]);
    await store.close();
  });

  test("names go where namespaces and mappings say, or extended references", async () => {
    const directory = temporaryDirectory();
    const { store } = await openInstance(directory);
    await addDatabases(store, directory, "COMPANY", "PERSONAL");
    store.configuration.set("Map.PERSONAL", "Global_demo.*", "COMPANY");
    const personal = new TestProcess(store, "PERSONAL");
    await personal.set("demo.Person", ["1"], "mapped");
    await personal.set("person", ["1"], "own");
    await personal.set("%shared", [], "everywhere");
    await personal.set("IRIS.TempUser.x", [], "temporary");

    const get = (environment: string, name: string, ...subscripts: string[]) =>
      personal.store.globals.get({ name, subscripts, environment });
    expect(get("COMPANY", "demo.Person", "1")).toBe("mapped");
    expect(get(`^^${directory}db/personal/`, "demo.Person", "1")).toBeUndefined();
    expect(get(`^^${directory}db/personal`, "person", "1")).toBe("own");
    expect(new TestProcess(store, "USER").get("%shared")).toBe("everywhere");
    expect(get(`^^${directory}mgr/iristemp/`, "IRIS.TempUser.x")).toBe("temporary");
    expect(() => get("NOWHERE", "x")).toThrow("<NAMESPACE>");
    expect(() => get("^^/nowhere/", "x")).toThrow("<DIRECTORY> */nowhere/");
    expect(() => get("^REMOTE^/dir/", "x")).toThrow("not simulated");
    await store.close();
  });

  test("a dismounted database is <DIRECTORY>, a read-only one <PROTECT>", async () => {
    const directory = temporaryDirectory();
    const { store } = await openInstance(directory);
    await addDatabases(store, directory, "COMPANY");
    const place = `${directory}db/company/`;
    const process = new TestProcess(store, "COMPANY");
    await process.set("x", ["1"], "v");
    await store.changeProperties(place, { ReadOnly: "1" });
    await expect(process.set("x", ["1"], "w")).rejects.toThrow(`<PROTECT> ^x,${place}`);
    expect(process.get("x", "1")).toBe("v");
    await store.dismount(place);
    expect(() => process.get("x", "1")).toThrow(`<DIRECTORY> *${place}`);
    await store.mount(place);
    expect(process.get("x", "1")).toBe("v");
    await store.changeProperties(place, { ReadOnly: "0", MaxSize: "1" });
    await expect(
      (async () => {
        for (let index = 0; ; index++)
          await process.set("big", [String(index)], "x".repeat(50_000));
      })(),
    ).rejects.toThrow("<FILEFULL>");
    expect(process.get("big", "0")).toHaveLength(50_000);
    await store.close();
  });
});

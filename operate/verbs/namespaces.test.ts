import { describe, expect, test } from "vitest";
import type { NamespaceSettings } from "../contract/common.ts";
import { FakeWorld } from "../testing/fake-world.ts";
import { previousNamespaces, run } from "./namespaces.ts";

const phonebook: NamespaceSettings = {
  name: "PHONEBOOK",
  globals: "PERSONAL",
  routines: "PERSONAL",
  ...{ globalMappings: { "company.*": "COMPANY" }, packageMappings: {}, routineMappings: {} },
};
const customer: NamespaceSettings = {
  name: "CUSTOMER",
  globals: "CUSTOMER",
  routines: "CUSTOMER",
  ...{ globalMappings: {}, packageMappings: {}, routineMappings: {} },
};

async function apply(world: FakeWorld, ...namespaces: NamespaceSettings[]): Promise<boolean> {
  const [member] = world.members;
  const output = await run({ version: 1, member: member!, namespaces }, world);
  // What Pulumi hands to the next run of the same step.
  world.environment = { PULUMI_COMMAND_STDOUT: JSON.stringify(output) };
  return output.changed;
}

/** This proves the order of the steps on an instance in memory, nothing about the product. */
describe("namespaces", () => {
  test("are made with their mappings, and left alone the second time", async () => {
    const world = new FakeWorld("mirrorA");

    expect(await apply(world, phonebook, customer)).toBe(true);
    expect(await apply(world, phonebook, customer)).toBe(false);
    expect(world.acts).toEqual([
      "mirrorA Namespace.Define PHONEBOOK",
      "mirrorA Namespace.Map PHONEBOOK",
      "mirrorA Namespace.Define CUSTOMER",
    ]);
  });

  test("that are not listed any more are removed, with mappings that are not", async () => {
    const world = new FakeWorld("mirrorA");
    await apply(world, phonebook, customer);

    await apply(world, { ...phonebook, globalMappings: {} });

    const [own] = world.instances;
    expect([...own!.namespaces.keys()]).toEqual(["PHONEBOOK"]);
    expect([...own!.namespaces.get("PHONEBOOK")!.mappings]).toEqual([]);
  });

  test("of others are never removed", async () => {
    const world = new FakeWorld("mirrorA");
    world.instances[0]!.namespaces.set("USER", {
      ...{ globals: "USER", routines: "USER", mappings: new Map() },
    });

    await apply(world);

    expect([...world.instances[0]!.namespaces.keys()]).toEqual(["USER"]);
  });

  test("that somebody changed by hand are put right", async () => {
    const world = new FakeWorld("mirrorA");
    await apply(world, phonebook);
    world.instances[0]!.namespaces.get("PHONEBOOK")!.globals = "USER";
    world.instances[0]!.namespaces.get("PHONEBOOK")!.mappings.set("Globals company.*", "USER");

    expect(await apply(world, phonebook)).toBe(true);

    expect(world.instances[0]!.namespaces.get("PHONEBOOK")).toMatchObject({ globals: "PERSONAL" });
    expect(await apply(world, phonebook)).toBe(false);
  });

  test("that somebody mapped by hand are as listed again, the product's own mappings stay", async () => {
    const world = new FakeWorld("mirrorA");
    const wanted = { ...phonebook, packageMappings: { "Sample.Company": "COMPANY" } };
    await apply(world, wanted);
    const { mappings } = world.instances[0]!.namespaces.get("PHONEBOOK")!;
    mappings.delete("Packages Sample.Company");
    mappings.set("Globals other", "CUSTOMER");
    mappings.set("Routines ACC*", "CUSTOMER");
    mappings.set("Packages Ens", "ENSLIB");

    expect(await apply(world, wanted)).toBe(true);

    expect([...mappings].toSorted()).toEqual([
      ["Globals company.*", "COMPANY"],
      ["Packages Ens", "ENSLIB"],
      ["Packages Sample.Company", "COMPANY"],
    ]);
    expect(await apply(world, wanted)).toBe(false);
  });

  test("lose a mapping below a subscript before that of its global", async () => {
    const world = new FakeWorld("mirrorA");
    await apply(world, customer);
    const { mappings } = world.instances[0]!.namespaces.get("CUSTOMER")!;
    mappings.set("Globals a", "CUSTOMER");
    mappings.set("Globals a(1)", "COMPANY");
    const removed: string[] = [];
    mappings.delete = (key) => {
      removed.push(key);
      return Map.prototype.delete.call(mappings, key);
    };

    await apply(world, customer);

    expect(removed).toEqual(["Globals a(1)", "Globals a"]);
  });

  test.each([undefined, "", "no JSON", "{}", '{"namespaces":[{"name":"X"}]}'])(
    "of a last output this version cannot read (%s) are left alone",
    (stdout) => {
      expect(previousNamespaces(stdout)).toEqual([]);
    },
  );
});

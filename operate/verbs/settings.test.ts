import { describe, expect, test } from "vitest";
import type { InstanceSettings } from "../contract/settings.ts";
import type { FakeInstance } from "../testing/fake-instance.ts";
import { FakeWorld } from "../testing/fake-world.ts";
import { codeOf } from "../testing/deployment.ts";
import { run } from "./settings.ts";

const wanted: InstanceSettings = {
  resources: [{ name: "%DB_COMPANY", description: "Company data" }],
  roles: [
    { name: "Clerk", description: "", resources: {}, grantedRoles: ["Reader"] },
    {
      ...{ name: "Reader", description: "Reads", grantedRoles: ["%SQL", "%DB_USER"] },
      resources: { "%DB_COMPANY": "R", "%Development": "U" },
    },
  ],
};

/** A merge as the product documents it: Create, Modify and Delete where they apply. */
function merge(own: FakeInstance, text: string): void {
  for (const [, action = "", rest = ""] of text.matchAll(/^([A-Z][A-Za-z]+):(.*)$/gm)) {
    const values = Object.fromEntries(
      [...rest.matchAll(/(\w+)=(?:"([^"]*)"|([^,"]*))/g)].map(([, key = "", quoted, plain]) => [
        key,
        quoted ?? plain ?? "",
      ]),
    );
    const { Name = "", Description = "", Resources = "", GrantedRoles = "" } = values;
    if (action === "CreateResource") own.resources.set(Name, Description);
    else if (action === "DeleteResource") own.resources.delete(Name);
    else if (action === "DeleteRole") own.roles.delete(Name);
    else if (own.roles.has(Name) === (action === "ModifyRole")) {
      own.roles.set(Name, { Description, Resources, GrantedRoles });
    }
  }
}

/** Worlds whose instances merge what was sent to them. */
class MergingWorld extends FakeWorld {
  readonly merged: string[] = [];
  refuses = false;
  private sent = "";

  override docker(argv: readonly string[], options: { stdin?: string | Uint8Array } = {}) {
    const [own] = this.instances;
    if (argv.includes("tar")) this.sent = Buffer.from(options.stdin ?? "").toString("latin1");
    if (argv.includes("merge") && own !== undefined && !this.refuses) {
      const text = /\[Actions\][^\0]*/.exec(this.sent)?.[0] ?? "";
      this.merged.push(text);
      merge(own, text);
    }
    return super.docker(argv);
  }
}

async function apply(world: FakeWorld, settings: InstanceSettings) {
  const output = await run({ version: 1, member: world.members[0]!, settings }, world);
  // What Pulumi hands to the next run of the same step.
  world.environment = { PULUMI_COMMAND_STDOUT: JSON.stringify(output) };
  return output;
}

/** This proves what is sent and when, on an instance in memory; nothing about the product. */
describe("settings", () => {
  test("are merged in one file, granted roles first, and left alone the second time", async () => {
    const world = new MergingWorld("mirrorA");

    expect(await apply(world, wanted)).toMatchObject({ changed: true });
    expect(await apply(world, wanted)).toMatchObject({ changed: false });

    expect(world.merged).toEqual([
      [
        "[Actions]",
        'CreateResource:Name=%DB_COMPANY,Description="Company data"',
        'CreateRole:Name=Reader,Description="Reads",' +
          'Resources="%DB_COMPANY:R,%Development:U",GrantedRoles="%SQL,%DB_USER"',
        'CreateRole:Name=Clerk,Description="",Resources="",GrantedRoles="Reader"',
        "",
      ].join("\n"),
    ]);
    expect(world.dockerCalls).toEqual([
      "exec -i dev-mirrorA tar -x -C /tmp -f -",
      "exec dev-mirrorA iris merge IRIS /tmp/irismirror-settings/merge.cpf",
      "exec dev-mirrorA rm -rf -- /tmp/irismirror-settings",
    ]);
  });

  test("that somebody changed or removed by hand are put right", async () => {
    const world = new MergingWorld("mirrorA");
    const { hash } = await apply(world, wanted);
    const [own] = world.instances;
    own!.roles.get("Reader")!.Resources = "%DB_COMPANY:RW";
    own!.roles.delete("Clerk");
    own!.resources.set("%DB_COMPANY", "by hand");

    expect(await apply(world, wanted)).toMatchObject({ changed: true, hash });

    expect(world.merged[1]).toContain("ModifyRole:Name=Reader");
    expect(world.merged[1]).toContain("CreateRole:Name=Clerk");
    expect(own!.resources.get("%DB_COMPANY")).toBe("Company data");
    expect(await apply(world, wanted)).toMatchObject({ changed: false });
  });

  test("told in another order or case are the same", async () => {
    const world = new MergingWorld("mirrorA");
    await apply(world, wanted);
    Object.assign(world.instances[0]!.roles.get("Reader")!, {
      Resources: "%development:U,%DB_COMPANY:R",
      GrantedRoles: "%DB_USER,%SQL",
    });

    expect(await apply(world, wanted)).toMatchObject({ changed: false });
  });

  test("that are not listed any more are removed; those of others never", async () => {
    const world = new MergingWorld("mirrorA");
    const [own] = world.instances;
    own!.roles.set("Others", { Description: "", Resources: "", GrantedRoles: "" });
    await apply(world, wanted);

    await apply(world, { resources: [], roles: [] });

    expect([...own!.roles.keys()]).toEqual(["Others"]);
    expect([...own!.resources.keys()]).toEqual([]);
  });

  test("that are not there after the merge fail with what it said", async () => {
    const world = new MergingWorld("mirrorA");
    world.refuses = true;
    world.dockerAnswers = () => ({ stdout: "ERROR #507: Action 'CreateResource' failed" });

    const work = apply(world, wanted);

    await expect(work).rejects.toThrow(/still to do: CreateResource.*ERROR #507/s);
    expect(await codeOf(work)).toBe("instance-refused");
  });

  test("have one hash on members that are alike, and another on one that is not", async () => {
    const [one, two] = [new MergingWorld("mirrorA"), new MergingWorld("mirrorB")];
    const other = { ...wanted, resources: [{ name: "%DB_COMPANY", description: "Other" }] };

    const { hash } = await apply(one, wanted);

    expect((await apply(two, wanted)).hash).toBe(hash);
    expect((await apply(two, other)).hash).not.toBe(hash);
  });
});

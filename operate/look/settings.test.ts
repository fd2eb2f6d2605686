import { expect, test } from "vitest";
import { lookInput, type LookInput } from "../contract/look.ts";
import { MirrorError } from "../mirror-error.ts";
import { FakeWorld } from "../testing/fake-world.ts";
import { lookAtInstances } from "./instances.ts";

/** What a look at the one member tells. */
async function seen(world: FakeWorld, settings?: LookInput["settings"]) {
  const members = world.members.map((address) => ({ address }));
  const asked = { version: 1, stack: "dev", mirror: "MIRRORSET", members, settings };
  return (await lookAtInstances(world, lookInput.parse(asked))).get("mirrorA");
}

test("tells the resources and roles that are asked for and there", async () => {
  const world = new FakeWorld("mirrorA");
  const [own] = world.instances;
  own!.resources.set("%DB_COMPANY", "Company data");
  const role = { Description: "", Resources: "%DB_COMPANY:RW,App:U", GrantedRoles: "A,B" };
  own!.roles.set("Reader", role);

  const names = { resources: ["%DB_COMPANY", "App"], roles: ["Reader", "Writer"] };
  expect(await seen(world, names)).toMatchObject({
    settings: {
      resources: [{ name: "%DB_COMPANY", description: "Company data" }],
      roles: [
        {
          ...{ name: "Reader", description: "", grantedRoles: ["A", "B"] },
          resources: { "%DB_COMPANY": "RW", App: "U" },
        },
      ],
    },
  });
});

test("tells none where none are asked for", async () => {
  expect(await seen(new FakeWorld("mirrorA"))).not.toHaveProperty("settings");
});

test("tells none, and all the rest, where the classes are of before the question", async () => {
  const world = new FakeWorld("mirrorA");
  const seenThere = "<CLASS DOES NOT EXIST> ZIrisMirror.Settings";
  world.beforeCall = (primitive) => {
    if (primitive !== "Settings.Find") return;
    const subject = "dev-mirrorA";
    throw new MirrorError({ code: "instance-refused", subject, seen: seenThere, remedy: "-" });
  };

  const member = await seen(world, { resources: [], roles: ["Reader"] });

  expect(member).toMatchObject({ reachable: true, code: "0123" });
  expect(member).not.toHaveProperty("settings");
});

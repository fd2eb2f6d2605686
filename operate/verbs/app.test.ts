import { beforeAll, describe, expect, test } from "vitest";
import { hashOfCode, readApp } from "../code.ts";
import { codeOf, deployed } from "../testing/deployment.ts";
import type { FakeWorld } from "../testing/fake-world.ts";
import { run } from "./app.ts";

let hash = "";
beforeAll(async () => {
  hash = hashOfCode(await readApp("PHONEBOOK"));
});

/** The mirror with an instance on which classes compile, or do not. */
async function world(problems = ""): Promise<FakeWorld> {
  const made = await deployed();
  made.plainAnswer = (lines) => {
    expect(lines.filter((line) => line.includes("OBJ.Load"))).toHaveLength(3);
    if (problems !== "") return { code: "", problems };
    made.apps.set("PHONEBOOK", { entered: "", ...made.apps.get("PHONEBOOK"), code: hash });
    return { code: hash, problems };
  };
  return made;
}

const apply = (made: FakeWorld, given = hash) =>
  run(
    {
      ...{ version: 1, mirror: "MIRRORSET" },
      app: { name: "PHONEBOOK", namespace: "PHONEBOOK", hash: given },
      failover: made.members,
    },
    made,
  );

/** This proves the order of the steps on instances in memory, nothing about the product. */
describe("a sample application", () => {
  test("is loaded and gets its data once, whoever is primary", async () => {
    const made = await world();

    expect(await apply(made)).toMatchObject({ changed: true, hash, entered: "Phonebook.Setup" });
    expect(made.dockerCalls).toEqual(["exec -i dev-mirrorA tar -x -C /tmp -f -"]);
    expect(made.acts).toEqual(["mirrorA App.Enter PHONEBOOK"]);

    made.instances[0]!.status = "BACKUP";
    made.instances[1]!.status = "PRIMARY";
    expect(await apply(made)).toMatchObject({ changed: false });
    expect([made.dockerCalls.length, made.acts.length]).toEqual([1, 1]);
  });

  test("whose classes have changed is loaded again, and its data stay", async () => {
    const made = await world();
    made.apps.set("PHONEBOOK", { code: "old", entered: "long ago" });

    expect(await apply(made)).toMatchObject({ changed: true, hash, entered: "long ago" });
    expect([made.dockerCalls.length, made.acts]).toEqual([1, []]);
  });

  test("that does not compile gets no data", async () => {
    const made = await world("ERROR #5123");

    expect(await codeOf(apply(made))).toBe("code-failed");
    expect(made.acts).toEqual([]);
  });

  test("that is another one on disk is refused", async () => {
    const made = await world();

    expect(await codeOf(apply(made, "0123"))).toBe("code-differs");
    expect(made.dockerCalls).toEqual([]);
  });

  test("gets no data from a member that stops being primary just then", async () => {
    const made = await world();
    made.beforeCall = (primitive) => {
      if (primitive === "App.Enter") made.instances[0]!.status = "BACKUP";
    };

    expect(await codeOf(apply(made))).toBe("no-primary");
    expect(made.apps.get("PHONEBOOK")?.entered).toBe("");
  });
});

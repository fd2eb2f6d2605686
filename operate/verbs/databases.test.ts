/** database and databases on instances in memory: where they act, and what they
 *  refuse. What the product does is proven on real containers. */

import { describe, expect, test } from "vitest";
import { codeOf, company, deployed, pair, personal, verbs } from "../testing/deployment.ts";
import { problemOf } from "../testing/fake-world.ts";
import { unhealthy } from "../verify/copies.ts";
import * as databases from "./databases.ts";

describe("database", () => {
  test("adds an ordinary database with its data to the mirror", async () => {
    const world = await deployed();
    const [a] = world.instances;
    a!.configured.set("CUSTOMER", "/dur/db/customer/");
    a!.files.set("/dur/db/customer/", {
      ...{ directory: "/dur/db/customer/", mirror: "", mirrorName: "" },
    });

    await verbs.database(world, { name: "CUSTOMER", directory: "/dur/db/customer/" });

    expect(world.acts).toEqual(["mirrorA Database.Add CUSTOMER"]);
  });

  test("acts on the member that is primary now, not on the first", async () => {
    const world = await deployed();
    world.instances[0]!.status = "BACKUP";
    world.instances[1]!.status = "PRIMARY";

    await verbs.database(world, { name: "CUSTOMER", directory: "/dur/db/customer/" });

    expect(world.acts[0]).toBe("mirrorB Database.Configure CUSTOMER");
  });

  test("looks for the primary again when the role changes just before it acts", async () => {
    const world = await deployed();
    const [a, b] = world.instances;
    world.beforeCall = (primitive) => {
      if (primitive === "Database.Create") {
        a!.status = "BACKUP";
        b!.status = "PRIMARY";
      }
    };

    await verbs.database(world, { name: "CUSTOMER", directory: "/dur/db/customer/" });

    expect(a!.files.has("/dur/db/customer/")).toBe(false);
    expect(b!.files.get("/dur/db/customer/")?.mirrorName).toBe("CUSTOMER");
  });

  test("waits for a primary while the roles are being decided", async () => {
    const world = await deployed();
    world.instances[0]!.status = "TRANSITION";
    world.beforeCall = () => {
      if (world.clock.now() > 1000) {
        world.instances[0]!.status = "PRIMARY";
      }
    };

    expect((await verbs.database(world)).changed).toBe(false);
  });

  test("gives up at once when no member holds the mirror", async () => {
    const world = pair();

    expect(await codeOf(verbs.database(world))).toBe("mirror-absent");
    expect(world.clock.now()).toBe(0);
  });

  test("mounts one that was left dismounted before it judges what it is", async () => {
    const world = await deployed();
    world.instances[0]!.files.get(company.directory)!.isDismounted = true;

    await verbs.database(world);

    expect(world.acts).toEqual(["mirrorA Database.Mount COMPANY"]);
  });

  test("creates none while only another member has an ordinary one of that name", async () => {
    const world = await deployed();
    const customer = { name: "CUSTOMER", directory: "/dur/db/customer/" };
    const [, b] = world.instances;
    b!.files.set(customer.directory, { ...customer, mirror: "", mirrorName: "" });

    expect(await codeOf(verbs.database(world, customer))).toBe("plain-database");
    expect(world.acts).toEqual([]);

    b!.problem = problemOf("container-absent", world.members[1]!);
    expect((await verbs.database(world, customer)).changed).toBe(true);
  });

  test("refuses a name that is configured elsewhere", async () => {
    const world = await deployed();

    const failure = verbs.database(world, { name: "COMPANY", directory: "/dur/elsewhere/" });

    expect(await codeOf(failure)).toBe("database-elsewhere");
    expect(world.acts).toEqual([]);
  });

  test("refuses a directory that is mirrored under another name", async () => {
    const world = await deployed();

    const failure = verbs.database(world, { name: "OTHER", directory: company.directory });

    expect(await codeOf(failure)).toBe("database-elsewhere");
  });
});

describe("databases", () => {
  test("refuses a name that is configured elsewhere before it touches any", async () => {
    const world = pair();
    await verbs.form(world);
    await verbs.join(world, 1);
    await verbs.database(world);
    await verbs.database(world, personal);
    world.acts.length = 0;
    world.instances[1]!.configured.set("PERSONAL", "/dur/elsewhere/");

    expect(await codeOf(verbs.databases(world, 1))).toBe("database-elsewhere");
    expect(world.acts).toEqual([]);
  });

  test("does not create on a primary what only the step database may", async () => {
    const world = pair();
    await verbs.form(world);

    expect(await codeOf(verbs.databases(world, 0))).toBe("database-missing");
  });

  test("refuses a member that is not in the mirror", async () => {
    const world = pair();
    await verbs.form(world);

    expect(await codeOf(verbs.databases(world, 1))).toBe("mirror-absent");
  });

  test.each([
    ["Needs Activation", "Database.Activate"],
    ["Needs Catchup", "Database.CatchUp"],
    ["Database Dismounted", undefined],
    ["Obsolete", undefined],
  ])("does about %s what an operator would do", (status, primitive) => {
    expect(databases.helpFor(status)).toBe(primitive);
  });

  test("tells which databases are behind, and which are not in the mirror at all", () => {
    const found = [{ ...company, status: "Needs Catchup" }];

    expect(
      unhealthy([company, personal], found, "Dejournaling").map(
        (one) => `${one.database.name} ${one.status}`,
      ),
    ).toEqual(["COMPANY Needs Catchup", "PERSONAL not in the mirror"]);
  });
});

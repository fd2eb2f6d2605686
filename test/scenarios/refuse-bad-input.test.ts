/** What happens: a topology with many faults at once, and things of other people in the way.
 *  What must hold: every fault stands in one report, with where, given, allowed and remedy; nothing
 *  on the engine is touched.
 *  How it is measured: the report, and everything on the engine before and after. */

import { afterEach, describe, expect, it } from "vitest";
import { Checkout } from "../support/checkout.ts";
import { docker, everything } from "../support/docker.ts";
import { freePorts } from "../support/ports.ts";
import { sharedStack } from "../support/shared-stack.ts";
import { smallTopology, TestStack } from "../support/test-stack.ts";

const { stack: shared } = sharedStack();

/** Deploys what must be refused; gives the report. */
async function refused(stack: TestStack): Promise<string> {
  const before = await everything();
  const ended = await stack.pulumi(["up", "--yes", "--skip-preview"]);

  expect(ended.code).not.toBe(0);
  expect(await everything()).toBe(before);
  return ended.text;
}

describe("bad input is refused before anything is touched", () => {
  it("names every fault of a topology in one report", async () => {
    using checkout = new Checkout();
    const [port = 0] = await freePorts(1);
    await using stack = await TestStack.create(checkout, {
      name: "MIRROR:SET",
      failover: {
        mirrorA: { webPort: port },
        mirrora: { webPort: port },
        "mirror,C": {},
      },
      async: Object.fromEntries(
        Array.from({ length: 15 }, (_, index) => [
          `dr${index + 1}`,
          { type: "dr", ...(index === 14 ? { databases: ["COMPANY"] } : {}) },
        ]),
      ),
      databases: {
        COMPANY: {},
        company: {},
        A: { directory: "/dur/a" },
        B: { directory: "/dur/a/" },
      },
      namespaces: {
        NOWHERE: {},
        SOME: { globals: "COMPANY", mappings: { globals: { a: "USER" } } },
      },
      apps: { PHONEBOOK: {} },
      databses: {},
      virtualIp: "10.0.0.1",
    });

    const report = await refused(stack);

    expect(report).toMatch(/name.*MIRROR:SET/s);
    expect(report).toMatch(/mirrora/);
    expect(report).toMatch(/mirror,C/);
    expect(report).toMatch(/failover.*(two|2)/s);
    expect(report).toMatch(new RegExp(`webPort[^]*${port}`));
    expect(report).toMatch(/databses[^]*databases/);
    expect(report).toMatch(/async\n +given: +15 async members/);
    expect(report).toMatch(/async\.dr15\.databases/);
    expect(report).toMatch(/databases\.company\n +given: +"COMPANY", also at databases\.COMPANY/);
    expect(report).toMatch(/databases\.B\.directory\n[^\n]*also at databases\.A\.directory/);
    expect(report).toMatch(/namespaces\.NOWHERE/);
    expect(report).toMatch(/namespaces\.SOME\.mappings\.globals\.a\n[^\n]*never mirrored/);
    expect(report).toMatch(/apps\.PHONEBOOK\n +given: +the namespace "PHONEBOOK"/);
    expect(report).toMatch(/virtualIp[^]*nonroot/);
  });

  it("names the licence file that is not there", async () => {
    using checkout = new Checkout();
    await using stack = await TestStack.create(checkout, {
      ...smallTopology(await freePorts(2)),
      version: undefined,
      engine: "iris",
      image: "some/iris:1",
      licenseKey: "/nowhere/iris.key",
    });

    expect(await refused(stack)).toMatch(/licenseKey[^]*\/nowhere\/iris\.key/);
  });

  it("names the one who holds a port", async () => {
    using checkout = new Checkout();
    const outputs = (await shared.outputs()) as { members: { mirrorA: { url: string } } };
    const taken = Number(new URL(outputs.members.mirrorA.url).port);
    const [free = 0] = await freePorts(1);
    await using stack = await TestStack.create(checkout, smallTopology([taken, free]));

    expect(await refused(stack)).toMatch(new RegExp(`${taken}[^]*${shared.container("mirrorA")}`));
  });
});

describe("what belongs to others is refused with their name", () => {
  const strangers: string[][] = [];

  afterEach(async () => {
    for (const stranger of strangers.splice(0)) await docker(stranger);
  });

  it("a container of that name", async () => {
    using checkout = new Checkout();
    await using stack = await TestStack.create(checkout);
    const image = (await docker(["images", "-q", "iris-mirror/arbiter"])).split("\n")[0] ?? "";
    await docker(["create", "--name", stack.container("mirrorB"), image]);
    strangers.push(["rm", stack.container("mirrorB")]);

    expect(await refused(stack)).toContain(stack.container("mirrorB"));
  });

  it("a volume of that name", async () => {
    using checkout = new Checkout();
    await using stack = await TestStack.create(checkout);
    const volume = `${stack.container("mirrorA")}-data`;
    await docker(["volume", "create", "--label", "io.iris-mirror.stack=other", volume]);
    strangers.push(["volume", "rm", volume]);

    expect(await refused(stack)).toMatch(new RegExp(`${volume}[^]*other`));
  });
});

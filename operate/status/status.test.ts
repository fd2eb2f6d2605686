import { describe, expect, test } from "vitest";
import { assess, exitStatusOfHealth } from "./assess.ts";
import { FakeWorld } from "../testing/fake-world.ts";
import { gather, type MemberStatus, type StackStatus } from "./gather.ts";
import { render } from "./table.ts";

function member(name: string, changes: Partial<MemberStatus> = {}): MemberStatus {
  return {
    ...{ name, container: name, containerState: "running", type: "Failover" },
    ...{ mirror: "MIRRORSET", arbiter: "arbiter|2188", failoverReady: true },
    ...changes,
  };
}

const primary = member("mirrorA", {
  ...{ status: "PRIMARY", databases: [{ name: "COMPANY", status: "Normal" }] },
});
const backup = member("mirrorB", {
  ...{ status: "BACKUP", databases: [{ name: "COMPANY", status: "Dejournaling" }] },
});
const async: MemberStatus = {
  ...{ name: "dr1", container: "dr1", containerState: "running", type: "Disaster Recovery" },
  ...{ mirror: "MIRRORSET", arbiter: "arbiter|2188", status: "CONNECTED" },
  databases: [{ name: "COMPANY", status: "Dejournaling" }],
};
const arbiter = { container: "arbiter", containerState: "running" };
const sound: StackStatus = { stack: "dev", members: [primary, backup], arbiter };

describe("the stacks of an engine", () => {
  const line = (name: string, changes: object): string =>
    JSON.stringify({
      ...{
        id: name,
        name,
        state: "running",
        ports: "",
        mounts: "",
        stack: "",
        member: "",
        kind: "",
      },
      ...{ specification: "", ...changes },
    });

  test("are found by their labels, and a container that is down is not asked", async () => {
    const world = new FakeWorld("mirrorA");
    world.instances[0]!.mirror = { name: "M", guid: "1", arbiter: "arbiter|2188", qosTimeoutMs: 8 };
    world.instances[0]!.status = "PRIMARY";
    const member = { stack: "dev", kind: "member" };
    world.dockerAnswers = () => ({
      stdout: [
        line("dev-mirrorA", { ...member, member: "mirrorA" }),
        line("dev-mirrorB", { ...member, member: "mirrorB", state: "exited" }),
        line("arbiter", { stack: "dev", kind: "arbiter", member: "arbiter" }),
        line("stranger", {}),
      ].join("\n"),
    });

    const [found] = await gather(world, "dev");

    expect(await gather(world, "other")).toEqual([]);
    expect(found).toEqual({
      stack: "dev",
      members: [
        {
          ...{ name: "mirrorA", container: "dev-mirrorA", containerState: "running" },
          ...{ status: "PRIMARY", type: "Failover", mirror: "M", arbiter: "arbiter|2188" },
          ...{ failoverReady: false, notReadyBecause: "", databases: [] },
        },
        {
          ...{ name: "mirrorB", container: "dev-mirrorB", containerState: "exited" },
          unreachable: "the container is exited",
        },
      ],
      arbiter: { container: "arbiter", containerState: "running" },
    });
  });
});

describe("a stack", () => {
  test("is healthy with one primary, a ready backup and sound databases", () => {
    expect(assess(sound)).toEqual({
      ...{ health: "healthy", problems: [], failoverMode: "arbiter controlled" },
    });
  });

  test.each<[string, StackStatus, string]>([
    [
      "a database that is behind",
      {
        ...sound,
        members: [
          primary,
          { ...backup, databases: [{ name: "COMPANY", status: "Needs Catchup" }] },
        ],
      },
      "COMPANY on mirrorB is Needs Catchup",
    ],
    [
      "a member that waits",
      { ...sound, members: [primary, { ...backup, status: "WAITING" }] },
      "mirrorB is WAITING",
    ],
    [
      "a member out of reach",
      { ...sound, members: [primary, { ...backup, unreachable: "the container is exited" }] },
      "mirrorB: the container is exited",
    ],
    [
      "a failover that would not succeed",
      {
        ...sound,
        members: [{ ...primary, failoverReady: false, notReadyBecause: "no backup" }, backup],
      },
      "mirrorA: a failover would not succeed now: no backup",
    ],
    [
      "an arbiter that is down",
      { ...sound, arbiter: { ...arbiter, containerState: "exited" } },
      "the arbiter's container is exited",
    ],
  ])("needs attention with %s", (_name, stack, problem) => {
    const { health, problems } = assess(stack);

    expect({ health, problems }).toEqual({ health: "degraded", problems: [problem] });
  });

  test("is healthy with an async that is connected and has caught up", () => {
    expect(assess({ ...sound, members: [async, primary, backup] }).health).toBe("healthy");
  });

  test("needs attention with an async that is not connected, or has a copy that is behind", () => {
    const databases = [{ name: "COMPANY", status: "Needs Catchup" }];
    const behind = { ...async, status: "SYNCHRONIZING", databases };

    expect(assess({ ...sound, members: [behind, primary, backup] })).toMatchObject({
      health: "degraded",
      problems: ["dr1 is SYNCHRONIZING", "COMPANY on dr1 is Needs Catchup"],
    });
  });

  test("without a primary is worse than that", () => {
    const { health, problems } = assess({ ...sound, members: [backup] });

    expect(health).toBe("no primary");
    expect(problems[0]).toBe("no member is primary");
  });

  test("with two primaries is as bad", () => {
    expect(assess({ ...sound, members: [primary, primary] }).health).toBe("no primary");
  });

  test("without members is nothing", () => {
    expect(assess({ stack: "dev", members: [] }).health).toBe("nothing there");
  });

  test("has an exit status that grows with the trouble", () => {
    expect(Object.values(exitStatusOfHealth)).toEqual([0, 2, 3, 4]);
  });

  test("is shown as a table, with what is wrong below it", () => {
    const stack = {
      ...sound,
      members: [
        { ...async, databases: [{ name: "C", status: "Dejournaling" }] },
        primary,
        member("mirrorB", {
          ...{ containerState: "exited", unreachable: "the container is exited" },
        }),
      ],
    };

    expect(render(stack, assess(stack))).toMatchInlineSnapshot(`
      "dev: mirror MIRRORSET, degraded, arbiter controlled, arbiter arbiter|2188
        MEMBER   CONTAINER  STATE    TYPE               ROLE       FAILOVER READY  DATABASES
        dr1      dr1        running  Disaster Recovery  CONNECTED                  C Dejournaling
        mirrorA  mirrorA    running  Failover           PRIMARY    yes             COMPANY Normal
        mirrorB  mirrorB    exited   Failover           ?          yes
        arbiter  arbiter    running
        ! mirrorB: the container is exited"
    `);
  });
});

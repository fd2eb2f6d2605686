import { afterEach, describe, expect, test, vi } from "vitest";
import type { InstanceAddress } from "./contract/common.ts";
import { MirrorError } from "./mirror-error.ts";
import type { Session } from "./session.ts";
import { installFakeDocker, type FakeDocker } from "./testing/fake-docker.ts";
import { realWorld } from "./world.ts";

// Every test here starts programs, which takes long on a machine that is busy with others.
vi.setConfig({ testTimeout: 60_000 });

const member: InstanceAddress = { name: "mirrorA", container: "dev-mirrorA", instance: "IRIS" };

afterEach(() => {
  vi.unstubAllEnvs();
});

async function withFake<T>(fake: FakeDocker, work: (session: Session) => Promise<T>): Promise<T> {
  await using docker = await installFakeDocker(fake);
  vi.stubEnv("PATH", docker.path);
  const session = realWorld({}).open(member);
  try {
    return await work(session);
  } finally {
    session.close();
  }
}

async function failureOf(work: Promise<unknown>): Promise<MirrorError> {
  try {
    await work;
  } catch (problem) {
    if (problem instanceof MirrorError) {
      return problem;
    }
    throw problem;
  }
  throw new Error("it did not fail");
}

const inspected = (state: string): string =>
  JSON.stringify([
    {
      Id: "1f",
      Name: "/dev-mirrorA",
      RestartCount: 0,
      State: { Status: state, Restarting: false, ExitCode: 0 },
      Config: { Labels: null },
    },
  ]);

describe("a session", () => {
  test("answers one question after another over one docker exec", async () => {
    const answers = await withFake(
      { session: `answer(JSON.stringify({ answer: { pid: process.pid, id: Number(id) } }));` },
      async (session) => [await session.call("Mirror.Status"), await session.call("Mirror.Status")],
    );

    const [first, second] = answers as { pid: number; id: number }[];
    expect([first?.id, second?.id]).toEqual([1, 2]);
    expect(first?.pid).toBe(second?.pid);
  });

  test("tells the product's words when a primitive failed", async () => {
    const failure = await withFake(
      { session: `answer('{"error":"ERROR #2066: Mirroring Service is required"}');` },
      (session) => failureOf(session.call("Mirror.Create")),
    );

    expect(failure.message).toContain(
      "dev-mirrorA: Mirror.Create failed: ERROR #2066: Mirroring Service is required",
    );
    expect(failure).toMatchObject({ code: "instance-refused", definite: false });
  });

  test("tells that our classes are missing", async () => {
    const failure = await withFake(
      { session: `print("\\n^\\n<CLASS DOES NOT EXIST> *ZIrisMirror.Call\\n");` },
      (session) => failureOf(session.call("Mirror.Status")),
    );

    expect(failure).toMatchObject({ code: "code-missing", definite: true });
  });

  test("takes silence about the marker for an error and shows what was printed", async () => {
    const failure = await withFake({ session: `print("\\n<SYNTAX>\\n");` }, (session) =>
      failureOf(session.call("Mirror.Status")),
    );

    expect(failure).toMatchObject({ code: "no-answer", definite: false });
    expect(failure.message).toContain("Mirror.Status printed no answer but: <SYNTAX>");
  });

  test("that ends in the midst of its work leaves the outcome open", async () => {
    const failure = await withFake(
      { session: `if (id === "1") answer('{"answer":1}'); else process.exit(0);` },
      async (session) => {
        await session.call("Mirror.Status");
        return failureOf(session.call("Mirror.Create"));
      },
    );

    expect(failure).toMatchObject({ code: "no-answer", definite: false });
  });
});

describe("a session that cannot be had", () => {
  const ended = "process.exit(1);";

  test("tells that there is no container", async () => {
    const failure = await withFake({ session: ended }, (session) =>
      failureOf(session.call("Mirror.Status")),
    );

    expect(failure).toMatchObject({ code: "container-absent", definite: true });
  });

  test("tells that the container is stopped", async () => {
    const failure = await withFake(
      { session: ended, commands: { "container inspect": inspected("exited") } },
      (session) => failureOf(session.call("Mirror.Status")),
    );

    expect(failure).toMatchObject({ code: "container-stopped", definite: true });
    expect(failure.message).toContain("the container is exited");
  });

  test.each([
    ["down, last used Mon Aug 16 09:33:43 2021", "instance-down"],
    ["sign-on inhibited:primary transition", "instance-starting"],
    ["running, since Wed Aug  4 07:12:45 2021", "no-answer"],
  ])("tells what an instance is that is %s", async (status, code) => {
    const listed = `IRIS^/usr/irissys^2022.1.0.209.0^${status}^iris.cpf^1972^52773^^ok^IRIS^^^/dur/iconfig\n`;

    const failure = await withFake(
      {
        session: ended,
        commands: {
          "container inspect": inspected("running"),
          "exec dev-mirrorA iris qlist IRIS": listed,
        },
      },
      (session) => failureOf(session.call("Mirror.Status")),
    );

    expect(failure).toMatchObject({ code, definite: true });
  });

  test("tells that there is no docker", async () => {
    vi.stubEnv("PATH", "/nowhere");

    const failure = await failureOf(realWorld({}).open(member).call("Mirror.Status"));

    expect(failure).toMatchObject({ code: "docker-unreachable", definite: true });
  });
});

import { afterEach, describe, expect, test, vi } from "vitest";
import { followLog, lineCounter } from "./log-hint.ts";
import { installFakeDocker } from "./testing/fake-docker.ts";

// Every test here starts programs, which takes long on a machine that is busy with others.
vi.setConfig({ testTimeout: 60_000 });

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Longer than any of these tests, so that only a hint can end the waiting. */
const never = 600_000;

describe("a hint", () => {
  test("is a line that stands in the log already", async () => {
    await using docker = await installFakeDocker({
      commands: { "logs --follow box": "starting\n...started InterSystems IRIS instance IRIS\n" },
      session: "",
    });
    vi.stubEnv("PATH", docker.path);
    const hint = followLog("box", /started/);

    await expect(hint.wait(never)).resolves.toBeUndefined();
    hint.stop();
  });

  test("is also the end of the log, as of a container that has ended", async () => {
    await using docker = await installFakeDocker({ session: "" });
    vi.stubEnv("PATH", docker.path);
    const hint = followLog("box", /started/);

    await expect(hint.wait(never)).resolves.toBeUndefined();
    await expect(hint.wait(never)).resolves.toBeUndefined();
  });

  test("is given by the limit when the log says nothing", async () => {
    await using docker = await installFakeDocker({
      commands: { "logs --follow box": "starting\n" },
      session: "",
    });
    vi.stubEnv("PATH", docker.path);
    const hint = followLog("box", /started/);

    await expect(hint.wait(1)).resolves.toBeUndefined();
    hint.stop();
  });
});

test("lines are counted however the text is cut", () => {
  const count = lineCounter(/started/);

  expect([count("a\nstar"), count("ted\nstarted"), count("\n"), count("")]).toEqual([0, 1, 1, 0]);
});

import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { devPassphrase, generatedPassphrase, pulumiEnvironment } from "./environment.mjs";
import { meaningOf } from "./stack.mjs";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "iris-mirror-test-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const engine = { id: "AB:CD", host: undefined };

function environmentFor(
  line: string,
  given: Record<string, string> = {},
  more: Partial<Parameters<typeof pulumiEnvironment>[0]> = {},
) {
  const launch = {
    cli: "/cache/bin/pulumi",
    isOwnBuild: true,
    meaning: meaningOf(line.split(" ")),
    engine,
    ...more,
  };
  const surroundings = {
    PATH: "/usr/bin",
    IRIS_MIRROR_STATE: join(folder, "state"),
    IRIS_MIRROR_CACHE: join(folder, "cache"),
    PULUMI_HOME: join(folder, "users-home"),
    ...given,
  };
  return pulumiEnvironment(launch, surroundings).environment;
}

describe("the state", () => {
  it("lies in the state folder, one per Docker engine", () => {
    const { PULUMI_BACKEND_URL } = environmentFor("up");

    expect(PULUMI_BACKEND_URL).toBe(`file://${folder}/state/abcd/pulumi?metadata=skip`);
    expect(statSync(join(folder, "state/abcd/pulumi")).isDirectory()).toBe(true);
  });

  it.for([{ PULUMI_BACKEND_URL: "s3://bucket" }, { PULUMI_ACCESS_TOKEN: "secret" }])(
    "is the user's where the environment says so",
    (given) => {
      expect(environmentFor("up", given)["PULUMI_BACKEND_URL"]).toBe(
        given.PULUMI_BACKEND_URL ?? undefined,
      );
    },
  );

  it("is the user's where the user is logged in, also for the Pulumi built here", () => {
    const home = join(folder, "users-home");
    mkdirSync(home);
    writeFileSync(join(home, "credentials.json"), JSON.stringify({ current: "s3://bucket" }));

    const environment = environmentFor("up");

    expect(environment["PULUMI_BACKEND_URL"]).toBeUndefined();
    expect(environment["PULUMI_CREDENTIALS_PATH"]).toBe(home);
  });

  it("is the one that was logged in to with the Pulumi built here", () => {
    const home = join(folder, "state/pulumi-home");
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, "credentials.json"), JSON.stringify({ current: "s3://bucket" }));

    expect(environmentFor("up")["PULUMI_BACKEND_URL"]).toBeUndefined();
  });
});

describe("the passphrase", () => {
  it("of the dev stack is the published one, whatever else is set", () => {
    const given = { PULUMI_CONFIG_PASSPHRASE: "mine", PULUMI_CONFIG_PASSPHRASE_FILE: "/file" };

    const environment = environmentFor("up --stack organization/iris-mirror/dev", given);

    expect(environment["PULUMI_CONFIG_PASSPHRASE"]).toBe(devPassphrase);
    expect(environment["PULUMI_CONFIG_PASSPHRASE_FILE"]).toBeUndefined();
  });

  it.for([{ PULUMI_CONFIG_PASSPHRASE: "" }, { PULUMI_CONFIG_PASSPHRASE_FILE: "/file" }])(
    "of another stack is the user's, even an empty one",
    (given) => {
      expect(environmentFor("up -s prod", given)).toMatchObject(given);
    },
  );

  it("of another stack is made up where there is none, and kept for its owner alone", () => {
    const environment = environmentFor("up -s prod");
    const file = environment["PULUMI_CONFIG_PASSPHRASE_FILE"] ?? "";

    expect(environment["PULUMI_CONFIG_PASSPHRASE"]).toBeUndefined();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, "utf8")).toMatch(/^[\w-]{32}\n$/);
    const again = readFileSync(generatedPassphrase(join(folder, "state")), "utf8");
    expect(again).toBe(readFileSync(file, "utf8"));
  });

  it("is not made up for a state of the user's own", () => {
    const environment = environmentFor("up -s prod", { PULUMI_BACKEND_URL: "s3://bucket" });

    expect(environment["PULUMI_CONFIG_PASSPHRASE_FILE"]).toBeUndefined();
  });
});

describe("the rest of the environment", () => {
  it("has a home for the Pulumi built here, and leaves the user's Pulumi its own", () => {
    expect(environmentFor("up")["PULUMI_HOME"]).toBe(join(folder, "state/pulumi-home"));
    expect(environmentFor("up", {}, { isOwnBuild: false })["PULUMI_HOME"]).toBe(
      join(folder, "users-home"),
    );
  });

  it("has the project's Node.js before any other, and the user's programs after it", () => {
    const path = environmentFor("up")["PATH"]?.split(":") ?? [];

    expect(path[0]).toBe("/cache/bin");
    expect(path[1]).toMatch(/node_modules\/\.bin$/);
    expect(path.at(-1)).toBe("/usr/bin");
  });

  it("tells the program which operation runs, and runs it at destroy too, not to refresh", () => {
    expect(environmentFor("dn --yes")).toMatchObject({
      IRIS_MIRROR_OPERATION: "destroy",
      PULUMI_RUN_PROGRAM: "true",
    });
    const given = { PULUMI_RUN_PROGRAM: "true" };
    for (const line of ["up", "preview", "refresh"]) {
      expect(environmentFor(line, given)["PULUMI_RUN_PROGRAM"]).toBe("false");
    }
  });

  it("leads to the Docker engine of the current context", () => {
    const launch = { engine: { id: "A", host: "unix:///home/me/docker.sock" } };

    expect(environmentFor("up", {}, launch)["DOCKER_HOST"]).toBe("unix:///home/me/docker.sock");
    expect(environmentFor("up")["DOCKER_HOST"]).toBeUndefined();
  });
});

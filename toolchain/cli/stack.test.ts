import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { top } from "../ground/places.mjs";
import { meaningOf, plainName, project, selectedStack } from "./stack.mjs";

describe("a command line of Pulumi", () => {
  it.for([
    ["up --yes", "up", "program", undefined],
    ["update", "up", "program", undefined],
    ["pre --diff", "preview", "program", undefined],
    ["dn", "destroy", "program", undefined],
    ["refresh -s test", "refresh", "program", "test"],
    ["--cwd sub destroy --stack=org/p/test", "destroy", "program", "org/p/test"],
    ["-C sub up", "up", "program", undefined],
    ["stack ls", "stack", "state", undefined],
    ["stack init test", "stack", "state", "test"],
    ["stack select --create --stack test", "stack", "state", "test"],
    ["stack rm test --yes", "stack", "stack", "test"],
    ["stack output url", "stack", "state", undefined],
    ["--stack test config set up down", "config", "state", "test"],
    ["cancel", "cancel", "state", undefined],
    ["version", "version", "nothing", undefined],
    ["plugin ls", "plugin", "nothing", undefined],
    ["up --help", "up", "nothing", undefined],
    ["", "", "nothing", undefined],
  ] as const)("%s", ([line, operation, needs, stack]) => {
    const args = line.split(" ").filter((word) => word !== "");

    expect(meaningOf(args)).toEqual({ operation, needs, stack });
  });
});

describe("a stack", () => {
  it("has a plain name behind organisation and project", () => {
    expect(plainName("organization/iris-mirror/dev")).toBe("dev");
    expect(plainName("dev")).toBe("dev");
  });

  it("that is selected stands in Pulumi's own file, by checkout and backend", () => {
    const home = mkdtempSync(join(tmpdir(), "iris-mirror-test-"));
    const hash = createHash("sha1").update("/checkout/Pulumi.yaml").digest("hex");
    mkdirSync(join(home, "workspaces"));
    const file = join(home, "workspaces", `iris-mirror-${hash}-workspace.json`);
    writeFileSync(file, JSON.stringify({ stacks: { "file:///a": "organization/iris-mirror/x" } }));

    const selected = selectedStack(home, "/checkout", "file:///a");
    const elsewhere = selectedStack(home, "/checkout", "file:///b");
    const another = selectedStack(home, "/other", "file:///a");

    expect([selected, elsewhere, another]).toEqual([
      "organization/iris-mirror/x",
      undefined,
      undefined,
    ]);
    rmSync(home, { recursive: true });
  });

  it("belongs to the project of Pulumi.yaml", () => {
    expect(readFileSync(join(top, "Pulumi.yaml"), "utf8")).toMatch(`name: ${project}\n`);
  });
});

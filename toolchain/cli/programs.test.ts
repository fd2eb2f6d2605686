import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { top } from "../ground/places.mjs";
import { helpFor } from "./go.mjs";
import { assemble } from "./home.mjs";
import { buildOf, cliVersion, programs } from "./programs.mjs";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "iris-mirror-test-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const command = programs.find(({ plugin }) => plugin?.name === "command")!;

describe("the programs", () => {
  it("have the versions of their npm packages, which the engine asks for", () => {
    for (const { plugin } of programs) {
      if (plugin !== undefined) {
        const file = join(top, "node_modules/@pulumi", plugin.name, "package.json");
        const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string };
        expect(version, plugin.name).toBe(plugin.version);
        const main = readFileSync(join(top, "toolchain/pulumi", plugin.name, "main.go"), "utf8");
        expect(main).toContain(`version = "${plugin.version}"`);
      }
    }
  });

  it("are stamped with the version their module has", () => {
    const modules = readFileSync(join(top, "toolchain/pulumi/cli/go.mod"), "utf8");

    expect(modules).toContain(`github.com/pulumi/pulumi/pkg/v3 ${cliVersion}`);
  });
});

describe("a build", () => {
  function checkout(): string {
    cpSync(join(top, "toolchain/pulumi/command"), join(folder, "toolchain/pulumi/command"), {
      recursive: true,
    });
    return folder;
  }

  it("is found again by another checkout of the same sources", () => {
    expect(buildOf(command, "/cache", checkout())).toBe(buildOf(command, "/cache"));
  });

  it("is another one when a source changes, and the same when a test does", () => {
    const copy = checkout();
    const before = buildOf(command, "/cache", copy);

    writeFileSync(join(copy, "toolchain/pulumi/command/local/more_test.go"), "package local");
    const afterTest = buildOf(command, "/cache", copy);
    writeFileSync(join(copy, "toolchain/pulumi/command/local/more.go"), "package local");
    const afterSource = buildOf(command, "/cache", copy);

    expect(afterTest).toBe(before);
    expect(afterSource).not.toBe(before);
  });
});

describe("the builds, assembled", () => {
  it("lie where the engine looks: the host beside the CLI, plugins under their versions", () => {
    const cache = join(folder, "cache");
    const home = join(folder, "home");
    for (const program of programs) {
      const file = buildOf(program, cache);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, program.name);
    }

    const first = assemble(cache, home);
    const second = assemble(cache, home);

    expect(second).toBe(first);
    expect(readFileSync(first, "utf8")).toBe("pulumi");
    expect(existsSync(join(dirname(first), "pulumi-language-nodejs"))).toBe(true);
    const plugin = join(home, "plugins/resource-command-v1.2.1/pulumi-resource-command");
    expect(readFileSync(plugin, "utf8")).toBe("pulumi-resource-command");
  });
});

describe("a failed build", () => {
  it.for([
    ["reading golang.example/x@v1.2.3.zip: 403 Forbidden", "x@v1.2.3"],
    ["write /tmp/x: no space left on device", "disk is full"],
    ["dial tcp: lookup proxy: no such host", "proxy is reached"],
    ["verifying a/b@v1.0.0: checksum mismatch", "not what go.sum says"],
    ["compile: signal: killed", "memory"],
    ["undefined: thing", "Run this again"],
  ] as const)("%s is told with what helps", ([printed, help]) => {
    expect(helpFor(printed)).toContain(help);
  });
});

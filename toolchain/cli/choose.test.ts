import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isUsable, oldestUsable, pulumiOnPath } from "./choose.mjs";

describe("a version of Pulumi", () => {
  it.for(["v3.249.0", "3.249.1", "v3.259.0-alpha.1", "v4.0.0", "3.1000.0"])(
    "%s is new enough",
    (version) => {
      expect(isUsable(version)).toBe(true);
    },
  );

  it.for(["v3.248.9", "v2.999.0", "", "command not found", "v3"])("%s is not", (version) => {
    expect(isUsable(version)).toBe(false);
  });

  it("is usable from the oldest one on, whichever part makes it newer", () => {
    const part = fc.nat({ max: 500 });
    fc.assert(
      fc.property(fc.tuple(part, part, part), (version) => {
        const [major, minor, patch] = version;
        const weight = ([a = 0, b = 0, c = 0]: readonly number[]) => (a * 1000 + b) * 1000 + c;
        expect(isUsable(`v${major}.${minor}.${patch}`)).toBe(
          weight(version) >= weight(oldestUsable),
        );
      }),
    );
  });
});

describe("pulumi on PATH", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "iris-mirror-test-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function program(path: string, mode = 0o755): string {
    const file = join(folder, path);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, "");
    chmodSync(file, mode);
    return file;
  }
  const find = (...folders: string[]) =>
    pulumiOnPath(folders.map((name) => join(folder, name)).join(":"), join(folder, "cache"));

  it("is the first that can be run", () => {
    program("a/pulumi", 0o644);
    mkdirSync(join(folder, "b", "pulumi"), { recursive: true });
    const wanted = program("c/pulumi");
    program("d/pulumi");

    expect(find("missing", "a", "b", "c", "d")).toBe(wanted);
  });

  it("is never a script of an npm package, ours least of all", () => {
    const script = program("checkout/toolchain/pulumi.mjs");
    mkdirSync(join(folder, "bin"));
    symlinkSync(script, join(folder, "bin", "pulumi"));

    expect(find("bin")).toBeUndefined();
  });

  it("is not what was built here: that has a home of its own", () => {
    program("cache/pulumi/bin-1/pulumi");

    expect(find("cache/pulumi/bin-1")).toBeUndefined();
  });
});

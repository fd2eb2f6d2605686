import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { labels } from "../operate/contract/common.ts";
import { profileNames } from "../rehearsal/profile.ts";
import { stackLabel } from "./engine/belongings.mjs";
import {
  baseReference,
  enginePackages,
  filesOf,
  imageReferences,
  releases,
} from "./image-reference.mjs";

let checkout = "";
beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), "iris-mirror-test-"));
  write("rehearsal/image/Dockerfile", "FROM x");
  write("rehearsal/edge/main.ts", "1");
});
afterEach(() => {
  rmSync(checkout, { recursive: true });
});

function write(path: string, text: string): void {
  mkdirSync(join(checkout, path, ".."), { recursive: true });
  writeFileSync(join(checkout, path), text);
}

const member = () => imageReferences(checkout, {})["2022.1"]?.member;

describe("the name of an image", () => {
  it("has the release and the content in its tag, and one image for each kind", () => {
    const { "2022.1": images } = imageReferences(checkout, {});

    expect(images?.member).toMatch(/^iris-mirror\/iris:2022\.1-[0-9a-f]{12}$/);
    expect(images?.arbiter).toMatch(/^iris-mirror\/arbiter:2022\.1-[0-9a-f]{12}$/);
    expect(images?.unlicensed).toMatch(/^iris-mirror\/iris:2022\.1-unlicensed-[0-9a-f]{12}$/);
  });

  it.for([
    ["a source", "rehearsal/edge/main.ts"],
    ["a new file", "rehearsal/edge/new.ts"],
    ["the Dockerfile", "rehearsal/image/Dockerfile"],
    ["the version of Node.js", `node_modules/node-linux-${process.arch}/package.json`],
    ["the version of a library", "node_modules/decimal.js/package.json"],
  ] as const)("changes with %s", ([, path]) => {
    const before = member();

    write(path, `{"version":"2"}`);

    expect(member()).not.toBe(before);
  });

  it("changes when a file becomes a program, and with the base", () => {
    const before = member();
    chmodSync(join(checkout, "rehearsal/edge/main.ts"), 0o755);

    expect(member()).not.toBe(before);
    const other = { IRIS_MIRROR_BASE_IMAGE: "debian:12-slim" };
    expect(imageReferences(checkout, other)["2022.1"]?.member).not.toBe(member());
    expect(baseReference(other)).not.toBe(baseReference({}));
  });

  it.for(["rehearsal/edge/main.test.ts", "rehearsal/testing/help.ts", "rehearsal/README.md"])(
    "stays the same when %s changes",
    (path) => {
      const before = member();

      write(path, "text");

      expect(member()).toBe(before);
    },
  );

  it("tells two files from one that reads like both", () => {
    write("rehearsal/z1", "x");
    write("rehearsal/z2", "y");
    const before = member();

    rmSync(join(checkout, "rehearsal/z2"));
    write("rehearsal/z1", "xz2filey");

    expect(member()).not.toBe(before);
  });
});

describe("what two parts of the project say alike", () => {
  it("are the libraries the engine imports and those in its images", () => {
    const files = filesOf(join(import.meta.dirname, "../rehearsal"));
    const imported = files
      .filter((path) => /\.m?[jt]s$/.test(path))
      .flatMap((path) => [...readFileSync(path, "utf8").matchAll(/ from "([^".][^"]*)";/g)])
      .map((match) => match[1] ?? "")
      .filter((name) => !name.startsWith("node:"));

    expect([...new Set(imported)].sort()).toEqual([...enginePackages].sort());
  });

  it("are the releases the engine imitates", () => {
    expect(releases).toEqual(profileNames);
  });

  it("is the label that names the stack", () => {
    expect(stackLabel).toBe(labels.stack);
  });
});

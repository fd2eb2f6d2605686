import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { readFile } from "node:fs/promises";
import { describe, expect, test, vi } from "vitest";
import { run } from "./child-process.ts";
import { archive, hashOfCode, readApp, readCode } from "./code.ts";

// Every test here starts programs, which takes long on a machine that is busy with others.
vi.setConfig({ testTimeout: 60_000 });

const files = [
  { path: "A/One.cls", content: "Class A.One\n{\n}\n" },
  { path: "A/Two.cls", content: "x".repeat(512) },
];

describe("the code", () => {
  test("has another hash whenever anything of it changes", () => {
    const [one, two] = files;
    const variants = [
      files,
      [one!],
      [two!, one!],
      [{ ...one!, path: "A/Other.cls" }, two!],
      [{ ...one!, content: `${one!.content}\n` }, two!],
      [
        { path: "A/One.cls", content: `${one!.content}A/Two.cls` },
        { ...two!, content: "" },
      ],
      [{ path: `${one!.path}C`, content: one!.content.slice(1) }, two!],
    ];

    expect(new Set(variants.map(hashOfCode)).size).toBe(variants.length);
  });

  test("travels in an archive that tar reads", async () => {
    const packed = archive("irismirror-1", files);

    const listed = await run(["tar", "-t", "-f", "-"], { timeoutMs: 60_000, stdin: packed });
    const one = await run(["tar", "-x", "-O", "-f", "-", "irismirror-1/A/One.cls"], {
      ...{ timeoutMs: 60_000, stdin: packed },
    });

    expect(listed).toMatchObject({
      ...{ code: 0, stdout: "irismirror-1/A/One.cls\nirismirror-1/A/Two.cls\n", stderr: "" },
    });
    expect(one.stdout).toBe(files[0]!.content);
  });

  test("is the same archive every time", () => {
    expect(archive("r", files)).toEqual(archive("r", files));
  });
});

test.each([
  ["install/cls", () => readCode()],
  ["install/apps/COMPANY", () => readApp("COMPANY")],
  ["install/apps/PHONEBOOK", () => readApp("PHONEBOOK")],
])(
  "%s holds classes whose package is their path, in plain ASCII and narrow lines",
  async (_folder, read) => {
    for (const { path, content } of await read()) {
      const [, name] = /^Class (\S+)$/m.exec(content) ?? [];
      expect(`${String(name).replaceAll(".", "/")}.cls`).toBe(path);
      expect(content).toMatch(/^[\x20-\x7e\n]*$/);
      expect(content.split("\n").filter((line) => line.length > 100)).toEqual([]);
    }
  },
);

describe("install/cls", () => {
  test("has every primitive the steps call, and none they do not", async () => {
    const code = await readCode();
    const defined = code.flatMap(({ path, content }) =>
      [...content.matchAll(/^ClassMethod (\w+)\(given As %DynamicObject\)(.*)$/gm)]
        .filter(([, , rest]) => rest?.includes("Private") !== true)
        .map(([, method]) => `${basename(path, ".cls")}.${String(method)}`),
    );
    const sources = await sourcesOf(import.meta.dirname);
    const called = [...sources.matchAll(/"([A-Z][a-z]\w*\.[A-Z]\w+)"/g)].map(([, name]) => name);

    expect([...new Set(called)].toSorted()).toEqual([...new Set(defined)].toSorted());
  });
});

async function sourcesOf(directory: string): Promise<string> {
  const paths = (await readdir(directory, { recursive: true })).filter(
    (path) => path.endsWith(".ts") && !path.endsWith(".test.ts") && !path.startsWith("testing/"),
  );
  return (await Promise.all(paths.map((path) => readFile(join(directory, path), "utf8")))).join(
    "\n",
  );
}

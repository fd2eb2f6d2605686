/** `iris.cpf` on the disk. */

import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { Configuration } from "./configuration.ts";

it("is written when it changes and not otherwise: a full disk ends nobody who changes nothing", () => {
  const folder = mkdtempSync(join(tmpdir(), "configuration-"));
  const path = join(folder, "iris.cpf");
  writeFileSync(path, "[Mirrors]\nMIR=1\n");
  const configuration = new Configuration(path);
  const inode = () => statSync(path).ino;
  configuration.save();
  const first = inode();
  configuration.set("Mirrors", "MIR", configuration.get("Mirrors", "MIR") ?? "");
  configuration.save();
  expect(inode()).toBe(first);

  configuration.set("Mirrors", "MIR", "2");
  configuration.save();
  expect(inode()).not.toBe(first);
  expect(new Configuration(path).get("Mirrors", "MIR")).toBe("2");
  rmSync(folder, { recursive: true });
});

it("trap 19: [Actions] stands in merge files alone; in iris.cpf it ends the start", () => {
  const folder = mkdtempSync(join(tmpdir(), "configuration-"));
  const path = join(folder, "iris.cpf");
  writeFileSync(path, "[ConfigFile]\nVersion=2026.1\n[actions]\nCreateNamespace:Name=A\n");
  expect(() => new Configuration(path)).toThrow(
    "ERROR #415: Invalid or duplicate section name actions",
  );
  rmSync(folder, { recursive: true });
});

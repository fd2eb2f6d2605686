/** What keeps an instance from starting. */

import { afterEach, expect, it, vi } from "vitest";
import { placesFrom } from "../places.ts";
import { refuseMergeFile, startInstance } from "./start.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

it("a merge file in the environment is refused by name before anything is started", async () => {
  vi.stubEnv("ISC_CPF_MERGE_FILE", "/merge/primary.cpf");
  const nowhere = placesFrom({ IRISSYS: "/nowhere" });
  await expect(startInstance(nowhere)).rejects.toThrow(
    "not simulated: configuration merge (ISC_CPF_MERGE_FILE=/merge/primary.cpf)",
  );
});

it("an empty name of a merge file, or none, is no merge file", () => {
  expect(() => refuseMergeFile({ ISC_CPF_MERGE_FILE: "" })).not.toThrow();
  expect(() => refuseMergeFile({})).not.toThrow();
});

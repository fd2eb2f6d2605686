/** What breaks a mirror on Docker, with whole members in one process. The numbers are those of the
 *  table in rehearsal/README.md. */

import { afterEach, expect, it, vi } from "vitest";
import { Configuration } from "../../storage/configuration.ts";
import type { TestMember } from "./testing/member.ts";
import { hasStatus, logs, Party, refusalOf } from "./testing/pair.ts";
import { testPatience } from "./testing/wait.ts";

vi.setConfig(testPatience);
const party = new Party();
afterEach(() => party.end());

/** A member's line in iris.cpf. */
const entryOf = ({ directory, name }: TestMember): string[] =>
  (new Configuration(`${directory}iris.cpf`).get("MapMirrors.MIR", name) ?? "").split(",");

/** Field of the superserver port in such a line. */
const portField = 8;

it("trap 2: a member whose own address leads to another one does not join", async () => {
  const [a, b] = await party.pair();
  await b.stopInstance();
  const entry = entryOf(b).with(portField, entryOf(a)[portField] ?? "");
  b.edit("MapMirrors.MIR", "B", entry.join(","));

  await b.startInstance();
  await logs(b, "Network address validation error");
  await hasStatus(b, "WAITING");
});

it("trap 7: a plain database in the way keeps the mirrored one from being made", async () => {
  const [a, b] = [await party.guest("A"), await party.guest("B")];
  await a.createMirror();
  await b.join(a);
  await hasStatus(b, "BACKUP");
  await a.createDatabase();
  await b.createPlainDatabase();
  await expect(b.createDatabase()).rejects.toThrow("ERROR #20");
});

it("trap 20: journals of a mirror that is gone keep one of its name from being made", async () => {
  const a = await party.guest("A");
  await a.createMirror();
  await hasStatus(a, "PRIMARY");
  await a.stopInstance();
  for (const section of ["Mirrors", "MapMirrors.MIR", "MirrorMember"]) a.forgetSection(section);
  await a.startInstance();
  expect(await refusalOf(a.createMirror())).toBe(2174);
});

it("trap 21: on an empty volume a second mirror of the same name is made", async () => {
  const [a, b] = [await party.guest("A"), await party.guest("B")];
  await a.createMirror();
  await b.createMirror();
  await hasStatus(a, "PRIMARY");
  await hasStatus(b, "PRIMARY");
  expect(a.view.configuration?.mirrorGuid).not.toBe(b.view.configuration?.mirrorGuid);
});

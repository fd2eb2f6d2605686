/** A mirrored database through its states on a backup: the Mirror Monitor, the class queries and
 *  the metric say the same at each of them. */

import { copyFileSync } from "node:fs";
import { afterEach, expect, it, vi } from "vitest";
import type { NativeProcess } from "../../objectscript/host.ts";
import { profileOf } from "../../profile.ts";
import type { Instance } from "../../system/instance.ts";
import { sysMirrorQueries } from "../../system/mirror/sys-mirror-queries.ts";
import { Alerts } from "../alerts.ts";
import { metricsText } from "../web/metrics.ts";
import { monitorPage } from "../web/monitor-page.ts";
import type { PageSource } from "../web/page.ts";
import { cellsOf } from "../web/testing/read-page.ts";
import type { TestMember } from "./testing/member.ts";
import { hasStatus, Party } from "./testing/pair.ts";
import { eventually, testPatience } from "./testing/wait.ts";

vi.setConfig(testPatience);
const party = new Party();
afterEach(() => party.end());

/** Rows of a query of SYS.Mirror, without the columns the page has otherwise. */
function queried({ opened, view }: TestMember, name: string): string[][] {
  const instance = { mirror: { view: () => view }, store: opened } as unknown as Instance;
  const rows = sysMirrorQueries(instance)[name]?.rows([], {} as NativeProcess) ?? [];
  return [...rows].map(([database = "", directory = "", , status]) =>
    status === undefined ? [database] : [database, directory, status],
  );
}

/** What everybody says of the databases of a member; all of them must agree. */
function words(member: TestMember): string[] {
  const { copies } = member.opened.mirror;
  const source: PageSource = {
    profile: profileOf("2022.1"),
    alerts: new Alerts(),
    mirror: () => member.view,
    databases: () => copies.rows(),
    missingDatabases: () => copies.missing(),
  };
  const page = monitorPage(source);
  const panel = "Missing Mirrored Databases Report";
  const missing = page.includes(`>${panel}<`) ? cellsOf(page, panel).slice(1) : [];
  const shown = cellsOf(page, "Mirrored Databases").slice(1);
  const listed = queried(member, "MirroredDatabaseList");
  expect(shown.filter((row) => row.length > 1).map((row) => row.slice(0, 3))).toEqual(listed);
  const named = queried(member, "MissingMirroredDatabases");
  expect(missing.map(([name]) => [name])).toEqual(named);
  expect(metricsText(source)).toContain(`iris_mirror_missing_databases ${missing.length}\n`);
  return [...listed.map(([, , status = ""]) => status), ...named.map(() => "missing")];
}

it("page, queries and metric agree in every state of a copy", async () => {
  const a = await party.guest("A");
  const b = await party.guest("B");
  await a.createMirror({ QOSTimeout: "2000" });
  await b.join(a);
  await hasStatus(b, "BACKUP");
  await a.addDatabaseWithData("old", "1");
  const becomes = (word: string) => eventually(word, () => words(b).join() === word);
  await becomes("missing");
  expect(words(a)).toEqual(["Normal"]);

  b.configureDatabase();
  const { mirroredDatabases } = b.opened;
  await a.opened.dismount(a.databasePlace);
  expect(words(a)).toEqual(["Database Dismounted"]);
  copyFileSync(`${a.databasePlace}IRIS.DAT`, `${b.databasePlace}IRIS.DAT`);
  await a.opened.mount(a.databasePlace);
  await b.opened.mount(b.databasePlace);
  expect(words(b)).toEqual(["Needs Activation"]);
  await mirroredDatabases.activate(b.databasePlace);
  expect(words(b)).toEqual(["Needs Catchup"]);
  expect(await mirroredDatabases.catchUp([b.databasePlace])).toEqual([]);
  expect(words(b)).toEqual(["Dejournaling"]);
  await b.opened.dismount(b.databasePlace);
  expect(words(b)).toEqual(["Database Dismounted"]);
  await b.opened.mount(b.databasePlace);
  // As while the member is inconsistent; mirror.test.ts has a member that really is.
  b.opened.mirror.copies.isHalted = true;
  expect(words(b)).toEqual(["Dejournaling Stopped"]);
  b.opened.mirror.copies.isHalted = false;

  await a.opened.mirroredDatabases.remove(a.databasePlace);
  await becomes("Orphaned");
  expect(words(a)).toEqual([]);
  await a.addToMirror();
  await becomes("Obsolete");
});

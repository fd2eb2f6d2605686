/** The Mirror Monitor in a real browser. Pictures stay in `.screenshots` for whoever wants to
 *  look; not below `rehearsal`, whose files are the content of the images. Not proven here:
 *  that it is beautiful. */

import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { profileOf } from "../../profile.ts";
import type { PageSource } from "./page.ts";
import { startWebServer } from "./server.ts";
import { domOf, hasBrowser, photograph } from "./testing/browser.ts";
import * as scenes from "./testing/monitor-scenes.ts";
import { cellsOf } from "./testing/read-page.ts";
import { sourceOf } from "./testing/source.ts";

const folder = join(import.meta.dirname, "..", "..", "..", ".screenshots");
const isInstalled = hasBrowser();

/** Smaller is a white page. */
const leastPictureBytes = 10_000;

const views: Readonly<Record<string, PageSource>> = {
  healthy: sourceOf(scenes.healthyPrimary, {
    profile: profileOf("2026.1"),
    databases: () => [scenes.normal],
  }),
  bereaved: sourceOf(scenes.bereavedBackup, {
    profile: profileOf("2026.1"),
    databases: () => [
      { ...scenes.normal, status: "Dejournaling" },
      { ...scenes.normal, name: "ARCHIVE", directory: "/dur/archive/", status: "Needs Catchup" },
    ],
    missingDatabases: () => [scenes.missing],
  }),
};

let shown: PageSource = sourceOf(scenes.healthyPrimary);
let url = "";
let close = (): void => undefined;

beforeAll(async () => {
  const server = await startWebServer(0, {
    ...shown,
    profile: profileOf("2026.1"),
    mirror: () => shown.mirror(),
    databases: () => shown.databases(),
    missingDatabases: () => shown.missingDatabases(),
  });
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" ? (address?.port ?? 0) : 0}/`;
  close = () => server.close();
  mkdirSync(folder, { recursive: true });
});

afterAll(() => close());

describe("the Mirror Monitor in a browser (not run without Debian's chromium)", () => {
  it.runIf(isInstalled)("is understood as it was meant", async () => {
    shown = views["bereaved"] ?? shown;

    const members = cellsOf(await domOf(url), "Mirror Member Status");
    expect(members.map((cells) => cells.slice(0, 3))).toEqual([
      ["Member Name", "Type", "Status"],
      ["A", "Failover", "Waiting"],
      ["B", "Failover", "Down"],
    ]);
  });

  const looks = [
    { name: "bereaved", isDark: false, widthPx: 1200 },
    { name: "bereaved", isDark: true, widthPx: 1200 },
    { name: "healthy", isDark: false, widthPx: 480 },
  ];

  it.runIf(isInstalled).for(looks)(
    "can be looked at: $name, dark $isDark, $widthPx wide",
    async ({ name, isDark, widthPx }) => {
      shown = views[name] ?? shown;
      const file = join(folder, `${name}-${isDark ? "dark" : "light"}-${widthPx}.png`);

      await photograph({ url, isDark, widthPx, file });
      expect(statSync(file).size).toBeGreaterThan(leastPictureBytes);
    },
  );
});

/** The Mirror Monitor as a person reads it: words, order, escaping. */

import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { MemberState } from "../../core/state.ts";
import { entry, memberIn, mirrorOf, peerB } from "../../core/testing/scenes.ts";
import { profileOf } from "../../profile.ts";
import type { CopyRow } from "../../storage/mirrored-copies.ts";
import { monitorPage } from "./monitor-page.ts";
import { monitorPolicy } from "./monitor-style.ts";
import type { PageSource } from "./page.ts";
import { pageFor } from "./pages.ts";
import { cellsOf, textOf } from "./testing/read-page.ts";
import { sourceOf } from "./testing/source.ts";
import * as scenes from "./testing/monitor-scenes.ts";

const page = (state: MemberState, more: Partial<PageSource> = {}): string =>
  monitorPage(sourceOf(state, more));

describe("the Mirror Monitor of a healthy pair", () => {
  const seen = page(scenes.healthyPrimary, { databases: () => [scenes.normal] });

  it("says which member of which mirror this is", () => {
    expect(textOf(seen)).toContain("This system is a failover member in mirror MIR");
    expect(cellsOf(seen, "This Member")).toEqual([
      ["Member name", "A"],
      ["Member type", "Failover"],
      ["Member status", "Primary"],
      ["Mirror name", "MIR"],
    ]);
    expect(textOf(seen)).toContain("Nothing needs attention.");
  });

  it("shows both failover members and the arbiter", () => {
    expect(cellsOf(seen, "Mirror Failover Member Information")).toEqual([
      ["", "This member", "Other Failover Member"],
      ["Mirror Member Name", "A", "B"],
      ["Superserver Address", "A|1972", "B|1972"],
      ["Mirror Private Address", "A", "B"],
    ]);
    expect(cellsOf(seen, "Arbiter Connection Status")).toEqual([
      ["Arbiter Address", "arbiter|2188"],
      ["Failover Mode", "Arbiter Controlled"],
      ["Connection Status", "Both failover members are connected to the arbiter"],
    ]);
  });

  it("lists members and databases with the product's words", () => {
    expect(cellsOf(seen, "Mirror Member Status")).toEqual([
      ["Member Name", "Type", "Status", "Journal Transfer", "Dejournaling"],
      ["A", "Failover", "Primary", "N/A", "N/A"],
      ["B", "Failover", "Backup", "Active", "Caught up"],
    ]);
    expect(cellsOf(seen, "Mirrored Databases")).toEqual([
      ["Name", "Directory", "Status", "Next Record to Dejournal"],
      ["COMPANY", "/dur/company/", "Normal", "N/A"],
    ]);
    expect(seen).not.toContain("Missing Mirrored Databases Report");
  });

  it("can be read by everybody: language, title, header cells, no script, nothing from elsewhere", () => {
    expect(seen).toMatch(/^<!doctype html>\s+<html lang="en">/);
    expect(seen).toContain("<title>A Mirror Monitor</title>");
    expect(seen.match(/<th scope="(col|row)">/g)).toHaveLength(seen.split(/<th\b/).length - 1);
    expect(seen).not.toMatch(/<script|\bon\w+=|\b(src|href|action)=|url\(|@import|https?:/);
  });

  it("lets a browser use its style sheet, and nothing else", () => {
    const sheet = /<style>([^]*)<\/style>/.exec(seen)?.[1] ?? "";
    const hash = createHash("sha256").update(sheet).digest("base64");

    expect(monitorPolicy).toContain(`default-src 'none'; style-src 'sha256-${hash}';`);
  });
});

describe("the Mirror Monitor of a mirror in need", () => {
  it("puts what is worst first, above and in each table", () => {
    const behind: CopyRow = { ...scenes.normal, name: "ARCHIVE", status: "Dejournaling Stopped" };
    const databases = [{ ...scenes.normal, status: "Dejournaling" as const }, behind];
    const seen = page(scenes.bereavedBackup, { databases: () => databases });

    const concerns = seen.slice(seen.indexOf('<div class="concerns'), seen.indexOf("<section"));
    expect(textOf(concerns)).toEqual(
      [
        "Severe: A is Waiting: it cannot become Primary, Backup or Connected now; it goes on trying.",
        "Severe: B is Down.",
        "Warning: Not ready for a failover: this member is not connected as primary or backup: Waiting.",
        "Warning: This member is not connected to the arbiter.",
      ].join(" "),
    );
    expect(cellsOf(seen, "Mirrored Databases").map(([name]) => name)).toEqual([
      "Name",
      "ARCHIVE",
      "COMPANY",
    ]);
  });

  it("calls a primary without its backup In Trouble", () => {
    const seen = page(scenes.troubledPrimary);

    expect(textOf(seen)).toContain("Severe: A is In Trouble");
    expect(cellsOf(seen, "This Member")[2]).toEqual(["Member status", "In Trouble"]);
  });

  it("reports databases that are missing here", () => {
    const seen = page(scenes.healthyPrimary, { missingDatabases: () => [scenes.missing] });

    expect(cellsOf(seen, "Missing Mirrored Databases Report")[1]).toEqual(["LOST", "/old/lost/"]);
    expect(cellsOf(seen, "Mirrored Databases")).toEqual([]);
    expect(textOf(seen)).toContain("Mirrored Databases No Results");
  });

  it("shows n/a for the other one of a member that is alone, and no arbiter where none is", () => {
    const configuration = mirrorOf(["A"], { arbiter: undefined });
    const seen = page({ ...scenes.healthyPrimary, configuration, peers: {}, reports: [] });

    expect(cellsOf(seen, "Mirror Failover Member Information")[1]?.[2]).toBe("n/a");
    expect(textOf(seen)).toContain("Arbiter not configured");
  });
});

describe("the Mirror Monitor elsewhere", () => {
  it("says of an instance that is no member just that", () => {
    const none = { configuration: undefined, local: undefined };
    const seen = page(memberIn({ name: "notMember" }, none));

    expect(textOf(seen)).toContain("This system is not a mirror member");
    expect(seen).not.toContain("<table");
  });

  it("says of an async member that it is one", () => {
    const members = [entry("A", { eligibility: "disasterRecovery" }), entry("B")];
    const seen = page({
      ...memberIn({ name: "stopped", reason: "joinMirrorOff" }),
      configuration: mirrorOf([], { members }),
    });

    expect(textOf(seen)).toContain("This system is an async member in mirror MIR");
    expect(cellsOf(seen, "This Member")[1]).toEqual(["Member type", "Disaster Recovery"]);
    expect(seen).not.toContain("Arbiter Connection Status");
  });
});

describe("what others wrote into the mirror", () => {
  it("is shown as text", () => {
    const bad = `<script>alert("1")</script>&'`;
    const members = [entry("A", { ecpAddress: bad, mirrorAddress: bad }), entry("B")];
    const configuration = mirrorOf([], { members, mirror: bad });
    const seen = page(
      { ...scenes.healthyPrimary, configuration, peers: { B: peerB("active") } },
      {
        databases: () => [{ ...scenes.normal, name: bad, directory: bad }],
        missingDatabases: () => [{ ...scenes.missing, database: bad, directory: bad }],
      },
    );

    expect(seen).not.toContain("<script");
    expect(seen.split("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;")).toHaveLength(
      9,
    );
  });
});

describe("where the Mirror Monitor is", () => {
  const portal = "/csp/sys/op/%25CSP.UI.Portal.Mirror.Monitor.zen";
  const at = (path: string, release: string) =>
    pageFor("GET", path, sourceOf(scenes.healthyPrimary, { profile: profileOf(release) }));

  it("has the product's path where the product has a private web server", () => {
    expect(at(`${portal}?$NAMESPACE=%25SYS`, "2022.1")).toMatchObject({
      status: 200,
      type: "text/html",
      policy: monitorPolicy,
    });
    expect(textOf(at(portal, "2022.1").body)).toContain("not an InterSystems product");
    expect(at("/", "2022.1").status).toBe(404);
    expect(at("/", "2022.1").body).toContain(`\n  ${portal}\n`);
  });

  it("is a page of the engine's own, and says so, where it has none", () => {
    expect(at(portal, "2026.1").status).toBe(404);
    expect(textOf(at("/", "2026.1").body)).toContain("This is a page of the engine's own");
  });
});

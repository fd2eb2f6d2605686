/** What load balancers, health checks and monitoring are told. */

import { describe, expect, it } from "vitest";
import type { MemberState } from "../../core/state.ts";
import { entry, memberIn, mirrorOf, peerB } from "../../core/testing/scenes.ts";
import { profileOf } from "../../profile.ts";
import { Alerts, alertsMax } from "../alerts.ts";
import type { PageSource } from "./page.ts";
import { pageFor } from "./pages.ts";
import { startWebServer } from "./server.ts";
import { sourceOf } from "./testing/source.ts";

const primary = memberIn({ name: "primary", lineage: "A1" });
const backup = memberIn({ name: "backup", primary: "B", link: "to-B", handOverAt: undefined });
const outside = memberIn({ name: "notMember" }, { configuration: undefined, local: undefined });

const get = (path: string, source: PageSource) => pageFor("GET", path, source);

describe("mirror_status.cxw", () => {
  it.for([
    "/csp/bin/mirror_status.cxw",
    "/csp/mirror_status.cxw",
    "/csp//mirror_status.cxw",
    "/csp/user/mirror_status.cxw?x=1",
    "/iris/csp/mirror_status.cxw",
  ])("tells the primary from everybody else: %s", (path) => {
    expect(get(path, sourceOf(primary))).toMatchObject({ status: 200, body: "SUCCESS" });
    expect(get(path, sourceOf(backup))).toMatchObject({ status: 503, body: "FAILED" });
  });

  it.for(["/mirror_status.cxw", "/a/b/csp/mirror_status.cxw", "/csp/mirror_status.cxwx"])(
    "is nowhere else: %s",
    (path) => expect(get(path, sourceOf(primary)).status).toBe(404),
  );
});

describe("/api/monitor/metrics", () => {
  const metrics = (state: MemberState, more: Partial<PageSource> = {}): string =>
    get("/api/monitor/metrics", sourceOf(state, more)).body;

  it("has the mirror metrics of a primary that is ready for a failover, in bare lines", () => {
    const configuration = mirrorOf(["A", "B"], { arbiter: undefined });
    const ready = { ...primary, configuration, peers: { B: peerB("active") } };

    expect(metrics(ready)).toBe(
      [
        "iris_mirror_failover_ready 1",
        "iris_mirror_member_type 3",
        "iris_mirror_missing_databases 0",
        "iris_mirror_status 2",
        "iris_system_alerts_new 0",
        "",
      ].join("\n"),
    );
  });

  it("explains each metric in the newest release", () => {
    const seen = metrics(backup, { profile: profileOf("2026.1") });

    expect(seen).toMatch(/^# HELP iris_mirror_status .*\b2=PRIMARY\b.*\b9=CRASHED$/m);
    expect(seen).toMatch(/^# TYPE iris_mirror_status gauge\niris_mirror_status 3$/m);
    expect(seen).toMatch(/^iris_mirror_failover_ready 0$/m);
  });

  it("has no role outside of a mirror", () => {
    expect(metrics(outside)).toBe("iris_mirror_member_type 2\niris_system_alerts_new 0\n");
  });

  it("asks of a DR async no readiness for a failover", () => {
    const configuration = mirrorOf([], {
      members: [entry("A", { eligibility: "disasterRecovery" })],
    });
    const seen = metrics({
      ...primary,
      phase: { name: "stopped", reason: "noLicense" },
      configuration,
    });

    expect(seen).toContain("iris_mirror_member_type 5\n");
    expect(seen).toContain("iris_mirror_status 8\n");
    expect(seen).not.toContain("failover_ready");
  });

  it("counts the databases that are missing here", () => {
    const added = { file: 1, offset: 100 };
    const missing = { database: "D", databaseGuid: "g", directory: "/d/", hadData: false, added };
    const seen = metrics(backup, {
      missingDatabases: () => [missing],
    });

    expect(seen).toContain("iris_mirror_missing_databases 1\n");
  });
});

describe("/api/monitor/alerts", () => {
  it("gives severe lines once, oldest first, and the metric tells that there are some", () => {
    const alerts = new Alerts();
    const source = sourceOf(primary, { alerts });
    alerts.add({ at: new Date(2022, 9, 7, 7, 19, 55, 997), severity: 2, text: 'Severe "error"' });
    alerts.add({ at: new Date(2022, 9, 7, 7, 19, 56, 1), severity: 3, text: "Fatal" });

    expect(get("/api/monitor/metrics", source).body).toContain("iris_system_alerts_new 1\n");
    expect(JSON.parse(get("/api/monitor/alerts", source).body)).toEqual([
      { time: "2022-10-07T07:19:55.997Z", severity: "2", message: 'Severe "error"' },
      { time: "2022-10-07T07:19:56.001Z", severity: "3", message: "Fatal" },
    ]);
    expect(get("/api/monitor/alerts", source)).toMatchObject({
      type: "application/json",
      body: "[]",
    });
    expect(get("/api/monitor/metrics", source).body).toContain("iris_system_alerts_new 0\n");
  });

  it("keeps the newest when nobody asks for very long", () => {
    const alerts = new Alerts();
    for (let number = 0; number <= alertsMax; number++) {
      alerts.add({ at: new Date(0), severity: 2, text: String(number) });
    }

    const taken = alerts.take();
    expect([taken.length, taken[0]?.text]).toEqual([alertsMax, "1"]);
  });
});

describe("any other request", () => {
  it("is not simulated, and the answer names the pages there are", () => {
    const page = get("/csp/sys/UtilHome.csp", sourceOf(primary));

    expect(page.status).toBe(404);
    expect(page.body).toMatch(/^not simulated: page \/csp\/sys\/UtilHome.csp\n/);
    expect(page.body).toContain("\n  /api/monitor/metrics\n");
  });

  it("is refused when it is no GET: nothing is read by asking what there is", () => {
    const alerts = new Alerts();
    alerts.add({ at: new Date(0), severity: 2, text: "x" });

    const page = pageFor("HEAD", "/api/monitor/alerts", sourceOf(primary, { alerts }));
    expect(page.status).toBe(405);
    expect(alerts.areWaiting).toBe(true);
  });
});

describe("the web server", () => {
  it("answers over HTTP", async () => {
    const server = await startWebServer(0, sourceOf(primary));
    try {
      const address = server.address();
      const port = typeof address === "object" ? address?.port : undefined;
      const response = await fetch(`http://127.0.0.1:${port}/csp/bin/mirror_status.cxw`);

      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
      expect(await response.text()).toBe("SUCCESS");
    } finally {
      server.close();
    }
  });
});

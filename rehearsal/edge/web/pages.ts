/** Which path shows what. Everything else says that it is not simulated. */

import { alertsText } from "./alerts.ts";
import { metricsText } from "./metrics.ts";
import { monitorPage } from "./monitor-page.ts";
import { monitorPolicy } from "./monitor-style.ts";
import type { Profile } from "../../profile.ts";
import type { Page, PageSource } from "./page.ts";

interface Route {
  /** As a person would type it, for the answer to any other path. */
  readonly path: string;
  readonly matches: (path: string) => boolean;
  /** @default in every release */
  readonly isThere?: (profile: Profile) => boolean;
  readonly page: (source: PageSource) => Page;
}

/** `/csp/bin/x.cxw`, `/csp/user/x.cxw`, `/csp/x.cxw`, and the same behind a prefix of one name
 *  (`/iris/csp/x.cxw`). Source: GICM; paths used by public configurations. */
function ofGateway(name: string): (path: string) => boolean {
  const pattern = new RegExp(`^(/[\\w-]+)?/csp/([\\w%-]+/)*${name}\\.cxw$`);
  return (path) => pattern.test(path);
}

const plain = (status: Page["status"], body: string): Page => ({
  status,
  type: "text/plain",
  body,
});

/** The product's path of the Mirror Monitor. Source: GHA_mirror_manage; seen live. */
const portalMonitor = "/csp/sys/op/%25CSP.UI.Portal.Mirror.Monitor.zen";

const monitor = (source: PageSource): Page => ({
  status: 200,
  type: "text/html",
  body: monitorPage(source),
  policy: monitorPolicy,
});

const routes: readonly Route[] = [
  {
    path: portalMonitor,
    // Not simulated: the portal's login. Everybody who reaches the port may read.
    matches: (path) => path.replace("%25", "%") === portalMonitor.replace("%25", "%"),
    isThere: ({ privateWebPort }) => privateWebPort !== undefined,
    page: monitor,
  },
  {
    path: "/",
    // Where the product has no web server this is the engine's own page, so not under its path.
    matches: (path) => path === "/",
    isThere: ({ privateWebPort }) => privateWebPort === undefined,
    page: monitor,
  },
  {
    path: "/csp/bin/mirror_status.cxw",
    matches: ofGateway("mirror_status"),
    // Source: public captures of primary, backup and DR async.
    // Assumed: a primary in trouble succeeds, as its status is PRIMARY; nothing was read about it.
    page: (source) => (source.mirror().isPrimary ? plain(200, "SUCCESS") : plain(503, "FAILED")),
  },
  {
    path: "/csp/user/cache_status.cxw",
    matches: ofGateway("cache_status"),
    page: () => plain(200, "OK"),
  },
  {
    path: "/api/monitor/metrics",
    matches: (path) => path === "/api/monitor/metrics",
    page: (source) => plain(200, metricsText(source)),
  },
  {
    path: "/api/monitor/alerts",
    matches: (path) => path === "/api/monitor/alerts",
    page: ({ alerts }) => ({
      status: 200,
      type: "application/json",
      body: alertsText(alerts.take()),
    }),
  },
];

/** Decides what a request answers. Doubled slashes work too (seen on real instances). */
export function pageFor(method: string, url: string, source: PageSource): Page {
  const path = url.replace(/\?.*$/, "").replace(/\/{2,}/g, "/");
  if (method !== "GET") return plain(405, `not simulated: ${method} ${path}\n`);
  const there = routes.filter(({ isThere }) => isThere?.(source.profile) ?? true);
  const route = there.find(({ matches }) => matches(path));
  if (route !== undefined) return route.page(source);
  const known = there.map((one) => `  ${one.path}\n`).join("");
  return plain(404, `not simulated: page ${path}\nThere are:\n${known}`);
}

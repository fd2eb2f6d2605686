/** Which path shows what. Everything else says that it is not simulated. */

import { alertsText } from "./alerts.ts";
import { metricsText } from "./metrics.ts";
import type { Page, PageSource } from "./page.ts";

interface Route {
  /** As a person would type it, for the answer to any other path. */
  readonly path: string;
  readonly matches: (path: string) => boolean;
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

const routes: readonly Route[] = [
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
  const route = routes.find(({ matches }) => matches(path));
  if (route !== undefined) return route.page(source);
  const known = routes.map((one) => `  ${one.path}\n`).join("");
  return plain(404, `not simulated: page ${path}\nThere are:\n${known}`);
}

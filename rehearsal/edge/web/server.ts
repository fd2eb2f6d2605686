/** The few pages load balancers and health checks ask for. Everything else says that it is not
 *  simulated. Source: REPO samples of mirror_status.cxw (200 SUCCESS, 503 FAILED); GICM. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

/** What the pages show. */
export interface PageSource {
  /** True while this member is primary and not in trouble. */
  isPrimary(): boolean;
}

/** Answer to one path. */
export interface Page {
  readonly status: 200 | 404 | 503;
  readonly body: string;
}

/** Decides what a path answers. Doubled slashes work too (seen on real instances). */
export function pageFor(path: string, source: PageSource): Page {
  const plain = path.replace(/\?.*$/, "").replace(/\/{2,}/g, "/");
  if (/^\/csp\/([\w%-]+\/)*mirror_status\.cxw$/.test(plain)) {
    return source.isPrimary() ? { status: 200, body: "SUCCESS" } : { status: 503, body: "FAILED" };
  }
  if (/^\/csp\/([\w%-]+\/)*cache_status\.cxw$/.test(plain)) return { status: 200, body: "OK" };
  return { status: 404, body: `not simulated: page ${plain}\n` };
}

/** Listens on the port; resolves when it does. */
export async function startWebServer(port: number, source: PageSource): Promise<Server> {
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const page = pageFor(request.url ?? "/", source);
    response.writeHead(page.status, { "content-type": "text/plain" });
    response.end(page.body);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, resolve);
  });
  return server;
}

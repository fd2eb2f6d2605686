/** The web server of an instance: hands each request to `pages.ts` and decides nothing. */

import { createServer, type Server } from "node:http";
import type { PageSource } from "./page.ts";
import { pageFor } from "./pages.ts";

/** Listens on the port; resolves when it does. */
export async function startWebServer(port: number, source: PageSource): Promise<Server> {
  const server = createServer((request, response) => {
    const page = pageFor(request.method ?? "GET", request.url ?? "/", source);
    response.writeHead(page.status, {
      "content-type": `${page.type}; charset=utf-8`,
      "content-security-policy": page.policy ?? "default-src 'none'; frame-ancestors 'none'",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
    response.end(page.body);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, resolve);
  });
  return server;
}

import { describe, expect, it } from "vitest";
import { pageFor, startWebServer } from "./server.ts";

const primary = { isPrimary: () => true };
const backup = { isPrimary: () => false };

describe("the pages of the private web server", () => {
  it.for([
    "/csp/bin/mirror_status.cxw",
    "/csp/mirror_status.cxw",
    "/csp//mirror_status.cxw",
    "/csp/user/mirror_status.cxw?x=1",
  ])("%s tells the primary from everybody else", (path) => {
    expect(pageFor(path, primary)).toEqual({ status: 200, body: "SUCCESS" });
    expect(pageFor(path, backup)).toEqual({ status: 503, body: "FAILED" });
  });

  it("says of any other page that it is not simulated", () => {
    expect(pageFor("/csp/sys/UtilHome.csp", primary)).toEqual({
      status: 404,
      body: "not simulated: page /csp/sys/UtilHome.csp\n",
    });
  });

  it("answers over HTTP", async () => {
    const server = await startWebServer(0, primary);
    try {
      const address = server.address();
      const port = typeof address === "object" ? address?.port : undefined;
      const response = await fetch(`http://127.0.0.1:${port}/csp/bin/mirror_status.cxw`);

      expect(response.status).toBe(200);
      expect(await response.text()).toBe("SUCCESS");
    } finally {
      server.close();
    }
  });
});

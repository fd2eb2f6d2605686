/** The class of install/cls that tells resources and roles, on this engine. Not shown: that the
 *  product takes the same calls. */

import { afterEach, expect, it, vi } from "vitest";
import { testPatience } from "../../edge/mirror/testing/wait.ts";
import { call, endAll, prepared } from "../testing/installed.ts";

vi.setConfig(testPatience);
afterEach(endAll);

it("resources and roles are told as they are, and a resource described anew", async () => {
  const one = await prepared();
  const names = { resources: ["%DB_APP", "App"], roles: ["Reader", "Writer"] };
  expect(await call(one, "Settings.Find", names)).toEqual({ resources: [], roles: [] });

  await one.lines(
    "%SYS",
    'write ##class(Security.Resources).Create("%DB_APP","Old")',
    'write ##class(Security.Roles).Create("Reader","Reads","%DB_APP:R,%Development:U","%SQL")',
  );
  await call(one, "Settings.Describe", { name: "%DB_APP", description: "New" });

  expect(await call(one, "Settings.Find", names)).toEqual({
    resources: [{ name: "%DB_APP", description: "New" }],
    roles: [
      {
        ...{ name: "Reader", description: "Reads", grantedRoles: "%SQL" },
        resources: "%DB_APP:R,%Development:U",
      },
    ],
  });
});

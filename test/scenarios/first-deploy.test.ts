/** What happens: a topology is deployed for the first time, then looked at and applied again.
 *  What must hold: a whole mirror stands as described, and nothing is left to change.
 *  How it is measured: the stack's outputs, `iris qlist`, Pulumi's own verdict. */

import { join } from "node:path";
import { expect, it } from "vitest";
import { docker } from "../support/docker.ts";
import { wholePair } from "../support/mirror-state.ts";
import { sharedStack } from "../support/shared-stack.ts";

const { stack, firstUp } = sharedStack();

it("the first up creates the arbiter, both members and three mirrored databases", async () => {
  expect(firstUp).toMatch(/Resources:\s+\+ \d+ created\n/);
  expect(await stack.belongings()).toEqual(
    [
      `container ${stack.name}-arbiter`,
      `container ${stack.name}-mirrorA`,
      `container ${stack.name}-mirrorB`,
      `network ${stack.name}`,
      `volume ${stack.name}-mirrorA-data`,
      `volume ${stack.name}-mirrorB-data`,
    ].map((name) => expect.stringContaining(name.replace(/^network .*/, "network ")) as string),
  );
});

it("the outputs name each member's role, address and how to open a session", async () => {
  const { primary, backup } = await wholePair(stack);

  expect(await stack.outputs()).toMatchObject({
    mirrorName: "MIRRORSET",
    failoverMode: expect.stringMatching(/arbiter controlled/i) as string,
    checks: [
      expect.stringMatching(/^COMPANY, CUSTOMER, PERSONAL on \w+: caught up/) as string,
      expect.stringMatching(/^a new record written on \w+ was read on \w+ after \d/) as string,
      expect.stringMatching(/: read only, a write meets <PROTECT>$/) as string,
    ],
    members: {
      mirrorA: {
        role: expect.stringMatching(/Primary|Backup/) as string,
        url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\//) as string,
        session: `docker exec -it ${stack.container("mirrorA")} iris session IRIS -U %SYS`,
      },
      mirrorB: { role: expect.stringMatching(/Primary|Backup/) as string },
    },
  });
  expect([primary, backup].sort()).toEqual(["mirrorA", "mirrorB"]);
});

it("the status page tells the primary from the backup", async () => {
  const { primary, backup } = await wholePair(stack);
  const outputs = (await stack.outputs()) as { members: Record<string, { url: string }> };
  const page = async (member: string) => {
    const response = await fetch(`${outputs.members[member]?.url ?? ""}csp/bin/mirror_status.cxw`);
    return `${response.status} ${(await response.text()).trim()}`;
  };

  expect(await page(primary)).toBe("200 SUCCESS");
  expect(await page(backup)).toBe("503 FAILED");
});

it("a second preview and a second up change nothing", async () => {
  await stack.expectNoChanges();
  const second = await stack.pulumi(["up", "--yes", "--expect-no-changes"]);

  expect(second.text).toMatch(/\d+ unchanged/);
  expect(second.code).toBe(0);
});

it("a saved plan of nothing can be applied", async () => {
  const plan = join(stack.folder, "plan.json");
  const preview = await stack.pulumi(["preview", "--save-plan", plan]);
  const up = await stack.pulumi(["up", "--yes", "--skip-preview", "--plan", plan]);

  expect(preview.text).not.toMatch(/[~+-] command:local:Command/);
  expect(up.text).toMatch(/\d+ unchanged/);
  expect(up.code).toBe(0);
});

it("nothing of the licence-free engine needs a privileged container", async () => {
  const format = "{{.HostConfig.Privileged}} {{.Config.User}}";
  const seen = await docker(["inspect", "--format", format, stack.container("mirrorA")]);

  expect(seen).toMatch(/^false 51773/);
});

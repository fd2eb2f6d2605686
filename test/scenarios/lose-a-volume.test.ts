/** What happens: the backup and a DR async lose their containers and volumes, in a mirror with
 *  records; later both failover members lose theirs while the async does not answer.
 *  What must hold: the preview says what is lost and how it comes back; `up` lets both join anew
 *  under their old names in the same mirror, with every record; no second mirror is ever formed:
 *  with the last copy out of sight the `up` is refused and makes nothing.
 *  How it is measured: Pulumi's preview, `iris qlist`, the mirror's GUID, records, Docker. */

import { expect, it } from "vitest";
import { budgets } from "../support/budgets.ts";
import { Checkout } from "../support/checkout.ts";
import { docker } from "../support/docker.ts";
import { memberStatus, wholePair } from "../support/mirror-state.ts";
import { line, session } from "../support/session.ts";
import { smallTopology, TestStack } from "../support/test-stack.ts";
import { waitFor } from "../support/wait.ts";

/** A real image and a key that allows mirroring: the same case as conformance of the product. */
const image = process.env["IRIS_MIRROR_IRIS_IMAGE"];
const licenseKey = process.env["IRIS_MIRROR_IRIS_KEY"];
const arbiterImage = process.env["IRIS_MIRROR_ARBITER_IMAGE"];

const pair = {
  ...smallTopology([]),
  failover: { mirrorA: {}, mirrorB: {} },
  async: { dr1: { type: "dr" } },
};

function onRealImage(): Record<string, unknown> {
  const arbiter = { image: arbiterImage };
  return { ...pair, version: undefined, engine: "iris", image, licenseKey, arbiter };
}

async function lose(stack: TestStack, members: readonly string[]): Promise<void> {
  await docker(["rm", "-f", ...members.map((member) => stack.container(member))]);
  await docker(["volume", "rm", ...members.map((member) => `${stack.name}-${member}-data`)]);
}

function guid(stack: TestStack, member: string): Promise<string> {
  const text = 'do ##class(Config.Mirrors).Get("MIRRORSET",.p) write p("GUID")';
  return line(stack.container(member), "%SYS", text);
}

async function holdsRecords(stack: TestStack, member: string): Promise<void> {
  await waitFor(`both records on ${member}`, budgets.recordArrivesMs, async () => {
    const text = 'write $get(^kept("before"))_$get(^kept("meanwhile"))';
    const seen = await line(stack.container(member), "COMPANY", text);
    return seen === "12" ? seen : undefined;
  });
}

/** Backup and async are lost and come back. */
async function comeBack(stack: TestStack): Promise<void> {
  const { primary, backup } = await wholePair(stack);
  const before = await guid(stack, primary);
  await session(stack.container(primary), "COMPANY", ['set ^kept("before")=1']);
  await lose(stack, [backup, "dr1"]);
  await session(stack.container(primary), "COMPANY", ['set ^kept("meanwhile")=2']);

  const { text } = await stack.preview();
  for (const member of [backup, "dr1"]) {
    expect(text).toContain(
      `${member} has no volume ${stack.name}-${member}-data; it joins anew under its name, its ` +
        "old entry on the primary removed first (assumed: the product documents no call for " +
        "that) (repair 1)",
    );
  }
  const said = await stack.up();

  expect(said).toContain(`${backup}: removing the entry of the lost member on ${primary}`);
  expect(await wholePair(stack)).toEqual({ primary, backup });
  expect(await memberStatus(stack, "dr1")).toBe("Disaster Recovery Connected");
  for (const member of [backup, "dr1"]) {
    expect(await guid(stack, member)).toBe(before);
    await holdsRecords(stack, member);
  }
  await stack.expectNoChanges();
}

it("members that lost their volumes rejoin; the last copy is never left behind", async () => {
  using checkout = new Checkout();
  await using stack = await TestStack.create(checkout, pair);
  await stack.up();
  await comeBack(stack);

  await lose(stack, ["mirrorA", "mirrorB"]);
  await docker(["rm", "-f", stack.container("dr1")]);
  for (const verb of ["preview", "up"]) {
    const refused = await stack.pulumi([verb, ...(verb === "up" ? ["--yes"] : [])]);
    expect(refused.code).not.toBe(0);
    expect(refused.text).toContain("dr1 does not answer and may hold the last copy");
  }
  const left = await stack.belongings();
  expect(left).toContain(`volume ${stack.name}-dr1-data`);
  expect(left.filter((one) => one.includes("mirrorA") || one.includes("mirrorB"))).toEqual([]);
});

it.skipIf(image === undefined)("conformance: the same on a real image", async () => {
  using checkout = new Checkout();
  await using stack = await TestStack.create(checkout, onRealImage());
  await stack.up();
  await comeBack(stack);
});

/** What happens: a mirror has a resource and two roles; by hand somebody removes a role on the
 *  backup and gives the other more on the primary; later one role is taken out.
 *  What must hold: every member has them from the first up on; the preview names each difference
 *  and member, and only their steps; up repairs, and the next preview is empty; what was taken out
 *  is gone everywhere, what the topology never named is still there.
 *  How it is measured: Pulumi's preview, sessions. */

import { expect, it } from "vitest";
import { Checkout } from "../support/checkout.ts";
import { wholePair } from "../support/mirror-state.ts";
import { changesOf } from "../support/preview.ts";
import { line, session } from "../support/session.ts";
import { smallTopology, TestStack } from "../support/test-stack.ts";

const reader = { description: "Reads companies", resources: { "%DB_COMPANY": "R" } };
const clerk = { grantedRoles: ["Reader", "%SQL"] };
const resources = { "%DB_COMPANY": { description: "Company data" } };

const roles = "##class(Security.Roles)";
/** Lines that print what a member has, in a line each. */
const told = [
  'write ##class(Security.Resources).Get("%DB_COMPANY",.r),r("Description")',
  `write ${roles}.Get("Reader",.p),p("Description"),"/",p("Resources"),"/",p("GrantedRoles")`,
  `write ${roles}.Get("Clerk",.q),q("Resources"),"/",q("GrantedRoles")`,
];
const alike = ["1Company data", "1Reads companies/%DB_COMPANY:R/", "1/%SQL,Reader"];

it("resources and roles are alike on every member, and stay so", async () => {
  using checkout = new Checkout();
  const plain = { ...smallTopology([]), failover: { mirrorA: {}, mirrorB: {} } };
  const settings = { resources, roles: { Reader: reader, Clerk: clerk } };
  await using stack = await TestStack.create(checkout, { ...plain, settings });
  await stack.up();
  const { primary, backup } = await wholePair(stack);
  const [first, second] = [stack.container(primary), stack.container(backup)];
  for (const container of [first, second]) {
    expect(await session(container, "%SYS", told)).toEqual(alike);
  }
  await stack.expectNoChanges();

  expect(await line(second, "%SYS", `write ${roles}.Delete("Clerk")`)).toBe("1");
  const byHand = await session(first, "%SYS", [
    `set p("Resources")="%DB_COMPANY:RW" write ${roles}.Modify("Reader",.p)`,
    `write ${roles}.Create("Others","Not of the topology")`,
  ]);
  expect(byHand).toEqual(["1", "1"]);

  const { text } = await stack.preview();
  expect(text).toContain(`role Clerk missing on ${backup} (repair 1)`);
  expect(text).toContain(
    `role Reader on ${primary} has the resources %DB_COMPANY:RW, not %DB_COMPANY:R (repair 1)`,
  );
  expect(changesOf(text).map(({ kind, resource }) => `${kind} ${resource}`)).toEqual(
    expect.arrayContaining([
      `update command:local:Command ${primary}-settings`,
      `update command:local:Command ${backup}-settings`,
      "update command:local:Command mirror-verify",
    ]),
  );
  expect(changesOf(text)).toHaveLength(3);

  await stack.up();
  for (const container of [first, second]) {
    expect(await session(container, "%SYS", told)).toEqual(alike);
  }
  await stack.expectNoChanges();

  stack.configure({ ...plain, settings: { resources, roles: { Reader: reader } } });
  await stack.up();
  for (const container of [first, second]) {
    expect(await line(container, "%SYS", `write ${roles}.Exists("Clerk")`)).toBe("0");
    expect(await line(container, "%SYS", `write ${roles}.Exists("Reader")`)).toBe("1");
  }
  expect(await line(first, "%SYS", `write ${roles}.Exists("Others")`)).toBe("1");
  await stack.expectNoChanges();
});

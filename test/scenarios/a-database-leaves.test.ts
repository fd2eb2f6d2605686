/** What happens: a mirror with two asyncs and both applications has a record in CUSTOMER; that is
 *  taken out of the topology, first with its namespace left over, and put back; then the stack is
 *  destroyed and deployed again.
 *  What must hold: refused while the namespace needs it; it leaves the mirror everywhere, and
 *  file, record and configuration stay; put back, it goes into the mirror with its record and
 *  reaches every member; after destroy everything is there, nothing was entered twice. Each ends
 *  in an empty preview.
 *  How it is measured: Pulumi's words, the list of mirrored databases, sessions. */

import { expect, it } from "vitest";
import { Checkout } from "../support/checkout.ts";
import { arrives, listedMembers, memberStatus, wholePair } from "../support/mirror-state.ts";
import { line, session } from "../support/session.ts";
import { TestStack } from "../support/test-stack.ts";

const named = { COMPANY: {}, CUSTOMER: {}, PERSONAL: {} };
const PHONEBOOK = {
  globals: "PERSONAL",
  mappings: { globals: { "Company.*": "COMPANY" }, packages: { Company: "COMPANY" } },
};
const whole = {
  ...{ name: "MIRRORSET", version: "2022.1", failover: { mirrorA: {}, mirrorB: {} } },
  async: { dr1: { type: "dr" }, report1: { type: "reportingReadOnly" } },
  databases: named,
  namespaces: { ...named, PHONEBOOK },
  apps: { COMPANY: {}, PHONEBOOK: {} },
};
const without = { COMPANY: {}, PERSONAL: {} };
const members = ["mirrorA", "mirrorB", "dr1", "report1"] as const;

/** What a member says of CUSTOMER: mirrored, configured, its namespace, its record. */
async function customerOn(stack: TestStack, member: string): Promise<string> {
  const asked = await session(stack.container(member), "%SYS", [
    'set r=##class(%ResultSet).%New("SYS.Mirror:MirroredDatabaseList") do r.Execute("*","*") ' +
      'while r.Next() { write r.GetData(1),"," }',
    'write ##class(Config.Databases).Exists("CUSTOMER")',
    'write ##class(Config.Namespaces).Exists("CUSTOMER")',
    'write $get(^|"^^/dur/iconfig/mgr/customer/"|kept)',
  ]);
  const [mirrored = "", ...rest] = asked;
  return [mirrored.includes("CUSTOMER,") ? "mirrored" : "ordinary", ...rest].join(" ");
}

async function expectEverywhere(stack: TestStack, wanted: string): Promise<void> {
  const found = await Promise.all(members.map((member) => customerOn(stack, member)));
  expect(found).toEqual(members.map(() => wanted));
  await stack.expectNoChanges();
}

it("a database leaves the mirror and comes back; the whole stack goes and comes back", async () => {
  using checkout = new Checkout();
  await using stack = await TestStack.create(checkout, whole);
  await stack.up();
  const { primary } = await wholePair(stack);
  const first = stack.container(primary);
  await line(first, "%SYS", 'set ^|"^^/dur/iconfig/mgr/customer/"|kept="record"');

  stack.configure({ ...whole, databases: without });
  const refused = await stack.pulumi(["up", "--yes", "--skip-preview"]);
  expect(refused.text).toContain("namespaces.CUSTOMER");
  expect(refused.text).toContain("nothing was touched");

  stack.configure({ ...whole, databases: without, namespaces: { ...without, PHONEBOOK } });
  expect((await stack.preview()).text).toContain(
    "CUSTOMER leaves the mirror, on the primary first; its files stay",
  );
  await stack.up();
  await expectEverywhere(stack, "ordinary 1 0 record");

  stack.configure(whole);
  await stack.up();
  await expectEverywhere(stack, "mirrored 1 1 record");
  await line(first, "CUSTOMER", 'set ^kept="a later record"');
  await line(first, "COMPANY", 'set ^last="before destroy"');

  await stack.destroy();
  await stack.up();
  await wholePair(stack);
  for (const member of members) {
    await arrives(stack, member, "^last", "before destroy");
    const companies = await line(
      stack.container(member),
      "PHONEBOOK",
      "do ##class(Company.Company).List()",
    );
    expect(companies).toBe("1 First Company, Boston\n2 Second Company, Madrid");
  }
  expect(await memberStatus(stack, "dr1")).toBe("Disaster Recovery Connected");
  expect(await listedMembers(stack, "mirrorB")).toEqual(["DR1", "MIRRORA", "MIRRORB", "REPORT1"]);
  await expectEverywhere(stack, "mirrored 1 1 a later record");
});

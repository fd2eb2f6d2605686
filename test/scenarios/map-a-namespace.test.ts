/** What happens: the article's mirror has the namespace PHONEBOOK, with customers of its own and
 *  companies and contacts mapped from other databases, and the two applications; somebody enters a
 *  company and a contact, removes a mapping on the backup,
 *  changes one on the primary and adds one; later PHONEBOOK is taken out.
 *  What must hold: what is entered once is read through PHONEBOOK on both members; the preview
 *  names each mapping and member, and only their steps; up repairs, enters no data a second
 *  time, and the next preview is empty.
 *  How it is measured: Pulumi's preview, sessions. */

import { isDeepStrictEqual } from "node:util";
import { expect, it } from "vitest";
import { budgets } from "../support/budgets.ts";
import { Checkout } from "../support/checkout.ts";
import { wholePair } from "../support/mirror-state.ts";
import { changesOf } from "../support/preview.ts";
import { line, session } from "../support/session.ts";
import { smallTopology, TestStack } from "../support/test-stack.ts";
import { waitFor } from "../support/wait.ts";

const PHONEBOOK = {
  globals: "CUSTOMER",
  mappings: {
    globals: { "Company.*": "COMPANY", "Phonebook.Contact*": "PERSONAL" },
    packages: { Company: "COMPANY" },
  },
};

const apps = { COMPANY: {}, PHONEBOOK: {} };

/** Companies, contacts and customers as the applications print them in PHONEBOOK. */
const phoneBook = ["Company.Company", "Phonebook.Contact", "Phonebook.Customer"].map(
  (name) => `do ##class(${name}).List()`,
);
const entered = [
  "1 First Company, Boston\n2 Second Company, Madrid\n3 Another company, Valencia",
  "1 Ann Contact, 555-0100, First Company\n2 Carl, 555-0102, Another company",
  "1 Bob Customer, 555-0101",
];

async function canBeRead(stack: TestStack, member: string): Promise<void> {
  await waitFor(`the phone book on ${member}`, budgets.recordArrivesMs, async () => {
    const seen = await session(stack.container(member), "PHONEBOOK", phoneBook);
    return isDeepStrictEqual(seen, entered) ? seen : undefined;
  });
}

/** Names of what would change. */
async function previewed(stack: TestStack): Promise<{ names: string[]; text: string }> {
  const { text } = await stack.preview();
  const names = changesOf(text).map(({ kind, resource }) => `${kind} ${resource.split(" ")[1]}`);
  return { names: names.toSorted(), text };
}

it("a namespace with mappings is alike on both members, and stays so", async () => {
  using checkout = new Checkout();
  const plain = { ...smallTopology([]), failover: { mirrorA: {}, mirrorB: {} } };
  const named = { COMPANY: {}, CUSTOMER: {}, PERSONAL: {} };
  await using stack = await TestStack.create(checkout, {
    ...plain,
    ...{ namespaces: { ...named, PHONEBOOK }, apps },
  });
  await stack.up();
  const { primary, backup } = await wholePair(stack);
  const [first, second] = [stack.container(primary), stack.container(backup)];

  await session(first, "PHONEBOOK", [
    'set company=##class(Company.Company).Add("Another company","Valencia")',
    'set contact=##class(Phonebook.Contact).Add("Carl","555-0102",company)',
  ]);
  await canBeRead(stack, primary);
  await canBeRead(stack, backup);
  expect(await line(second, "PERSONAL", "write $data(^Phonebook.ContactD(2))")).toBe("1");
  expect(await line(second, "CUSTOMER", "write $data(^Company.CompanyD)")).toBe("0");

  const byHand = (text: string) => `write ##class(Config.MapGlobals).${text}`;
  expect(await line(second, "%SYS", byHand('Delete("PHONEBOOK","Company.*")'))).toBe("1");
  const changed = await session(first, "%SYS", [
    'set p("Database")="CUSTOMER"',
    byHand('Modify("PHONEBOOK","Phonebook.Contact*",.p)'),
    byHand('Create("PHONEBOOK","Other",.p)'),
  ]);
  expect(changed.slice(1)).toEqual(["1", "1"]);

  const drift = await previewed(stack);
  expect(drift.text).toContain(
    `global Company.* of namespace PHONEBOOK not mapped on ${backup} (repair 1)`,
  );
  expect(drift.text).toContain(
    `global Phonebook.Contact* of namespace PHONEBOOK on ${primary} mapped to CUSTOMER, not ` +
      `PERSONAL; global Other of namespace PHONEBOOK on ${primary} mapped to CUSTOMER, which is ` +
      "not in the topology (repair 1)",
  );
  expect(drift.names).toEqual(
    [primary, backup, "mirror"]
      .map((name) => `update ${name}-${name === "mirror" ? "verify" : "namespaces"}`)
      .toSorted(),
  );

  await stack.up();
  await canBeRead(stack, primary);
  await canBeRead(stack, backup);
  await stack.expectNoChanges();

  stack.configure({ ...plain, namespaces: named });
  await stack.up();
  for (const container of [first, second]) {
    expect(
      await line(container, "%SYS", 'write ##class(Config.Namespaces).Exists("PHONEBOOK")'),
    ).toBe("0");
    expect(await line(container, "COMPANY", "write $data(^Company.CompanyD(1))")).toBe("1");
  }
  await stack.expectNoChanges();
});

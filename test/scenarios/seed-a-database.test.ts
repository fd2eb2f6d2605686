/** What happens: two instances form a mirror without databases; on the primary an ordinary database
 *  holds records and a client goes on writing into it, on the backup another one of that name
 *  stands in its place. The database is named in the topology. Then a DR async is added.
 *  What must hold: the preview says what will happen; `up` mirrors it and brings it to the others
 *  while the client writes; every record is on every member; what stood on the backup is kept; the
 *  next preview is empty. Printed: how long files stood still, how long a write waited.
 *  How it is measured: Pulumi's preview, records read in sessions, one by one; the client's times. */

import { expect, it } from "vitest";
import { budgets } from "../support/budgets.ts";
import { Checkout } from "../support/checkout.ts";
import { docker } from "../support/docker.ts";
import { Ledger } from "../support/ledger.ts";
import { wholePair } from "../support/mirror-state.ts";
import { makeOrdinaryCompany } from "../support/ordinary-database.ts";
import { line, session } from "../support/session.ts";
import { smallTopology, TestStack } from "../support/test-stack.ts";
import { waitFor } from "../support/wait.ts";

const records = 20_000;

/** Every node of a global, one a line. */
async function nodes(container: string, global: string): Promise<string> {
  const program = `set k="" for { set k=$order(${global}(k)) quit:k=""  write k,"=",${global}(k),! }`;
  return line(container, "COMPANY", program);
}

async function sameAs(stack: TestStack, member: string, primary: string): Promise<void> {
  const [own, wanted] = [stack.container(member), stack.container(primary)];
  for (const global of ["^Old", "^new"]) {
    const there = await nodes(wanted, global);
    await waitFor(`${global} on ${member} as on ${primary}`, budgets.recordArrivesMs, async () =>
      (await nodes(own, global)) === there ? true : undefined,
    );
  }
}

/** The client has written again. */
async function goesOn(client: Ledger): Promise<void> {
  const before = client.acknowledged;
  await waitFor("the client writes", budgets.recordArrivesMs, () =>
    Promise.resolve(client.acknowledged > before ? true : undefined),
  );
}

it("a database with data is mirrored and seeded while a client writes", async () => {
  using checkout = new Checkout();
  const full = { ...smallTopology([]), failover: { mirrorA: {}, mirrorB: {} } };
  const named = { databases: { COMPANY: {} }, namespaces: { COMPANY: {} } };
  await using stack = await TestStack.create(checkout, { ...full, databases: {}, namespaces: {} });
  await stack.up();
  const { primary, backup } = await wholePair(stack);
  const [source, target] = [stack.container(primary), stack.container(backup)];
  for (const container of [source, target]) {
    await makeOrdinaryCompany(container);
  }
  await session(source, "COMPANY", [
    `for i=1:1:${records} { set ^Old(i)="record "_i_$justify("",200) }`,
  ]);
  await session(target, "COMPANY", ['set ^Other="of the backup"']);

  stack.configure({ ...full, ...named });
  const preview = (await stack.preview()).text;
  expect(preview).toMatch(
    new RegExp(`COMPANY: the ordinary database on ${primary} \\(\\d+ MB\\) goes into the mirror`),
  );
  expect(preview).toMatch(
    new RegExp(`COMPANY on ${backup}: gets a copy from a member that has it; the ordinary`),
  );

  const client = new Ledger(source, "COMPANY", "new", 0.002);
  await goesOn(client);
  const up = await stack.up();
  console.info(
    up
      .split("\n")
      .filter((text) => /stood still|MB copied/.test(text))
      .join("\n"),
  );
  expect(up).toMatch(/COMPANY on \w+: \d+ MB copied, checksum \d+ \d+; what was there is now in/);
  console.info(`longest pause of the client: ${Math.round(client.longestPauseMs)} ms`);
  await goesOn(client);
  await client.end();

  await sameAs(stack, backup, primary);
  expect((await client.balance(target, "COMPANY")).lost).toEqual([]);
  expect((await nodes(target, "^Old")).split("\n").length).toBe(records);
  expect(await line(target, "COMPANY", "write $data(^Other)")).toBe("0");
  const aside = await docker(["exec", target, "ls", "/dur/iconfig/mgr/company.aside-1"]);
  expect(aside).toContain("IRIS.DAT");
  await stack.expectNoChanges();

  stack.configure({ ...full, ...named, async: { dr1: { type: "dr" } } });
  await stack.up();
  await sameAs(stack, "dr1", primary);
  await stack.expectNoChanges();
});

/** Histories of a stack up to an `up` that may be interrupted, as data: what was there before, what
 *  the `up` is to bring, and what must hold once another one has finished it. */

import { expect } from "vitest";
import { arrives, wholePair } from "./mirror-state.ts";
import { makeOrdinaryCompany } from "./ordinary-database.ts";
import { line, session } from "./session.ts";
import { smallTopology, type TestStack } from "./test-stack.ts";

/** One history. */
export interface History {
  /** As it stands in names of tests and in IRIS_MIRROR_INTERRUPT_AT. */
  readonly name: string;
  /** How many resources of providers begin in the `up`, in whatever order. Pulumi says so at least
   *  once of each. */
  readonly steps: number;
  /** Brings a new stack to where the `up` begins, its topology included. */
  readonly begin: (stack: TestStack) => Promise<void>;
  /** What must hold in the end, beside a whole mirror in which nothing is left to change.
   *  @throws Error with what does not */
  readonly holds: (stack: TestStack) => Promise<void>;
}

const pair = { ...smallTopology([]), failover: { mirrorA: {}, mirrorB: {} } };
const empty = { ...pair, databases: {}, namespaces: {} };
const company = { ...pair, databases: { COMPANY: {} }, namespaces: { COMPANY: {} } };
const records = 2000;

const firstDeploy: History = {
  name: "first-deploy",
  steps: 25,
  begin: (stack) => {
    stack.configure(pair);
    return Promise.resolve();
  },
  holds: (stack) => goesOn(stack, ["mirrorA", "mirrorB"]),
};

/** Ordinary databases of one name on both members; the primary's goes into the mirror. */
const databaseWithData: History = {
  name: "database-with-data",
  steps: 6,
  begin: async (stack) => {
    stack.configure(empty);
    await stack.up();
    const { primary, backup } = await wholePair(stack);
    await makeOrdinaryCompany(stack.container(primary));
    await makeOrdinaryCompany(stack.container(backup));
    await fill(stack, primary);
    await session(stack.container(backup), "COMPANY", ['set ^Other="of the backup"']);
    stack.configure(company);
  },
  holds: async (stack) => {
    await goesOn(stack, ["mirrorA", "mirrorB"]);
    await keepsRecords(stack, ["mirrorA", "mirrorB"]);
  },
};

/** A DR async joins a pair that holds records. */
const asyncAdded: History = {
  name: "async",
  steps: 10,
  begin: async (stack) => {
    stack.configure(company);
    await stack.up();
    await fill(stack, (await wholePair(stack)).primary);
    stack.configure({ ...company, async: { dr1: { type: "dr" } } });
  },
  holds: async (stack) => {
    await goesOn(stack, ["mirrorA", "mirrorB", "dr1"]);
    await keepsRecords(stack, ["mirrorA", "mirrorB", "dr1"]);
  },
};

/** All histories. A new one is one more entry; its steps are those of its uninterrupted `up`. */
export const histories: readonly History[] = [firstDeploy, databaseWithData, asyncAdded];

async function fill(stack: TestStack, primary: string): Promise<void> {
  const set = `for i=1:1:${records} { set ^Old(i)="record "_i }`;
  await session(stack.container(primary), "COMPANY", [set]);
}

/** The journal goes on to everybody: nothing is frozen, and clients may write. */
async function goesOn(stack: TestStack, members: readonly string[]): Promise<void> {
  const { primary } = await wholePair(stack);
  const [said = ""] = await session(stack.container(primary), "COMPANY", ["set ^After=1"]);
  expect(said).toBe("");
  for (const member of members) {
    await arrives(stack, member, "^After", "1");
    const frozen = "write ##class(Backup.General).IsWDSuspended()";
    expect(await line(stack.container(member), "%SYS", frozen), member).toBe("0");
  }
}

/** Every record of before, one by one. */
async function keepsRecords(stack: TestStack, members: readonly string[]): Promise<void> {
  const count =
    `set n=0 for i=1:1:${records} { set n=n+($get(^Old(i))=("record "_i)) } ` +
    'write n," ",$data(^Other)';
  for (const member of members) {
    expect(await line(stack.container(member), "COMPANY", count), member).toBe(`${records} 0`);
  }
}

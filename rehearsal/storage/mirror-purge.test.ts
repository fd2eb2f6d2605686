import { describe, expect, test } from "vitest";
import { closeAll, memberPair, TestMember } from "./testing/members.ts";
import { temporaryDirectory } from "./testing/places.ts";

/** The journal goes on in its next file. */
async function nextFile(member: TestMember): Promise<void> {
  const { header } = member.journal;
  if (header === undefined) throw new Error("no journal file");
  member.journal.beginFile(header);
  await member.journal.flush();
}

const purge = ({ store, journal }: TestMember): Promise<string[]> =>
  store.mirror.purgeJournal(journal.durable);

describe("purging mirror journals", () => {
  test("leaves what a transaction that is open would need to be undone", async () => {
    const [primary, follower] = await memberPair();
    const open = primary.process("COMPANY", 2);
    open.begin();
    await open.set("x", ["open"], "1");
    await primary.settle();
    await nextFile(primary);
    await primary.process("COMPANY").set("x", ["plain"], "1");
    await primary.settle();
    await follower.follow(primary);
    expect([await purge(primary), await purge(follower)]).toEqual([[], []]);

    await primary.restart();
    await primary.promote("A again");
    expect(primary.process("COMPANY").all("x")).toEqual([[["plain"], "1"]]);
    await primary.process("COMPANY").set("x", ["plain"], "2");
    await primary.settle();
    await follower.follow(primary);
    expect(await purge(primary)).toHaveLength(2);
    expect(await purge(follower)).toHaveLength(2);
    await closeAll(primary, follower);
  });

  test("counts only what is in the file for certain", async () => {
    const [primary, follower] = await memberPair();
    // The position of a database nobody writes to is kept in memory for a while.
    await primary.mirrored("PERSONAL");
    await primary.process("PERSONAL").set("x", [], "1");
    await primary.settle();
    await nextFile(primary);
    await primary.process("PERSONAL").set("x", [], "2");
    await primary.settle();
    await primary.process("COMPANY").set("x", [], "not in a cycle yet");
    await purge(primary);
    await primary.restart();
    await primary.store.mirror.dejournal();
    expect(primary.statuses()).toEqual({ COMPANY: "Dejournaling", PERSONAL: "Dejournaling" });
    await closeAll(primary, follower);
  });

  test("does not hinder a member whose journal begins with a later file", async () => {
    const [primary, follower] = await memberPair();
    await nextFile(primary);
    await primary.mirrored("PERSONAL");
    await primary.settle();
    expect(await purge(primary)).toHaveLength(1);
    const late = await TestMember.open(temporaryDirectory());
    await late.store.mirror.dejournal();
    const start = primary.journal.oldest;
    late.journal.receive(start, primary.journal.read(start, 1_000_000).bytes);
    await late.journal.flush();
    await late.mirrored("PERSONAL");
    expect(late.statuses()).toEqual({ PERSONAL: "Dejournaling" });
    await closeAll(primary, follower, late);
  });
});

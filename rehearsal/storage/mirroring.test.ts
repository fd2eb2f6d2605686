import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nextTurn } from "./clock.ts";
import { slowMs } from "./testing/budgets.ts";
import { anyText, nodeSubscript } from "./testing/arbitraries.ts";
import { closeAll, memberPair, TestMember } from "./testing/members.ts";
import { ModelGlobal } from "./testing/model.ts";
import { temporaryDirectory } from "./testing/places.ts";

describe("a mirrored database", () => {
  test("is written on the primary, read on the other member, and refused there", async () => {
    const [primary, follower] = await memberPair();
    const writer = primary.process("COMPANY");
    await writer.set("x", ["1"], "replicated");
    await primary.settle();
    await follower.follow(primary);

    const reader = follower.process("COMPANY");
    expect(reader.get("x", "1")).toBe("replicated");
    const directory = `${follower.directory}db/company/`;
    await expect(reader.set("x", ["1"], "refused")).rejects.toThrow(`<PROTECT> ^x,${directory}`);
    const lock = reader.store.locks.acquire({ name: "x", subscripts: [] }, 0);
    expect(() => lock.next()).toThrow("<PROTECT>");
    expect(reader.get("x", "1")).toBe("replicated");
    expect([primary.statuses(), follower.statuses()]).toEqual([
      { COMPANY: "Normal" },
      { COMPANY: "Dejournaling" },
    ]);
    await Promise.all([primary.store.close(), follower.store.close()]);
  });

  test("a member that went too far forgets what was open only there", async () => {
    const [primary, other] = await memberPair();
    const ahead = await TestMember.open(temporaryDirectory());
    await ahead.follow(primary);
    await ahead.mirrored("COMPANY");
    await other.follow(primary);
    const open = primary.process("COMPANY");
    open.begin();
    await open.set("x", [], "nobody else has this");
    await primary.settle();
    await ahead.follow(primary);
    await other.promote("B");
    const left = { file: 1, offset: other.journal.header?.previousEnd ?? 0 };
    expect(ahead.store.mirror.copiesBeyond(left)).toEqual(["COMPANY"]);
    ahead.journal.truncate(left);
    await ahead.follow(other);
    expect(ahead.statuses()).toEqual({ COMPANY: "Dejournaling Stopped" });
    expect(ahead.instance.messages.at(-1)).toContain("where the mirror's history does not lead");
    await ahead.promote("C");
    expect(ahead.store.mirror.access.kind).toBe("primary");
    await expect(ahead.process("COMPANY").set("x", [], "v")).rejects.toThrow("<PROTECT>");
    await closeAll(primary, other, ahead);
  });

  test("nobody writes before mirroring has decided, not even the former primary", async () => {
    const [primary, follower] = await memberPair();
    await primary.restart();
    await expect(primary.process("COMPANY").set("x", [], "v")).rejects.toThrow("<PROTECT>");
    await primary.promote("A again");
    await primary.process("COMPANY").set("x", [], "v");
    await Promise.all([primary.store.close(), follower.store.close()]);
  });

  test("who becomes primary holds all of the journal first", async () => {
    const [primary, follower] = await memberPair();
    await primary.process("COMPANY").set("x", [], "received, not applied");
    await primary.settle();
    const { at, bytes } = primary.journal.read(follower.journal.end, 100_000);
    follower.journal.receive(at, bytes);
    await follower.journal.flush();
    const acknowledge = () => Promise.resolve();
    await follower.store.mirror.setAccess({ kind: "primary", acknowledge });
    expect(follower.process("COMPANY").get("x")).toBe("received, not applied");
    expect(follower.statuses()).toEqual({ COMPANY: "Normal" });
    await closeAll(primary, follower);
  });

  test("while the acknowledgement is out only writers to it wait", async () => {
    const primary = await TestMember.open(temporaryDirectory());
    let acknowledge: (() => void) | undefined;
    let isHeld = false;
    await primary.promote("A", () =>
      isHeld ? new Promise((resolve) => (acknowledge = resolve)) : Promise.resolve(),
    );
    await primary.mirrored("COMPANY");
    const writer = primary.process("COMPANY");
    const local = primary.process("USER", 2);
    const committedAt = () => {
      const [database] = primary.store.mirror.copies.mounted();
      return database?.committedMark("mirrored")?.position.offset;
    };
    isHeld = true;
    writer.begin();
    await writer.set("x", [], "pending");
    const before = committedAt();
    const commit = writer.commit();
    let returned = false;
    void commit.then(() => (returned = true));
    const reference = { name: "x", subscripts: [] };
    while (acknowledge === undefined) await nextTurn();
    expect(writer.store.globals.writeBarrier(reference)).toBeDefined();

    local.begin();
    await local.set("x", [], "local");
    await local.commit();
    expect(writer.get("x")).toBe("pending");
    expect([returned, committedAt()]).toEqual([false, before]);
    isHeld = false;
    acknowledge();
    await commit;
    expect(committedAt()).toBeGreaterThan(before ?? 0);
    await primary.store.close();
  });

  test("a refused acknowledgement takes the data out of the file again", async () => {
    const [primary, follower] = await memberPair();
    const writer = primary.process("COMPANY");
    await writer.set("x", ["safe"], "1");
    await primary.settle();
    await follower.follow(primary);
    await primary.store.mirror.setAccess({
      kind: "primary",
      acknowledge: () => Promise.reject(new Error("forced down")),
    });
    writer.begin();
    await writer.set("x", ["unsafe"], "2");
    await expect(writer.commit()).rejects.toThrow("<COMMITFAIL>");

    expect(writer.all("x")).toEqual([[["safe"], "1"]]);
    expect(primary.store.mirror.access.kind).toBe("readOnly");
    await expect(writer.set("x", [], "3")).rejects.toThrow("<PROTECT>");
    // The other takes over; here the history is cut where it left.
    await follower.promote("B");
    const left = follower.journal.headers().at(-1)?.previousEnd ?? 0;
    expect(primary.store.mirror.copiesBeyond({ file: 1, offset: left })).toEqual([]);
    await primary.journal.flush();
    primary.journal.truncate({ file: 1, offset: left });
    await follower.process("COMPANY").set("x", ["after"], "4");
    await follower.settle();
    await primary.follow(follower);
    expect(primary.process("COMPANY").all("x")).toEqual([
      [["after"], "4"],
      [["safe"], "1"],
    ]);
    await Promise.all([primary.store.close(), follower.store.close()]);
  });

  test("access asked for before an acknowledgement was refused is not given", async () => {
    const [primary] = await memberPair();
    let refuse: ((error: Error) => void) | undefined;
    let isHeld = false;
    const acknowledge = () =>
      isHeld ? new Promise<void>((_, reject) => (refuse = reject)) : Promise.resolve();
    await primary.store.mirror.setAccess({ kind: "primary", acknowledge });
    isHeld = true;
    const writer = primary.process("COMPANY");
    await writer.set("x", [], "unsafe");
    const again = primary.store.mirror.setAccess(primary.store.mirror.access);
    while (refuse === undefined) await nextTurn();
    refuse(new Error("forced down"));
    await expect(again).rejects.toThrow("acknowledgement was refused");
    expect(primary.store.mirror.access.kind).toBe("readOnly");
    expect(writer.get("x")).toBeUndefined();
    await primary.store.close();
  });

  test("transactions open when the primary ends are undone by the next one", async () => {
    const [primary, follower] = await memberPair();
    const [open, other] = [primary.process("COMPANY", 1), primary.process("COMPANY", 2)];
    await other.set("x", ["a"], "before");
    await other.set("x", ["b", "1"], "before");
    open.begin();
    await open.set("x", ["a"], "changed once");
    await open.set("x", ["a"], "open");
    await open.kill("x", ["b"]);
    await open.set("x", ["c"], "open");
    other.begin();
    await other.set("x", ["d"], "committed");
    await other.commit();
    await follower.follow(primary);
    expect(follower.process("COMPANY").get("x", "a")).toBe("open");
    // A restart in between must not make it forget what is open.
    await follower.restart();
    await follower.promote("B");
    await primary.restart();
    await primary.follow(follower);

    const expected = [
      [["a"], "before"],
      [["b", "1"], "before"],
      [["d"], "committed"],
    ];
    expect(follower.process("COMPANY").all("x")).toEqual(expected);
    expect(primary.process("COMPANY").all("x")).toEqual(expected);
    await Promise.all([primary.store.close(), follower.store.close()]);
  });

  test(
    "random work, pieces, crashes and changes of role leave all members equal to plain data",
    async () => {
      const work = fc.oneof(
        fc.record({ node: fc.array(nodeSubscript, { maxLength: 2 }), value: anyText }),
        fc.record({ node: fc.array(nodeSubscript, { maxLength: 2 }) }),
      );
      const act = fc.oneof(
        { weight: 6, arbitrary: work },
        { weight: 2, arbitrary: fc.constantFrom("transaction", "follow", "undone") },
        { weight: 1, arbitrary: fc.constantFrom("restart follower", "restart primary", "switch") },
      );
      await fc.assert(
        fc.asyncProperty(
          fc.array(act, { minLength: 10, maxLength: 40, size: "max" }),
          fc.array(fc.integer({ min: 1, max: 4000 }), { minLength: 1, maxLength: 5 }),
          async (acts, sizes) => {
            let [primary, follower] = await memberPair();
            const model = new ModelGlobal();
            for (const [index, one] of acts.entries()) {
              const writer = primary.process("COMPANY");
              if (typeof one === "object") {
                if ("value" in one) model.set(one.node, one.value);
                else model.kill(one.node);
                if ("value" in one) await writer.set("x", one.node, one.value);
                else await writer.kill("x", one.node);
              } else if (one === "transaction" || one === "undone") {
                writer.begin();
                await writer.set("x", ["t", String(index)], "in transaction");
                if (one === "undone") await writer.rollback();
                else {
                  model.set(["t", String(index)], "in transaction");
                  await writer.commit();
                }
              } else {
                await primary.settle();
                await follower.follow(primary, sizes);
                if (one === "restart follower") await follower.restart();
                if (one === "switch") {
                  await primary.store.mirror.setAccess({ kind: "readOnly" });
                  [primary, follower] = [follower, primary];
                }
                if (one === "restart primary") await primary.restart();
                if (one !== "follow" && one !== "restart follower")
                  await primary.promote(String(index));
              }
            }
            await primary.settle();
            await follower.follow(primary, sizes);
            expect(primary.process("COMPANY").all("x")).toEqual(model.all());
            expect(follower.process("COMPANY").all("x")).toEqual(model.all());
            await Promise.all([primary.store.close(), follower.store.close()]);
          },
        ),
        { numRuns: 25 },
      );
    },
    slowMs,
  );
});

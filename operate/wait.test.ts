import { describe, expect, test } from "vitest";
import { FakeWorld } from "./testing/fake-world.ts";
import { waitUntil, type Seen, type Wait } from "./wait.ts";

function waitFor(probe: () => Seen<string>): Wait<string> {
  return {
    subject: "mirrorB",
    until: "it is BACKUP",
    budgetMs: 10_000,
    everyMs: 100,
    remedy: "Look there.",
    probe: () => Promise.resolve(probe()),
  };
}

describe("waiting", () => {
  test("ends with the first look that finds the state", async () => {
    const world = new FakeWorld();
    const states = ["SYNCHRONIZING", "SYNCHRONIZING", "BACKUP"];

    const status = await waitUntil(
      world,
      waitFor(() => {
        const next = states.shift() ?? "";
        return next === "BACKUP" ? { done: next } : { still: `it is ${next}` };
      }),
    );

    expect(status).toBe("BACKUP");
    expect(world.clock.now()).toBe(200);
  });

  test("gives up after its budget and tells what is there, what was wanted and what to do", async () => {
    const world = new FakeWorld();

    const failure = waitUntil(
      world,
      waitFor(() => ({ still: "it is WAITING" })),
    );

    await expect(failure).rejects.toThrow(
      "mirrorB: it is WAITING after 10 s, wanted: it is BACKUP. Look there.",
    );
    expect(world.clock.now()).toBe(10_000);
  });

  test("looks once more when the budget is over", async () => {
    const world = new FakeWorld();

    const found = await waitUntil(
      world,
      waitFor(() => (world.clock.now() >= 10_000 ? { done: "late" } : { still: "no" })),
    );

    expect(found).toBe("late");
  });

  test("tells a person what it waits for once it takes long, and each new state", async () => {
    const world = new FakeWorld();
    const seen = (): Seen<string> => {
      const now = world.clock.now();
      return now >= 9000 ? { done: "" } : { still: now < 5000 ? "it starts" : "it catches up" };
    };

    await waitUntil(world, waitFor(seen));

    expect(world.said).toEqual([
      "mirrorB: waiting until it is BACKUP; it starts (2 s)",
      "mirrorB: waiting until it is BACKUP; it catches up (5 s)",
    ]);
  });

  test("passes on what goes wrong in a look", async () => {
    const failure = waitUntil(
      new FakeWorld(),
      waitFor(() => {
        throw new Error("gone");
      }),
    );

    await expect(failure).rejects.toThrow("gone");
  });
});

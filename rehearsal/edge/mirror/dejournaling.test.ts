/** Dejournaling that fails, as on a full disk, goes on by itself when it can. */

import { expect, it, vi } from "vitest";
import { ManualClock } from "../../storage/testing/manual-clock.ts";
import { Dejournaling } from "./dejournaling.ts";

function failing() {
  const clock = new ManualClock();
  const dejournal = vi.fn(() => Promise.reject(new Error("disk is full")));
  const faults: string[] = [];
  const dejournaling = new Dejournaling({ dejournal }, clock, (text) => faults.push(text));
  return { clock, dejournal, faults, dejournaling };
}

it("is tried again each second, though nothing more comes, and said once", async () => {
  const { clock, dejournal, faults, dejournaling } = failing();
  dejournaling.soon();
  await dejournaling.rested();
  clock.pass(1000);
  await dejournaling.rested();
  clock.pass(1000);
  await dejournaling.rested();

  expect(dejournal).toHaveBeenCalledTimes(3);
  expect(faults).toEqual(["Dejournaling waits: Error: disk is full"]);
});

it("rests once it went well, and when the member ends", async () => {
  const { clock, dejournal, dejournaling } = failing();
  dejournaling.soon();
  await dejournaling.rested();
  dejournaling.stop();
  expect(clock.waiting).toBe(0);

  dejournal.mockImplementation(() => Promise.resolve() as Promise<never>);
  dejournaling.soon();
  await dejournaling.rested();
  expect(clock.waiting).toBe(0);
});

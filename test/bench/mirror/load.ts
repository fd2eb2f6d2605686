/** The load on the primary: several sessions that write at a rate, as the sessions of an instance
 *  do, inside its process. */

import { createHistogram, type RecordableHistogram } from "node:perf_hooks";
import { nextTurn } from "../../../rehearsal/storage/clock.ts";
import type { InstanceStore } from "../../../rehearsal/storage/instance-store.ts";
import { drive, type ProcessStore } from "../../../rehearsal/storage/process-store.ts";
import { due } from "./wait.ts";

/** What is written. */
export interface LoadWish {
  /** Sets per second: half of them plain, half in transactions. */
  readonly rate: number;
  readonly seconds: number;
}

/** Milliseconds from when a write was due until it was done. */
export interface Latency {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** What was written. */
export interface LoadResult {
  readonly sets: number;
  readonly ms: number;
  readonly plain: Latency;
  /** From the first set of a transaction to the acknowledgement of its commit. */
  readonly commits: Latency;
}

/** Sessions that commit. */
const sessions = 8;
const setsPerTransaction = 5;
const setsPerSlice = 100;
/** Namespace of the database a member of tests creates. */
const namespace = "COMPANY";

const valueOf = (number: number): string =>
  `${number}^2026-11-25^a record as applications write them: a name, a street, a remark^${number}`;

/** Plain sets as fast as they go, from 1 to `records`; the last of them is durable. */
export async function writePlain(store: InstanceStore, records: number): Promise<void> {
  const process = store.process({ jobNumber: 1, namespace });
  for (let number = 1; number <= records; number++) {
    await set(process, "missed", number);
    // As the scheduler does it: everybody else has a turn between slices.
    if (number % setsPerSlice === 0) await nextTurn();
  }
  await process.end();
  await store.mirror.stream.cycle.request();
}

async function set(process: ProcessStore, session: string, number: number): Promise<void> {
  const reference = { name: "x", subscripts: [session, String(number)] };
  let barrier = process.globals.writeBarrier(reference);
  for (; barrier !== undefined; barrier = process.globals.writeBarrier(reference)) await barrier;
  process.globals.set(reference, valueOf(number));
}

/** Runs the load. */
export async function runLoad(store: InstanceStore, wish: LoadWish): Promise<LoadResult> {
  const plain = createHistogram();
  const commits = createHistogram();
  const start = performance.now();
  const half = Math.round((wish.rate * wish.seconds) / 2);
  const transactions = Math.round(half / setsPerTransaction / sessions);
  const perSecond = wish.rate / 2 / setsPerTransaction / sessions;
  const writers = Array.from({ length: sessions }, (_, index) =>
    paced({ count: transactions, perSecond, start, latency: commits }, committer(store, index)),
  );
  const process = store.process({ jobNumber: 100, namespace });
  const pace = { count: half, perSecond: wish.rate / 2, start, latency: plain };
  await Promise.all([paced(pace, (number) => set(process, "plain", number)), ...writers]);
  const ms = performance.now() - start;
  await process.end();
  // The last plain sets are in the journal's buffer only.
  await store.mirror.stream.cycle.request();
  const sets = half + transactions * sessions * setsPerTransaction;
  return { sets, ms, plain: summary(plain), commits: summary(commits) };
}

function committer(store: InstanceStore, index: number): (number: number) => Promise<void> {
  const process = store.process({ jobNumber: 101 + index, namespace });
  process.synchronousCommit = true;
  return async (number) => {
    process.transactions.start();
    for (let step = 0; step < setsPerTransaction; step++) {
      await set(process, `session ${index}`, number * setsPerTransaction + step);
    }
    await drive(process.transactions.commit());
  };
}

interface Pace {
  readonly count: number;
  readonly perSecond: number;
  /** `performance.now()` when the first one is due. */
  readonly start: number;
  readonly latency: RecordableHistogram;
}

/** Does something at a rate. Who is late does not wait, and the lateness counts. */
async function paced(pace: Pace, action: (number: number) => Promise<void>): Promise<void> {
  for (let number = 0; number < pace.count; number++) {
    const dueAt = pace.start + (number * 1000) / pace.perSecond;
    const isLate = performance.now() >= dueAt;
    await due(dueAt);
    // A timer that rings late is not the mirror's lateness.
    const begun = isLate ? dueAt : performance.now();
    await action(number);
    pace.latency.record(Math.max(1, Math.round((performance.now() - begun) * 1000)));
  }
}

function summary(histogram: RecordableHistogram): Latency {
  const { count, max } = histogram;
  const at = (percentile: number) => histogram.percentile(percentile) / 1000;
  return { count, p50: at(50), p99: at(99), max: max / 1000 };
}

/** The two measurements. */

import { differences, digestOf } from "./digest.ts";
import type { LoadResult, LoadWish } from "./load.ts";
import type { CaughtUp, Figures } from "./member-calls.ts";
import type { BenchMember, BenchMirror } from "./party.ts";
import { arrived, meanwhile } from "./wait.ts";

/** What came of a member that had missed much. */
export interface CatchUpResult {
  readonly times: CaughtUp;
  readonly writeMs: number;
  readonly figures: ReadonlyMap<string, Figures>;
  readonly differences: readonly string[];
}

/** What came of many members that followed. */
export interface KeepUpResult {
  readonly load: LoadResult;
  /** Largest distance of each member in records, on its disk and in its databases. */
  readonly backlog: ReadonlyMap<string, { readonly received: number; readonly applied: number }>;
  /** From the end of the load until nobody was behind. */
  readonly emptyMs: number;
  readonly figures: ReadonlyMap<string, Figures>;
  readonly differences: readonly string[];
}

/** How often distances are looked at. */
const lookEveryMs = 250;

/** Lets the third member, a DR async, miss records and catch up. */
export async function measureCatchUp(mirror: BenchMirror, records: number): Promise<CatchUpResult> {
  await mirror.form(3);
  const { primary } = mirror;
  const [, , member] = mirror.members;
  if (member === undefined) throw new Error("There is no third member.");
  await member.call("stopInstance", false);
  const start = performance.now();
  await primary.call("writePlain", records);
  const writeMs = performance.now() - start;
  await emptied(mirror.members.slice(0, 2));
  const { received } = await primary.call("position");
  await resetFigures(mirror);
  const times = await member.call("catchUp", received);
  const figures = await figuresOf(mirror);
  await mirror.stop();
  return { times, writeMs, figures, differences: compared(mirror, records) };
}

/** Lets all members follow a primary under load. */
export async function measureKeepUp(
  mirror: BenchMirror,
  members: number,
  wish: LoadWish,
): Promise<KeepUpResult> {
  await mirror.form(members);
  await emptied(mirror.members);
  await resetFigures(mirror);
  const before = await mirror.primary.call("position");
  const watch = new Watch(mirror);
  const load = await watch.during(mirror.primary.call("load", wish));
  const start = performance.now();
  await emptied(mirror.members);
  const emptyMs = performance.now() - start;
  const figures = await figuresOf(mirror);
  const after = await mirror.primary.call("position");
  const backlog = watch.inRecords(load.sets / (after.received - before.received));
  await mirror.stop();
  return { load, backlog, emptyMs, figures, differences: compared(mirror, load.sets) };
}

/** Waits until nobody is behind the first of them. */
async function emptied(members: readonly BenchMember[]): Promise<void> {
  await arrived("all members hold all journal", async () => {
    const [primary, ...others] = await Promise.all(members.map((one) => one.call("position")));
    const end = primary?.received ?? 0;
    return others.every(({ applied }) => applied >= end);
  });
}

/** Notes how far each member is behind. */
class Watch {
  private readonly mirror: BenchMirror;
  private readonly worst = new Map<string, { received: number; applied: number }>();

  constructor(mirror: BenchMirror) {
    this.mirror = mirror;
  }

  during<T>(work: Promise<T>): Promise<T> {
    return meanwhile(work, () => this.look(), lookEveryMs);
  }

  /** The primary answers last: what the others received meanwhile counts as missing. */
  private async look(): Promise<void> {
    const [primary, ...others] = this.mirror.members;
    const behind = await Promise.all(
      others.map(async (one) => [one.name, await one.call("position")] as const),
    );
    const end = (await primary?.call("position"))?.received ?? 0;
    for (const [name, { received, applied }] of behind) {
      const worst = this.worst.get(name) ?? { received: 0, applied: 0 };
      worst.received = Math.max(worst.received, end - received);
      worst.applied = Math.max(worst.applied, end - applied);
      this.worst.set(name, worst);
    }
  }

  inRecords(recordsPerByte: number): KeepUpResult["backlog"] {
    const records = (bytes: number): number => Math.max(0, Math.round(bytes * recordsPerByte));
    const rows = [...this.worst].map(
      ([name, { received, applied }]) =>
        [name, { received: records(received), applied: records(applied) }] as const,
    );
    return new Map(rows);
  }
}

async function resetFigures(mirror: BenchMirror): Promise<void> {
  await Promise.all(mirror.members.map((member) => member.call("resetFigures")));
}

async function figuresOf(mirror: BenchMirror): Promise<ReadonlyMap<string, Figures>> {
  const rows = mirror.members.map(
    async (member) => [member.name, await member.call("figures")] as const,
  );
  return new Map(await Promise.all(rows));
}

function compared(mirror: BenchMirror, nodes: number): string[] {
  const rows = mirror.members.map(({ name, directory }) => [name, digestOf(directory)] as const);
  return differences(new Map(rows), nodes);
}

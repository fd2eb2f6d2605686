/** The figures as a table. */

import type { Latency } from "./load.ts";
import type { CatchUpResult, KeepUpResult } from "./measure-mirror.ts";
import type { Figures } from "./member-calls.ts";

const whole = (value: number): string => Math.round(value).toLocaleString("en-US");
const perSecond = (count: number, ms: number): string => `${whole((count * 1000) / ms)} / s`;
const inMs = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
const inMb = (bytes: number): string => `${whole(bytes / 1e6)} MB`;

/** Lines about a member that caught up. */
export function catchUpLines(records: number, result: CatchUpResult): string[] {
  const { connectMs, receiveMs, applyMs } = result.times;
  return [
    `A DR async that missed ${whole(records)} records`,
    ...columns([
      ["written on the primary", perSecond(records, result.writeMs)],
      ["start to first record", inMs(connectMs)],
      ["received (on its disk)", perSecond(records, receiveMs), inMs(receiveMs)],
      ["applied (in its database)", perSecond(records, applyMs), inMs(applyMs)],
      ["from its start to applied", perSecond(records, connectMs + applyMs)],
    ]),
    "",
    ...memberLines(result.figures, new Map()),
    "",
  ];
}

/** Lines about members that followed. */
export function keepUpLines(rate: number, result: KeepUpResult): string[] {
  const { load } = result;
  return [
    `${result.figures.size} members, ${whole(rate)} sets per second asked for`,
    ...columns([
      ["written", perSecond(load.sets, load.ms), `${whole(load.sets)} sets`],
      ["plain set", ...latency(load.plain)],
      ["transaction of five", ...latency(load.commits)],
      ["backlog empty after", inMs(result.emptyMs)],
    ]),
    "",
    ...memberLines(result.figures, result.backlog),
    "",
  ];
}

function latency({ p50, p99, max }: Latency): string[] {
  return [`50 % ${inMs(p50)}`, `99 % ${inMs(p99)}`, `max ${inMs(max)}`];
}

function memberLines(
  figures: ReadonlyMap<string, Figures>,
  backlog: KeepUpResult["backlog"],
): string[] {
  const head = ["member", "not received", "not applied", "event loop 99 %", "max", "memory", "cpu"];
  const rows = [...figures].map(([name, one]) => {
    const behind = backlog.get(name);
    return [
      name,
      behind === undefined ? "" : whole(behind.received),
      behind === undefined ? "" : whole(behind.applied),
      inMs(one.eventLoopP99Ms),
      inMs(one.eventLoopMaxMs),
      inMb(one.memoryMax),
      `${(one.cpuMs / 1000).toFixed(1)} s`,
    ];
  });
  return columns([head, ...rows]);
}

/** Aligns columns, the first to the left, the others to the right. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  }
  return rows.map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

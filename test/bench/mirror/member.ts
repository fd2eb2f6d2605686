/** One member in a process of its own, driven by the bench over the process's channel. The same
 *  store, ISCAgent and mirror runtime as in a container; the daemon itself keeps to the product's
 *  ports, so that only one fits on a host. */

import { monitorEventLoopDelay } from "node:perf_hooks";
import { TestMember } from "../../../rehearsal/edge/mirror/testing/member.ts";
import type { JournalPosition } from "../../../rehearsal/storage/types.ts";
import { runLoad, writePlain } from "./load.ts";
import type { Answer, CaughtUp, MemberCalls, Request } from "./member-calls.ts";
import { arrived } from "./wait.ts";

const member = new TestMember(process.argv[2] ?? "");
const eventLoop = monitorEventLoopDelay({ resolution: 5 });
eventLoop.enable();
let cpuBefore = process.cpuUsage();

function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Bytes of history before a position. Nothing is purged during a measurement. */
function bytesUntil(position: JournalPosition | undefined): number {
  let bytes = position?.offset ?? 0;
  for (const header of member.opened.mirror.journal?.headers() ?? []) {
    if (header.file <= (position?.file ?? 0)) bytes += header.previousEnd;
  }
  return bytes;
}

const received = (): number => bytesUntil(member.opened.mirror.journal?.durable);
const applied = (): number => bytesUntil(member.opened.mirror.dejournaled);

async function catchUp(to: number): Promise<CaughtUp> {
  const start = performance.now();
  await member.startInstance();
  const from = received();
  await arrived("the first journal", () => received() > from);
  const connected = performance.now();
  await arrived("all journal", () => received() >= to);
  const all = performance.now();
  await arrived("all journal in the databases", () => applied() >= to);
  const end = performance.now();
  return { connectMs: connected - start, receiveMs: all - connected, applyMs: end - connected };
}

const calls: MemberCalls = {
  async start() {
    await member.start();
    return { ...member.address, directory: member.directory };
  },
  createMirror: (options) => member.createMirror(options),
  join: (call) => member.join(call, call.eligibility),
  createDatabase: () => member.createDatabase(),
  stopInstance: (mayFailOver) => member.stopInstance(mayFailOver),
  status: () => member.view.status,
  missing: () => member.opened.mirror.copies.missing().length,
  position: () => ({ received: received(), applied: applied() }),
  catchUp,
  writePlain: (records) => writePlain(member.opened, records),
  load: (wish) => runLoad(member.opened, wish),
  resetFigures() {
    eventLoop.reset();
    cpuBefore = process.cpuUsage();
  },
  figures: () => ({
    eventLoopMaxMs: eventLoop.max / 1e6,
    eventLoopP99Ms: eventLoop.percentile(99) / 1e6,
    memoryMax: process.resourceUsage().maxRSS * 1024,
    cpuMs: cpuSince(cpuBefore),
  }),
  log: () => member.log,
};

async function answer({ id, call, argument }: Request): Promise<void> {
  const reply: Answer = await Promise.resolve(
    (calls[call] as (argument: unknown) => unknown)(argument),
  ).then(
    (value: unknown) => ({ id, value }),
    (error: unknown) => ({ id, fault: error instanceof Error ? error.message : String(error) }),
  );
  process.send?.(reply);
}

process.on("message", (request) => void answer(request as Request));
// The bench decides when a member ends; when the bench is gone, nobody does.
process.on("SIGINT", () => undefined);
process.on("disconnect", () => process.exit());

/** Who watches a simulated mirror: counts, checks what must hold after every event, and keeps the
 *  lines of the picture. */

import { changeViolations } from "../change-invariants.ts";
import type { LogLine } from "../effects.ts";
import { violations, type Fingerprint } from "../invariants.ts";
import { leftAlone, overridingWarrant, risksNamed } from "../override-invariants.ts";
import type { JournalPosition } from "../position.ts";
import type { MemberState } from "../state.ts";
import type { TracedStep } from "../step.ts";
import type { Machine } from "./machine.ts";
import { columnsOf, type PictureLine } from "./picture.ts";
import type { MemberProcess } from "./process.ts";
import type { Watcher, World } from "./world.ts";

/** Longer without an acknowledged write is worth saying, in milliseconds. */
const gapMs = 1000;

/** How a world is watched. */
export interface ObserverOptions {
  /** Each line carries the reason that stands in the table. @default false */
  readonly saysWhy?: boolean;
  /** Names of invariants that are not expected to hold. @default none */
  readonly ignores?: readonly string[];
}

/** Watches one world. */
export class Observer implements Watcher {
  /** Things that happened to a member or the arbiter; the invariants were checked after each. */
  events = 0;
  /** Acknowledged writes, by the member that acknowledged them. */
  readonly acknowledged = new Map<string, number>();
  readonly faults: string[] = [];
  /** Rows of the table that were taken. */
  readonly rows = new Set<string>();
  readonly lines: PictureLine[] = [];
  /** Hears of every phase a member enters. */
  onPhase: ((member: string, state: MemberState) => void) | undefined;
  private world: World | undefined;
  /** Always the present: the machines are looked at, not copied. */
  private readonly newest: {
    members: readonly Machine[];
    lastAcknowledged: Fingerprint | undefined;
    isOverridden: boolean;
  } = {
    members: [],
    lastAcknowledged: undefined,
    isOverridden: false,
  };
  /** What members log from a person's wish on. */
  private readonly said = new Map<MemberProcess, LogLine[]>();
  private lastAcknowledgedAt = 0;
  private readonly options: ObserverOptions;

  constructor(options: ObserverOptions = {}) {
    this.options = options;
  }

  /** Begins to watch a world whose machines are all there. */
  watch(world: World): void {
    this.world = world;
    this.newest.members = [...world.machines.values()];
  }

  stepped(process: MemberProcess, before: MemberState, taken: TracedStep): void {
    const { row, state } = taken;
    if (row !== undefined) {
      this.rows.add(row.id);
      const why = this.options.saysWhy === true ? `: ${row.why}` : "";
      const change = `${before.phase.name} → ${state.phase.name}`;
      this.note(`${process.host} ${change} (${row.id})${why}`);
      this.onPhase?.(process.host, state);
    }
    const faults = changeViolations(before, taken).map((fault) => `${fault} (${process.host})`);
    this.report([...faults, ...this.hear(process, before, taken)]);
    this.happened();
  }

  /** Follows what becomes of a person's wish that a member be primary. */
  private hear(process: MemberProcess, before: MemberState, taken: TracedStep): readonly string[] {
    const { state, effects } = taken;
    if (state.byHand === undefined) {
      if (this.said.size > 0) this.said.delete(process);
      return [];
    }
    const said = this.said.get(process) ?? [];
    const warrant = before.phase.name === "becoming" ? undefined : overridingWarrant(state.phase);
    const fault = warrant && risksNamed.check(taken, said);
    for (const effect of effects) if (effect.do === "log") said.push(effect.line);
    this.said.set(process, said);
    const isOverride =
      warrant !== undefined && (warrant.kind !== "operator" || process.isAskedRashly);
    if (isOverride) this.overridden();
    return fault === undefined ? [] : [`${risksNamed.name}: ${fault} (${process.host})`];
  }

  applying({ host, state, disk }: MemberProcess, to: JournalPosition): void {
    const { journal, copy } = disk;
    const hashAt = (position: JournalPosition): number | undefined => journal.hashAt(position);
    const fault = leftAlone.check({ phase: state.phase, copy, hashAt, to });
    if (fault !== undefined) this.report([`${leftAlone.name}: ${fault} (${host})`]);
  }

  overridden(): void {
    if (this.newest.isOverridden) return;
    this.newest.isOverridden = true;
    this.note("-- from here on a person has overridden the mirror");
  }

  /** True from the first override on. */
  get isOverridden(): boolean {
    return this.newest.isOverridden;
  }

  happened(): void {
    this.events += 1;
    this.check();
  }

  /** Writes a line into the picture. */
  note(text: string): void {
    const { world } = this;
    if (world === undefined) return;
    this.lines.push({ at: Math.round(world.agenda.now), columns: columnsOf(world), text });
  }

  acknowledge(process: MemberProcess, position: JournalPosition): void {
    const { host, disk } = process;
    this.acknowledged.set(host, (this.acknowledged.get(host) ?? 0) + 1);
    this.newest.lastAcknowledged = { position, hash: disk.journal.hashAt(position) };
    const now = this.world?.agenda.now ?? 0;
    const gap = Math.round(now - this.lastAcknowledgedAt);
    if (gap > gapMs) this.note(`${host} acknowledges a write, the first for ${gap} ms`);
    this.lastAcknowledgedAt = now;
    this.check();
  }

  private check(): void {
    if (this.faults.length > 0 || this.world === undefined) return;
    this.report(violations(this.newest, this.options.ignores));
  }

  private report(faults: readonly string[]): void {
    if (faults.length === 0 || this.faults.length > 0) return;
    for (const fault of faults) this.note(`!! ${fault}`);
    this.faults.push(...faults);
  }
}

/** The words in which a scene of a mirror's life is played: one line for each step. Time is
 *  simulated; every wait has a named span, and every state is looked at after each event. */

import type { AsyncType } from "../configuration.ts";
import { failoverMode } from "../views.ts";
import type { PhaseName } from "../phases.ts";
import { siteRetryMs, troubleMs } from "../timing.ts";
import { Observer } from "./observer.ts";
import {
  addMachines,
  clientsWrite,
  cutBoth,
  form,
  healNetwork,
  isWell,
  type HostName,
  type MemberName,
} from "./mirror.ts";
import { ask, type OperatorVerb } from "./operators.ts";
import type { MemberProcess } from "./process.ts";
import { qosTimeoutMs, World } from "./world.ts";

/** How long things may take, in simulated milliseconds. */
const spans = {
  /** QoS is the longest wait before a silent connection is called lost. */
  noticed: qosTimeoutMs,
  /** The documentation: a takeover happens within the trouble timeout. */
  takeover: troubleMs(qosTimeoutMs),
  /** The channel is noticed lost, then the trouble timeout passes. */
  troubleOver: qosTimeoutMs + troubleMs(qosTimeoutMs),
  /** Within the trouble timeout, with a reserve for events that are under way. */
  inTrouble: troubleMs(qosTimeoutMs) - 500,
  /** Starting or meeting again: some questions of at most 3 s and retries of 1 s. */
  settled: 5 * qosTimeoutMs,
  /** A member that is held back asks again, then all settles. */
  askedAgain: siteRetryMs + 5 * qosTimeoutMs,
  /** Twice the longest timer of the core: what lasts so long lasts. */
  ever: 30 * qosTimeoutMs,
} as const;

/** Name of a span. */
export type Span = keyof typeof spans;

/** Where a member stands: its phase, or in an operator's words. `waiting`: without a primary, and
 *  not becoming one. */
export type Standing = PhaseName | "down" | "limited trouble" | "unlimited trouble" | "waiting";

/** What is seen of the mirror. What is not named may be anything. */
export interface View extends Readonly<Partial<Record<MemberName, Standing>>> {
  /** Failover mode, as primary and active backup see it. */
  readonly mode?: "agent" | "arbiter";
  /** Who acknowledges writes meanwhile. */
  readonly serves?: MemberName | "nobody";
  /** Every async is connected. */
  readonly asyncs?: "connected";
}

/** What a scene begins with. */
export interface Stage {
  readonly hasArbiter: boolean;
  /** Only A is a member. */
  readonly isAlone?: boolean;
  /** C, D and so on. @default none */
  readonly asyncs?: readonly AsyncType[];
  /** Invariants that do not hold once a person has tampered with a volume. */
  readonly ignores?: readonly string[];
}

/** A mirror on the stage: a healthy pair, clients writing. */
export class Scene {
  readonly world: World;
  readonly observer: Observer;
  private readonly paths = new Map<string, PhaseName[]>();

  constructor(seed: number, stage: Stage) {
    const { hasArbiter, isAlone = false, ignores = [], asyncs = [] } = stage;
    this.observer = new Observer({ saysWhy: true, ignores });
    this.world = new World(seed, this.observer);
    if (isAlone) this.world.addMachine("A", "failover");
    else addMachines(this.world, asyncs);
    this.observer.watch(this.world);
    const isMade = isAlone ? this.makeAlone() : form(this.world, hasArbiter);
    if (!isMade) throw new Error("The mirror did not form");
    if (!isAlone) clientsWrite(this.world);
    if (hasArbiter) this.soon({ mode: "arbiter" });
    for (const { name, phase } of this.world.machines.values()) this.paths.set(name, [phase.name]);
    this.observer.onPhase = (member, { phase }) => this.paths.get(member)?.push(phase.name);
  }

  private makeAlone(): boolean {
    this.world.startInstance("A");
    this.world.createMirror("A", false);
    return this.world.pass(spans.settled, () => this.stands("A", "primary"));
  }

  /** Network: nothing gets from one to the other any more, either way. */
  cut(one: HostName, other: HostName): void {
    this.do(`cut ${one} from ${other}`, () => cutBoth(this.world, one, other));
  }

  /** Network: connections between two hosts break, new ones can be made. */
  reset(one: HostName, other: HostName): void {
    this.do(`reset ${one} and ${other}`, () => this.world.network.reset(one, other));
  }

  /** Network: every cut is healed. */
  heal(): void {
    this.do("heal the network", () => healNetwork(this.world));
  }

  /** The instance dies; its agent lives. */
  kill(who: MemberName): void {
    this.do(`kill the instance of ${who}`, () => this.world.killInstance(who));
  }

  /** The container dies: the instance and its agent. */
  crash(who: HostName): void {
    this.do(`kill the container of ${who}`, () => {
      if (who === "arbiter") this.world.arbiter.kill();
      else this.world.killHost(who, true);
    });
  }

  /** The host with its agent is there; the instance is not started. */
  startAgent(who: MemberName): void {
    this.do(`start the agent of ${who} alone`, () => {
      this.world.machine(who).isAgentUp = true;
    });
  }

  start(...who: readonly HostName[]): void {
    this.do(`start ${who.join(" and ")}`, () => {
      for (const name of who) {
        if (name === "arbiter") this.world.arbiter.isUp = true;
        else this.world.startHost(name);
      }
    });
  }

  /** `iris stop`, or with `nofailover` its short form without a takeover. */
  stop(who: MemberName, how: "" | "nofailover" = ""): void {
    const text = `stop ${who} ${how}`.trim();
    this.do(text, () => this.world.stop(who, how !== "nofailover"));
  }

  /** An operator at an instance. */
  ask(who: MemberName, verb: OperatorVerb): void {
    this.do(`${verb} on ${who}`, () => ask(this.world, who, verb));
  }

  /** Anything else that happens to the world. */
  do(text: string, happen: () => void): void {
    this.observer.note(`-- ${text}`);
    happen();
  }

  /** Waits until the pair looks like this.
   *  @throws Error when it does not within the span */
  soon(view: View, span: Span = "settled"): void {
    const before = this.acknowledgedBy(view.serves);
    const isThere = (): boolean =>
      this.isSeen(view) && (view.serves === undefined || this.acknowledgedBy(view.serves) > before);
    if (this.world.pass(spans[span], () => this.hasFault() || isThere()) && isThere()) return;
    this.fail(`not seen within ${spans[span]} ms (${span}): ${inWords(view)}`);
  }

  /** Waits for something that only the primary A knows.
   *  @throws Error when it does not come within the span */
  until(text: string, isSo: (primary: MemberProcess) => boolean, span: Span = "settled"): void {
    const isThere = (): boolean => {
      const primary = this.world.running("A");
      return primary !== undefined && isSo(primary);
    };
    if (!this.world.pass(spans[span], isThere)) this.fail(`not within ${spans[span]} ms: ${text}`);
  }

  /** Watches that the pair looks like this all the time.
   *  @throws Error when it does not, at any event */
  lasts(view: View, span: Span = "ever"): void {
    const { serves, ...standing } = view;
    const { names } = this.world;
    const before = names.map((name) => this.acknowledgedBy(name));
    const breaks = this.world.pass(spans[span], () => this.hasFault() || !this.isSeen(standing));
    if (breaks) this.fail(`did not last ${spans[span]} ms (${span}): ${inWords(view)}`);
    names.forEach((name, index) => {
      const served = this.acknowledgedBy(name) > (before[index] ?? 0);
      if (serves === undefined || served === (serves === name)) return;
      this.fail(`${name} ${served ? "acknowledged writes" : "acknowledged nothing"}`);
    });
  }

  /** The phases a member went through since the mirror was well, first to last.
   *  @throws Error when they were others */
  went(who: MemberName, ...phases: readonly PhaseName[]): void {
    const path = this.paths.get(who)?.join(" → ");
    if (path !== phases.join(" → ")) this.fail(`${who} went ${path}`);
  }

  /** A member went at last through these phases, first to last.
   *  @throws Error when it did not */
  passed(who: MemberName, ...phases: readonly PhaseName[]): void {
    const path = this.paths.get(who)?.join(" → ") ?? "";
    if (!path.endsWith(phases.join(" → "))) this.fail(`${who} went ${path}`);
  }

  /** @throws Error when a member was in one of these phases since the mirror was well */
  never(who: MemberName, ...phases: readonly PhaseName[]): void {
    const found = this.paths.get(who)?.find((phase) => phases.includes(phase));
    if (found !== undefined) this.fail(`${who} was ${found}`);
  }

  private hasFault(): boolean {
    return this.observer.faults.length > 0;
  }

  private isSeen({ A, B, C, D, mode, asyncs }: View): boolean {
    return (
      (A === undefined || this.stands("A", A)) &&
      (B === undefined || this.stands("B", B)) &&
      (C === undefined || this.stands("C", C)) &&
      (D === undefined || this.stands("D", D)) &&
      (asyncs === undefined || isWell(this.world)) &&
      (mode === undefined || this.hasMode(mode === "agent" ? "Agent" : "Arbiter"))
    );
  }

  private stands(who: MemberName, standing: Standing): boolean {
    const { phase, isRunning } = this.world.machine(who);
    switch (standing) {
      case "down":
        return !isRunning;
      case "limited trouble":
      case "unlimited trouble":
        return phase.name === "trouble" && phase.isBounded === (standing === "limited trouble");
      case "waiting":
        return ["deciding", "seeking", "bereaved"].includes(phase.name);
      default:
        return phase.name === standing;
    }
  }

  private hasMode(mode: "Agent" | "Arbiter"): boolean {
    return this.world.names.every((name) => {
      const state = this.world.running(name)?.state;
      const isAsked = state?.phase.name === "primary" || state?.phase.name === "backup";
      return !isAsked || failoverMode(state) === `${mode} Controlled`;
    });
  }

  private acknowledgedBy(who: string | undefined): number {
    return this.observer.acknowledged.get(who ?? "nobody") ?? 0;
  }

  private fail(text: string): never {
    const faults = [text, ...this.observer.faults].join("; ");
    this.observer.note(`!! ${faults}`);
    throw new Error(faults);
  }
}

function inWords(view: View): string {
  return Object.entries(view)
    .map(([what, how]) => `${what} ${String(how)}`)
    .join(", ");
}

/** A whole mirror in one process: members with their agents, an arbiter, a network. */

import { entryOf, type MemberEntry, type MirrorConfiguration } from "../configuration.ts";
import type { FromArbiter, JoinAnswer, PartnerAnswer, ToArbiter } from "../messages.ts";
import type { JournalPosition } from "../position.ts";
import type { MemberState } from "../state.ts";
import type { TracedStep } from "../step.ts";
import { entry } from "../testing/scenes.ts";
import { Agenda } from "./agenda.ts";
import { askAgent, fetchJournal, type AgentQuestion, type JournalQuestion } from "./agent-calls.ts";
import { ArbiterModel } from "./arbiter-model.ts";
import type { Stretch } from "./journal-model.ts";
import { Machine } from "./machine.ts";
import { Network, type Handlers, type WireEnd } from "./network.ts";
import { MemberProcess } from "./process.ts";
import type { Packet, Surroundings } from "./surroundings.ts";
import { Random } from "./random.ts";
import { coreRules, type Rules } from "./rules.ts";

/** Shorter than the default, so that a run sees more. */
export const qosTimeoutMs = 4000;

/** How much later than the connection in use an attempt that was given up may arrive. */
const lateMs = 3000;

/** How long a graceful stop may wait for the heir. */
const stopBudgetMs = 5000;

/** Name of the arbiter's host. */
export const arbiterHost = "arbiter";

/** Who watches: invariants, ledgers, pictures. An event is what happens to a member or to the
 *  arbiter: a step of its machine, or journal that arrives and is no step in itself. */
export interface Watcher {
  stepped(process: MemberProcess, before: MemberState, taken: TracedStep): void;
  /** Something else happened that may change what holds. */
  happened(): void;
  /** Journal up to a position is about to be applied to the databases of this instance. */
  applying(process: MemberProcess, to: JournalPosition): void;
  /** A person has overridden the mirror. */
  overridden(): void;
  /** A client was told that its write is safe. */
  acknowledge(process: MemberProcess, position: JournalPosition): void;
}

/** The simulated mirror. */
export class World implements Surroundings {
  readonly agenda = new Agenda();
  readonly random: Random;
  readonly network: Network;
  readonly rules: Rules;
  readonly machines = new Map<string, Machine>();
  /** Of the machines, in the order in which they came. */
  readonly names: string[] = [];
  readonly arbiter: ArbiterModel;
  /** Once in so many times a member connects, an earlier attempt of it, which it has given up,
   *  arrives later. @default never */
  duplicatesOneIn: number | undefined;
  /** Persons may use the overrides. */
  mayBeOverridden = false;
  /** No client writes meanwhile. */
  arePaused = false;
  private lastNumber = 0;
  /** Asked for BecomePrimary: whoever is down stays down until it is decided. */
  private heir: MemberProcess | undefined;
  private readonly watcher: Watcher;

  constructor(seed: number, watcher: Watcher, rules: Rules = coreRules) {
    this.random = new Random(seed);
    this.rules = rules;
    this.network = new Network(this.agenda, this.random, {
      delayMs: 5,
      silenceMs: qosTimeoutMs / 2,
    });
    this.arbiter = new ArbiterModel(this.agenda, rules, () => watcher.happened());
    this.watcher = watcher;
  }

  /** A machine without a mirror; its instance does not run yet.
   *  @param joinsAs  what it will be when it joins one */
  addMachine(name: string, joinsAs: MemberEntry["eligibility"]): void {
    this.machines.set(name, new Machine(name, joinsAs));
    this.names.push(name);
  }

  machine(name: string): Machine {
    const machine = this.machines.get(name);
    if (machine === undefined) throw new Error(`No machine ${name}`);
    return machine;
  }

  /** The instance of a machine, while it runs. */
  running(name: string): MemberProcess | undefined {
    return this.machines.get(name)?.process;
  }

  startInstance(name: string): void {
    const machine = this.machine(name);
    if (machine.process !== undefined || this.isKeptDown(name)) return;
    machine.process = new MemberProcess(name, machine.disk, this);
    machine.process.start(machine.obstacle);
  }

  /** `kill -9` of the instance; its agent goes on. */
  killInstance(name: string): void {
    const machine = this.machine(name);
    machine.process?.kill();
    machine.process = undefined;
    machine.disk.journal.crash(this.random.oneIn(2) ? 0 : this.random.next());
  }

  /** The container or its host is gone; with `loud` its kernel still closes the sockets. */
  killHost(name: string, loud: boolean): void {
    const machine = this.machine(name);
    machine.isAgentUp = false;
    if (!loud) {
      machine.process?.vanish();
      this.network.powerOff(name);
    }
    this.killInstance(name);
  }

  /** A graceful stop; `mayFailOver`: an active backup may take over. */
  stop(name: string, mayFailOver: boolean): void {
    this.running(name)?.happen({ type: "stopAsked", budgetMs: stopBudgetMs, mayFailOver });
  }

  startHost(name: string): void {
    this.machine(name).isAgentUp = true;
    this.startInstance(name);
  }

  /** A person keeps whoever is down where it is, until this member is primary, or will not be. */
  keepDownFor(heir: MemberProcess): void {
    this.heir = heir;
  }

  private isKeptDown(name: string): boolean {
    const { heir } = this;
    return heir?.isAlive === true && heir.state.byHand !== undefined && heir.host !== name;
  }

  /** True for a machine whose instance was configured for the mirror. */
  isMember(name: string): boolean {
    return this.machine(name).disk.configuration !== undefined;
  }

  /** A new mirror on one machine, with or without an arbiter. */
  createMirror(name: string, hasArbiter: boolean): void {
    const configuration: MirrorConfiguration = {
      mirror: "MIR",
      mirrorGuid: "mirror-guid",
      arbiter: hasArbiter ? { address: arbiterHost, port: 2188 } : undefined,
      qosTimeoutMs,
      definedPrimary: undefined,
      compression: { failover: 0, async: 0, failoverType: 0, asyncType: 0 },
      parallelDejournaling: 0,
      members: [entry(name)],
    };
    const local = { name, joinsMirror: true, isValidated: true };
    this.running(name)?.happen({ type: "mirrorCreated", configuration, local });
  }

  /** Joins a machine through another one. One that was taken in already, and did not hear of it,
   *  joins as what it is by now; as a DR async where others are the pair. */
  join(name: string, primary: string): void {
    const joiner = this.running(name);
    const { configuration } = this.machine(primary).disk;
    const known = configuration === undefined ? undefined : entryOf(configuration, name);
    const eligibility = this.machine(name).joinsInto(configuration);
    const request = { mirror: "MIR", entry: known ?? entry(name, { eligibility }) };
    this.running(primary)?.ask(
      (token) => ({ type: "joinAsked", token, request }),
      (answer) => this.joined(joiner, answer),
    );
  }

  private joined(joiner: MemberProcess | undefined, answer: PartnerAnswer | JoinAnswer): void {
    if (answer.kind !== "accepted" || joiner === undefined) return;
    const { configuration } = answer;
    const local = { name: joiner.host, joinsMirror: true, isValidated: true };
    joiner.happen({ type: "mirrorJoined", configuration, local });
  }

  /** Lets time pass; true as soon as the condition holds. */
  pass(durationMs: number, until: () => boolean): boolean {
    const { agenda } = this;
    const end = agenda.now + durationMs;
    // Something happens then, so that time gets there.
    agenda.after(durationMs, () => undefined);
    while (agenda.now < end) {
      if (until()) return true;
      if (!agenda.next()) break;
    }
    return until();
  }

  /** A client writes on a member, if that one takes it. */
  write(name: string): void {
    const process = this.running(name);
    if (process?.work.isOpenForWrites !== true) return;
    // In trouble writers are held.
    if (this.arePaused || process.state.phase.name === "trouble") return;
    this.lastNumber += 1;
    process.work.write(this.lastNumber, () => {
      this.watcher.acknowledge(process, process.disk.copy.position);
    });
  }

  askAgent(
    asker: MemberProcess,
    question: AgentQuestion,
    done: (answer: PartnerAnswer | undefined) => void,
  ): void {
    askAgent(this, asker, question, done);
  }

  fetch(
    asker: MemberProcess,
    question: JournalQuestion,
    done: (stretch: Stretch | "end" | undefined) => void,
  ): void {
    fetchJournal(this, asker, question, done);
  }

  checkOwnAddress(asker: MemberProcess): "self" | "other" | "nobody" {
    return this.machine(asker.host).addressAnswers;
  }

  dialMember(
    asker: MemberProcess,
    member: string,
    opened: (end: WireEnd<Packet> | undefined) => Handlers<Packet> | undefined,
  ): void {
    const route = { from: asker.host, to: member };
    this.network.connect<Packet, Packet>(
      route,
      (end) => this.running(member)?.accept(end),
      opened,
      "primaryLosesFirst",
    );
  }

  dialArbiter(
    asker: MemberProcess,
    opened: (end: WireEnd<ToArbiter> | undefined) => Handlers<FromArbiter> | undefined,
  ): void {
    const route = { from: asker.host, to: arbiterHost };
    this.network.connect<ToArbiter, FromArbiter>(route, (end) => this.arbiter.accept(end), opened);
  }

  happened(): void {
    this.watcher.happened();
  }

  stepped(process: MemberProcess, before: MemberState, taken: TracedStep): void {
    this.watcher.stepped(process, before, taken);
  }

  applying(process: MemberProcess, to: JournalPosition): void {
    this.watcher.applying(process, to);
  }

  /** A person has overridden the mirror, on a disk and not by asking a member. */
  overridden(): void {
    this.watcher.overridden();
  }

  ended(process: MemberProcess): void {
    const machine = this.machine(process.host);
    if (machine.process === process) machine.process = undefined;
  }

  diskFailed({ host, isAlive }: MemberProcess): void {
    if (isAlive) this.killInstance(host);
  }

  mayDuplicate(from: string, to: string, hello: Packet): void {
    if (this.duplicatesOneIn === undefined || !this.random.oneIn(this.duplicatesOneIn)) return;
    const handlers: Handlers<Packet> = { received: () => undefined, lost: () => undefined };
    this.agenda.after(this.random.between(0, lateMs), () => {
      this.network.connect<Packet, Packet>(
        { from, to },
        (end) => this.running(to)?.accept(end),
        (end) => {
          end?.send(hello);
          end?.close();
          return handlers;
        },
        "primaryLosesFirst",
      );
    });
  }

  newLineage(): string {
    this.lastNumber += 1;
    return `L${this.lastNumber}`;
  }
}

/** A whole mirror in one process: two failover members with their agents, an arbiter, a network. */

import type { MirrorConfiguration } from "../configuration.ts";
import type {
  FromArbiter,
  JoinAnswer,
  PartnerAnswer,
  PartnerQuestion,
  ToArbiter,
} from "../messages.ts";
import type { JournalPosition } from "../position.ts";
import type { MemberState } from "../state.ts";
import type { TracedStep } from "../step.ts";
import { entry } from "../testing/scenes.ts";
import { Agenda } from "./agenda.ts";
import { ArbiterModel } from "./arbiter-model.ts";
import { MemberDisk } from "./disk.ts";
import type { Stretch } from "./journal-model.ts";
import { Network, type Handlers, type WireEnd } from "./network.ts";
import { MemberProcess } from "./process.ts";
import type { Packet, Surroundings } from "./surroundings.ts";
import { Random } from "./random.ts";
import { coreRules, type Rules } from "./rules.ts";

/** Shorter than the default, so that a run sees more. */
const qosTimeoutMs = 4000;

/** Name of the arbiter's host. */
export const arbiterHost = "arbiter";

/** One member's machine: volume, agent, and the instance while it runs. */
export interface Machine {
  readonly name: string;
  readonly disk: MemberDisk;
  isAgentUp: boolean;
  process: MemberProcess | undefined;
}

/** Who watches: invariants, ledgers, pictures. */
export interface Watcher {
  stepped(process: MemberProcess, before: MemberState, taken: TracedStep): void;
  acknowledged(process: MemberProcess, position: JournalPosition, hadBackup: boolean): void;
}

/** The simulated mirror. */
export class World implements Surroundings {
  readonly agenda = new Agenda();
  readonly random: Random;
  readonly network: Network;
  readonly rules: Rules;
  readonly machines = new Map<string, Machine>();
  readonly arbiter: ArbiterModel;
  private lastNumber = 0;
  private readonly watcher: Watcher;

  constructor(seed: number, watcher: Watcher, rules: Rules = coreRules) {
    this.random = new Random(seed);
    this.rules = rules;
    this.network = new Network(this.agenda, this.random, {
      delayMs: 5,
      silenceMs: qosTimeoutMs / 2,
    });
    this.arbiter = new ArbiterModel(this.agenda, rules);
    this.watcher = watcher;
  }

  /** A machine without a mirror; its instance runs. */
  addMachine(name: string): Machine {
    const machine: Machine = {
      name,
      disk: new MemberDisk(),
      isAgentUp: true,
      process: undefined,
    };
    this.machines.set(name, machine);
    this.startInstance(name);
    return machine;
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
    if (machine.process !== undefined) return;
    machine.process = new MemberProcess(name, machine.disk, this);
    machine.process.start();
  }

  /** `kill -9` of the instance; its agent goes on. */
  killInstance(name: string): void {
    const machine = this.machine(name);
    machine.process?.kill();
    machine.process = undefined;
    machine.disk.journal.crash();
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

  startHost(name: string): void {
    this.machine(name).isAgentUp = true;
    this.startInstance(name);
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

  /** Joins a machine as failover member through another one. */
  join(name: string, primary: string): void {
    const joiner = this.running(name);
    const request = { mirror: "MIR", entry: entry(name) };
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

  /** A client writes on a member, if that one takes it. */
  write(name: string): void {
    const process = this.running(name);
    if (process?.work.isOpenForWrites !== true) return;
    // In trouble writers are held.
    if (process.state.phase.name === "trouble") return;
    this.lastNumber += 1;
    process.work.write(this.lastNumber, () => {
      const { position } = process.disk.copy;
      this.watcher.acknowledged(process, position, this.rules.safeUntil(process.state) !== "all");
    });
  }

  askAgent(
    asker: MemberProcess,
    kind: "consent" | "look",
    done: (answer: PartnerAnswer | undefined) => void,
  ): void {
    const { partner: partnerHost } = asker;
    const { configuration } = asker.state;
    if (partnerHost === undefined || configuration === undefined) return;
    const entry = configuration.members.find((member) => member.name === asker.host);
    const question: PartnerQuestion = {
      kind,
      mirrorGuid: configuration.mirrorGuid,
      member: asker.host,
      memberGuid: entry?.guid ?? "",
      history: asker.disk.journal.history(),
    };
    this.call(asker.host, partnerHost, done, (reply: (answer: PartnerAnswer) => void) => {
      const partner = this.machine(partnerHost);
      if (partner.process === undefined) {
        const { configuration: known, journal } = partner.disk;
        const history = journal.history();
        reply(this.rules.agentAnswer({ kind: "down", configuration: known, history }, question));
        return;
      }
      partner.process.ask(
        (token) => ({ type: "partnerAsked", token, question, own: partner.disk.journal.history() }),
        (answer) => {
          if (answer.kind !== "accepted" && answer.kind !== "refused") reply(answer);
        },
      );
    });
  }

  fetch(
    asker: MemberProcess,
    from: JournalPosition,
    done: (stretch: Stretch | "end" | undefined) => void,
  ): void {
    const { partner } = asker;
    if (partner === undefined) return;
    this.call(asker.host, partner, done, (reply: (stretch: Stretch | "end") => void) => {
      reply(this.machine(partner).disk.journal.read(from, 20) ?? "end");
    });
  }

  /** One question to the agent of another host: answered once, or not reachable. */
  private call<Answer>(
    from: string,
    to: string,
    done: (answer: Answer | undefined) => void,
    serve: (reply: (answer: Answer) => void) => void,
  ): void {
    let isOver = false;
    const finish = (answer: Answer | undefined): void => {
      if (isOver) return;
      isOver = true;
      done(answer);
    };
    this.agenda.after(this.random.between(200, 3000), () => finish(undefined));
    this.agenda.after(this.network.delay(), () => {
      if (this.network.isCut(from, to) || !this.machine(to).isAgentUp) return;
      serve((answer) => {
        this.agenda.after(this.network.delay(), () => {
          if (!this.network.isCut(to, from)) finish(answer);
        });
      });
    });
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

  stepped(process: MemberProcess, before: MemberState, taken: TracedStep): void {
    this.watcher.stepped(process, before, taken);
  }

  ended(process: MemberProcess): void {
    const machine = this.machine(process.host);
    if (machine.process === process) machine.process = undefined;
  }

  newLineage(): string {
    this.lastNumber += 1;
    return `L${this.lastNumber}`;
  }
}

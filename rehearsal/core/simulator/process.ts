/** One running instance in the simulator: the core, and the effects it asks for. */

import { partnerOf } from "../configuration.ts";
import type { Effect } from "../effects.ts";
import type { MemberEvent, TimerName } from "../events.ts";
import type { JoinAnswer, PartnerAnswer, ToArbiter } from "../messages.ts";
import type { StopReason } from "../phases.ts";
import { switchedOff, type MemberState } from "../state.ts";
import type { MemberDisk } from "./disk.ts";
import { JournalWork } from "./journal-work.ts";
import type { Handlers, WireEnd } from "./network.ts";
import type { Happening, Packet, Surroundings } from "./surroundings.ts";

/** Answers to whoever asked an instance. */
type Reply = (answer: PartnerAnswer | JoinAnswer) => void;

/** For each kind of effect what does it. */
type Performers = {
  readonly [Kind in Effect["do"]]: (effect: Extract<Effect, { do: Kind }>) => void;
};

/** Between two attempts to reach the arbiter. */
const arbiterRetryMs = 500;

/** One instance, from start to end. */
export class MemberProcess {
  readonly host: string;
  readonly disk: MemberDisk;
  readonly world: Surroundings;
  readonly work: JournalWork;
  state: MemberState = switchedOff;
  isAlive = true;
  /** A person who was not sure asked for BecomePrimary here. */
  isAskedRashly = false;
  private readonly timers = new Map<TimerName, number>();
  private readonly links = new Map<string, WireEnd<Packet>>();
  private readonly replies = new Map<number, Reply>();
  private readonly performers: Performers;
  private arbiter: WireEnd<ToArbiter> | undefined;
  private seeksArbiter = false;
  private isDialling = false;
  /** Source of numbers for incoming links, timers and tokens. */
  private lastNumber = 0;

  constructor(host: string, disk: MemberDisk, world: Surroundings) {
    this.host = host;
    this.disk = disk;
    this.world = world;
    this.work = new JournalWork(this, disk);
    this.performers = this.makePerformers();
  }

  /** Something happens to the instance. */
  happen(happening: Happening): void {
    if (!this.isAlive) return;
    const event: MemberEvent = { ...happening, at: this.world.agenda.now };
    const before = this.state;
    const taken = this.world.rules.step(before, event);
    this.state = taken.state;
    this.world.stepped(this, before, taken);
    for (const effect of taken.effects) this.perform(effect);
    this.work.settle();
  }

  private perform(effect: Effect): void {
    // An effect before this one may have ended the process.
    if (!this.isAlive) return;
    // The table has for each kind of effect the function that takes that kind.
    (this.performers[effect.do] as (effect: Effect) => void)(effect);
  }

  private makePerformers(): Performers {
    const { work, world, disk } = this;
    return {
      log: () => undefined,
      startTimer: ({ timer, afterMs }) => this.startTimer(timer, afterMs),
      stopTimer: ({ timer }) => this.timers.delete(timer),
      checkOwnAddress: () =>
        this.later(() =>
          this.happen({ type: "ownAddressChecked", found: world.checkOwnAddress(this) }),
        ),
      askPartner: (effect) => this.askPartner(effect),
      retrieveJournal: (effect) => work.retrieve(effect),
      prepareAsPrimary: () => work.prepare(),
      closeWrites: () => work.closeWrites(),
      holdWrites: () => undefined,
      dial: ({ link, member }) => this.dial(link, member),
      close: ({ link }) => this.close(link),
      send: ({ link, message }) => this.sendPacket(link, { kind: "control", message }),
      settleHistory: ({ link, meeting }) => work.settleHistory(link, meeting),
      stream: ({ link, from }) => work.stream(link, from),
      seekArbiter: () => this.seekArbiter(true),
      leaveArbiter: () => this.leaveArbiter(),
      tellArbiter: ({ message }) => this.arbiter?.send(message),
      answerPartner: ({ token, answer }) => this.reply(token, answer),
      answerJoin: ({ token, answer }) => this.reply(token, answer),
      answerOperator: () => undefined,
      saveConfiguration: ({ configuration, local }) =>
        Object.assign(disk, { configuration, local }),
      reportLeaving: () => undefined,
      endInstance: () => {
        if (disk.fault === "cannotSync") disk.journal.crash(0);
        else disk.journal.flush();
        this.kill();
        world.ended(this);
      },
    };
  }

  start(obstacle: StopReason | undefined): void {
    const { configuration, local } = this.disk;
    this.happen({ type: "instanceStarted", facts: { configuration, local, obstacle } });
  }

  /** The process is gone: its sockets are closed for it, its buffers are lost. */
  kill(): void {
    this.isAlive = false;
    for (const link of this.links.values()) link.close();
    this.arbiter?.close();
  }

  /** The host loses its power. */
  vanish(): void {
    this.isAlive = false;
  }

  /** Does something after a while, if the process still lives then. */
  later(run: () => void): void {
    const { agenda, random } = this.world;
    const delay = random.oneIn(40) ? random.between(0, 400) : random.between(0, 8);
    agenda.after(delay, () => {
      if (this.isAlive) run();
    });
  }

  private next(): number {
    this.lastNumber += 1;
    return this.lastNumber;
  }

  /** Somebody asks and waits for the answer. */
  ask(happening: (token: number) => Happening, reply: Reply): void {
    const token = this.next();
    this.replies.set(token, reply);
    this.happen(happening(token));
  }

  private reply(token: number, answer: PartnerAnswer | JoinAnswer): void {
    this.replies.get(token)?.(answer);
    this.replies.delete(token);
  }

  /** Another member opened a channel to this one. */
  accept(end: WireEnd<Packet>): Handlers<Packet> {
    const link = `from-${this.next()}`;
    this.links.set(link, end);
    return this.handlers(link);
  }

  private handlers(link: string): Handlers<Packet> {
    return {
      received: (packet) => this.takePacket(link, packet),
      lost: () => {
        this.links.delete(link);
        this.work.endStream(link);
        this.happen({ type: "linkLost", link });
      },
    };
  }

  private takePacket(link: string, packet: Packet): void {
    if (!this.isAlive || !this.links.has(link)) return;
    if (packet.kind === "journal") {
      this.work.take(packet.stretch);
      this.world.happened();
      return;
    }
    const { message } = packet;
    const { journal } = this.disk;
    if (message.kind === "hello") {
      this.happen({ type: "memberCame", link, hello: message, own: journal.history() });
    } else {
      this.happen({ type: "received", link, message, end: journal.durable });
    }
  }

  /** Sends something on a channel that is still there. */
  sendPacket(link: string, packet: Packet): void {
    this.links.get(link)?.send(packet);
    if (packet.kind !== "control" || packet.message.kind !== "hello") return;
    const { phase } = this.state;
    if (phase.name === "connecting") this.world.mayDuplicate(this.host, phase.primary, packet);
  }

  private close(link: string): void {
    this.links.get(link)?.close();
    this.links.delete(link);
    this.work.endStream(link);
  }

  private startTimer(timer: TimerName, afterMs: number): void {
    const turn = this.next();
    this.timers.set(timer, turn);
    this.world.agenda.after(afterMs, () => {
      if (!this.isAlive || this.timers.get(timer) !== turn) return;
      this.timers.delete(timer);
      this.happen({ type: "timer", timer });
    });
  }

  private askPartner(effect: Extract<Effect, { do: "askPartner" }>): void {
    const { question, kind, member } = effect;
    const partner = kind === "promote" ? this.partner : undefined;
    this.world.askAgent(this, { kind, member, partner }, (answer) => {
      const own = this.disk.journal.history();
      const said = answer ?? ({ kind: "unreachable" } as const);
      this.happen({ type: "partnerAnswered", question, answer: said, own });
    });
  }

  private dial(link: string, member: string): void {
    this.world.dialMember(this, member, (end) => {
      if (!this.isAlive) return undefined;
      if (end === undefined) {
        this.happen({ type: "linkLost", link });
        return undefined;
      }
      this.links.set(link, end);
      this.happen({ type: "linkOpened", link, own: this.disk.journal.history() });
      return this.handlers(link);
    });
  }

  private leaveArbiter(): void {
    this.seeksArbiter = false;
    this.arbiter?.close();
    this.arbiter = undefined;
  }

  private seekArbiter(isNew: boolean): void {
    this.seeksArbiter ||= isNew;
    if (!this.seeksArbiter || this.arbiter !== undefined || this.isDialling) return;
    if (this.state.configuration?.arbiter === undefined) return;
    this.isDialling = true;
    this.world.dialArbiter(this, (end) => {
      this.isDialling = false;
      if (!this.isAlive || !this.seeksArbiter) return undefined;
      if (end === undefined) {
        this.world.agenda.after(arbiterRetryMs, () => this.seekArbiter(false));
        return undefined;
      }
      this.arbiter = end;
      this.happen({ type: "arbiterConnected" });
      return {
        received: (message) => {
          if (this.arbiter === end) this.happen({ type: "arbiterSaid", message });
        },
        lost: () => {
          if (this.arbiter !== end) return;
          this.arbiter = undefined;
          this.happen({ type: "arbiterLost" });
          this.seekArbiter(false);
        },
      };
    });
  }

  /** Name of the other failover member; `undefined` without one. */
  get partner(): string | undefined {
    const { configuration } = this.state;
    return configuration === undefined ? undefined : partnerOf(configuration, this.host)?.name;
  }
}

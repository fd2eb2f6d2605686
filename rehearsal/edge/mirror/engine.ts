/** Does what the core asks for: sockets, timers, journal, databases, configuration file. */

import type { Effect } from "../../core/effects.ts";
import { entryOf, type MemberEntry } from "../../core/configuration.ts";
import type { TimerName } from "../../core/events.ts";
import { mayDejournal } from "../../core/following.ts";
import type { JoinAnswer, PartnerAnswer, Refusal } from "../../core/messages.ts";
import type { MemberState } from "../../core/state.ts";
import { systemClock, type Clock } from "../../storage/clock.ts";
import { ArbiterSession } from "./arbiter-session.ts";
import { Channels } from "./channels.ts";
import type { Connection } from "./connection.ts";
import { writeMembership } from "./configuration-file.ts";
import { Dejournaling } from "./dejournaling.ts";
import { DownloadTransfers } from "./download-transfers.ts";
import { Driver, type Performer } from "./driver.ts";
import { JournalKeeping } from "./journal-keeping.ts";
import { Leading } from "./leading.ts";
import { Waiting } from "./waiting.ts";
import type { MirrorRuntimeOptions } from "./options.ts";
import { PartnerDesk } from "./partner-desk.ts";
import { MirrorRefusal } from "./refusal.ts";
import { SiteRoutine } from "./site-routine.ts";
import { whoAnswers } from "./superserver.ts";

/** For each kind of effect what does it. */
type Performers = {
  readonly [Kind in Effect["do"]]: (effect: Extract<Effect, { do: Kind }>) => void;
};

/** The core of one member and everything around it. */
export class MirrorEngine implements Performer {
  readonly clock: Clock;
  readonly driver: Driver;
  readonly channels: Channels;
  readonly dejournaling: Dejournaling;
  readonly keeping: JournalKeeping;
  /** Told to whoever asks who answers at this member's address. */
  readonly identity: string;
  readonly operators = new Waiting<Refusal | undefined>();
  readonly partners = new Waiting<PartnerAnswer>();
  readonly joiners = new Waiting<JoinAnswer>();
  /** Called when the core has ended this instance's part in the mirror. */
  onEnded: () => void = () => undefined;
  private readonly options: MirrorRuntimeOptions;
  private readonly leading: Leading;
  private readonly site: SiteRoutine;
  private readonly desk: PartnerDesk;
  private readonly arbiter: ArbiterSession;
  private readonly transfers: DownloadTransfers | undefined;
  private readonly performers: Performers;
  private readonly timers = new Map<TimerName, () => void>();
  private watchers: ((state: MemberState) => void)[] = [];

  constructor(options: MirrorRuntimeOptions) {
    this.options = options;
    this.clock = options.clock ?? systemClock;
    this.identity = options.newGuid();
    this.driver = new Driver(this.clock, this);
    this.keeping = new JournalKeeping(() => this.clock.now());
    const { store, newGuid } = options;
    const fault = (text: string): void => options.log(2, "Generic.Event", text);
    const shared = { clock: this.clock, driver: () => this.driver, store, fault };
    this.dejournaling = new Dejournaling(store, this.clock, fault);
    this.channels = new Channels({
      ...shared,
      journal: () => store.journal,
      dejournal: () => this.dejournaling.soon(),
    });
    const { channels } = this;
    const { unmetRequirements } = options;
    this.site = new SiteRoutine(options.callSite ?? (() => Promise.resolve("absent")), fault);
    const objection = () => this.site.objection();
    this.leading = new Leading({ ...shared, channels, newGuid, unmetRequirements, objection });
    this.desk = new PartnerDesk({
      ...shared,
      channels,
      rested: () => this.dejournaling.rested(),
      dejournal: () => this.dejournaling.soon(),
    });
    this.transfers =
      options.downloads && new DownloadTransfers(options.downloads, this, options.log);
    this.arbiter = new ArbiterSession(this.clock, {
      connected: () => this.driver.happen({ type: "arbiterConnected" }),
      lost: () => this.driver.happen({ type: "arbiterLost" }),
      said: (message) => this.driver.happen({ type: "arbiterSaid", message }),
      times: () => channels.times(),
    });
    this.performers = this.makePerformers();
  }

  private makePerformers(): Performers {
    const { channels, desk, leading, arbiter, options } = this;
    return {
      log: ({ line }) => options.log(line.severity, line.category, line.text),
      startTimer: ({ timer, afterMs }) => this.startTimer(timer, afterMs),
      stopTimer: ({ timer }) => this.stopTimer(timer),
      checkOwnAddress: () => this.checkOwnAddress(),
      askPartner: (effect) => desk.ask(effect),
      retrieveJournal: (effect) => desk.retrieve(effect),
      reportLeaving: ({ configuration, member }) => desk.reportLeaving(configuration, member),
      prepareAsPrimary: () => leading.prepare(),
      holdWrites: () => leading.holdWrites(),
      closeWrites: () => leading.closeWrites(),
      dial: ({ link, member }) => channels.dial(link, this.entry(member)),
      close: ({ link }) => channels.close(link),
      send: ({ link, message }) => channels.send(link, message),
      stream: ({ link, from }) => channels.stream(link, from),
      settleHistory: ({ link, meeting }) => desk.settle(link, meeting),
      seekArbiter: () => arbiter.seek(this.state.configuration?.arbiter),
      leaveArbiter: () => arbiter.leave(),
      tellArbiter: ({ message }) => arbiter.tell(message),
      answerPartner: ({ token, answer }) => this.partners.answer(token, answer),
      answerJoin: ({ token, answer }) => this.joiners.answer(token, answer),
      answerOperator: ({ token, refusal }) => this.operators.answer(token, refusal),
      saveConfiguration: (effect) => this.save(effect),
      endInstance: ({ isForced }) => this.end(isForced),
    };
  }

  /** Asks a member through its agent. */
  readonly inquire: PartnerDesk["inquire"] = (kind, whom, partner) =>
    this.desk.inquire(kind, whom, partner);

  /** This member's journal in short. */
  ownHistory(): PartnerDesk["history"] {
    return this.desk.history;
  }

  /** Another member asked for a database. In a release that downloads nothing nobody is served. */
  giveDatabase(connection: Connection, request: unknown): void {
    if (this.transfers === undefined) connection.close();
    else this.transfers.desk.serve(connection, request);
  }

  /** Fetches a database that waits for its download. @returns why not */
  async fetchDatabase(name: string): Promise<string | undefined> {
    return this.transfers?.taking.fetchNamed(name);
  }

  private entry(member: string | undefined): MemberEntry | undefined {
    const { configuration } = this.state;
    if (configuration === undefined || member === undefined) return undefined;
    return entryOf(configuration, member);
  }

  get state(): MemberState {
    return this.driver.state;
  }

  /** Resolves with the first state for which this holds, perhaps the present one. */
  until(holds: (state: MemberState) => boolean): Promise<MemberState> {
    if (holds(this.state)) return Promise.resolve(this.state);
    return new Promise((resolve) => {
      const watcher = (state: MemberState): void => {
        if (!holds(state)) return;
        this.watchers = this.watchers.filter((other) => other !== watcher);
        resolve(state);
      };
      this.watchers.push(watcher);
    });
  }

  /** Asks the core for something an operator wants; resolves when it is done.
   *  @throws MirrorRefusal */
  async operate(start: (token: number) => void): Promise<void> {
    const refusal = await this.operators.ask(start);
    if (refusal !== undefined) throw new MirrorRefusal(refusal.number, ...refusal.args);
  }

  /** Ends channels, sessions and timers; resolves when nothing is on its way to the disk. */
  async close(): Promise<void> {
    for (const cancel of this.timers.values()) cancel();
    this.timers.clear();
    this.arbiter.leave();
    this.channels.closeAll();
    this.leading.abandon();
    this.dejournaling.stop();
    await this.transfers?.stop();
    await this.rest();
  }

  /** Ends everything as a killed process does: for tests. */
  async crash(): Promise<void> {
    this.channels.destroyAll();
    await this.close();
  }

  /** Resolves when nothing is on its way to journal and databases. */
  async rest(): Promise<void> {
    await this.channels.settled();
    await this.dejournaling.rested();
  }

  stepped(before: MemberState, after: MemberState): void {
    this.leading.stepped(before, after);
    this.keeping.stepped(before, after);
    this.site.stepped(before, after);
    this.transfers?.taking.stepped(before, after);
    this.options.store.copies.isHalted = !mayDejournal(after);
    for (const watcher of [...this.watchers]) watcher(after);
  }

  perform(effect: Effect): void {
    // The table has for each kind of effect the function that takes that kind.
    (this.performers[effect.do] as (effect: Effect) => void)(effect);
  }

  private startTimer(timer: TimerName, afterMs: number): void {
    this.stopTimer(timer);
    const cancel = this.clock.after(afterMs, () => {
      this.timers.delete(timer);
      this.driver.happen({ type: "timer", timer });
    });
    this.timers.set(timer, cancel);
  }

  private stopTimer(timer: TimerName): void {
    this.timers.get(timer)?.();
    this.timers.delete(timer);
  }

  private checkOwnAddress(): void {
    const entry = this.entry(this.state.local?.name);
    if (entry === undefined) return;
    const target = { address: entry.mirrorAddress, port: entry.superserverPort };
    void whoAnswers(target, this.clock).then((identity) => {
      const other = identity === undefined ? "nobody" : "other";
      const found = identity === this.identity ? "self" : other;
      this.driver.happen({ type: "ownAddressChecked", found });
    });
  }

  private save(effect: Extract<Effect, { do: "saveConfiguration" }>): void {
    const { configuration, local } = effect;
    const stored =
      configuration === undefined || local === undefined ? undefined : { configuration, local };
    writeMembership(this.options.configuration, stored);
  }

  private end(isForced: boolean): void {
    this.onEnded();
    if (isForced) this.options.onForcedDown();
  }
}

/** What a simulated instance does with journal and database, each after a while. */

import type { Effect } from "../effects.ts";
import { fit } from "../history.ts";
import { reaches, type JournalPosition } from "../position.ts";
import type { MemberDisk } from "./disk.ts";
import { endOf, type Stretch } from "./journal-model.ts";
import type { MemberProcess } from "./process.ts";

/** Records in one packet. */
const stretchRecords = 50;

/** Where persons may override the mirror, databases are so often so far behind their journal: what
 *  a member has in it must count for nothing once its databases left the history. */
const slowOneIn = 4;
const lagMs = [0, 10_000] as const;

/** A client's synchronous commit that waits. */
interface Waiter {
  readonly position: JournalPosition;
  readonly acknowledged: () => void;
}

/** One instance's disk at work. */
export class JournalWork {
  /** True between `prepareAsPrimary` and `closeWrites`. */
  isOpenForWrites = false;
  private readonly process: MemberProcess;
  private readonly disk: MemberDisk;
  private readonly streams = new Map<string, { from: JournalPosition }>();
  private readonly waiters: Waiter[] = [];
  private isFlushing = false;
  private isClosing = false;
  /** True once it was primary; a process that was is none of a follower. */
  private hasServed = false;

  constructor(process: MemberProcess, disk: MemberDisk) {
    this.process = process;
    this.disk = disk;
  }

  /** A client writes and waits for its commit. */
  write(record: number, acknowledged: () => void): void {
    if (this.isFull()) return;
    const position = this.disk.journal.append(record);
    this.waiters.push({ position, acknowledged });
    this.flushSoon();
  }

  /** The primary sent journal. */
  take(stretch: Stretch): void {
    if (this.isFull()) return;
    this.disk.journal.receive(stretch);
    this.flushSoon();
  }

  /** A journal that cannot be written takes the instance down.
   *  Assumed: in the product it depends on settings (FreezeOnError) and is not documented for
   *  mirror members in every case. */
  private isFull(): boolean {
    if (this.disk.fault !== "full") return false;
    this.process.world.diskFailed(this.process);
    return true;
  }

  /** Brings what was written onto the disk; `undefined`: it failed and the instance is down. */
  private sync(): JournalPosition | undefined {
    if (this.disk.fault !== "cannotSync") return this.disk.journal.flush();
    this.process.world.diskFailed(this.process);
    return undefined;
  }

  private flushSoon(): void {
    if (this.isFlushing) return;
    this.isFlushing = true;
    this.process.later(() => {
      this.isFlushing = false;
      const end = this.sync();
      if (end === undefined) return;
      if (this.isOpenForWrites || this.isClosing) {
        this.pump();
        this.settle();
      } else {
        this.process.happen({ type: "stored", end });
        this.dejournalSoon();
      }
    });
  }

  private dejournalSoon(): void {
    const { agenda, random, mayBeOverridden } = this.process.world;
    const run = (): void => {
      if (this.process.isAlive) this.dejournal();
    };
    if (mayBeOverridden && random.oneIn(slowOneIn)) agenda.after(random.between(...lagMs), run);
    else this.process.later(run);
  }

  /** Brings the databases of a follower forward; a primary's hold what is safe, and no more. */
  private dejournal(): void {
    const { state, world } = this.process;
    if (!this.hasServed && world.rules.mayDejournal(state)) this.apply(this.disk.journal.durable);
  }

  private apply(to: JournalPosition): void {
    this.process.world.applying(this.process, to);
    this.disk.apply(to);
  }

  /** Acknowledges what is safe, and lets the primary's database have it; asyncs get it now. */
  settle(): void {
    if (this.streams.size > 0) this.pump();
    if (this.waiters.length === 0 && !this.isClosing) return;
    const limit = this.process.world.rules.safeUntil(this.process.state);
    const { durable, end } = this.disk.journal;
    for (let waiter = this.waiters[0]; waiter !== undefined; waiter = this.waiters[0]) {
      const { position } = waiter;
      if (!reaches(durable, position) || (limit !== "all" && !reaches(limit, position))) break;
      this.waiters.shift();
      this.apply(position);
      waiter.acknowledged();
    }
    if (!this.isClosing || this.waiters.length > 0 || !reaches(durable, end)) return;
    this.isClosing = false;
    this.process.happen({ type: "writesClosed", end: durable });
  }

  closeWrites(): void {
    this.isOpenForWrites = false;
    this.isClosing = true;
    this.process.later(() => this.flushSoon());
  }

  /** Becomes ready to be primary. */
  prepare(): void {
    this.process.later(() => {
      const { journal } = this.disk;
      this.apply(journal.durable);
      if (this.isFull()) return;
      if (this.disk.fault === "cannotMount") {
        this.process.happen({ type: "primaryFailed", why: "a required database is not mounted" });
        return;
      }
      if (this.disk.fault === "siteSaysNo") {
        this.process.happen({ type: "primaryHeldBack", why: "the site says no" });
        return;
      }
      const lineage = this.process.world.newLineage();
      journal.beginFile(lineage, this.process.host);
      this.process.later(() => {
        if (this.sync() === undefined) return;
        this.isOpenForWrites = true;
        this.hasServed = true;
        this.process.happen({ type: "primaryReady", lineage });
      });
    });
  }

  /** Gets from the partner's agent what this journal lacks. */
  retrieve({ attempt, history, member }: Extract<Effect, { do: "retrieveJournal" }>): void {
    const { journal } = this.disk;
    const fits = fit(journal.history(), history);
    if (fits.kind === "truncates") {
      if (this.disk.copyIsBeyond(fits.to)) {
        this.retrievalFailed(attempt, "its database holds more", true);
        return;
      }
      journal.truncate(fits.to);
    }
    this.fetchNext(attempt, member);
  }

  private fetchNext(attempt: number, member: string): void {
    const { journal } = this.disk;
    this.process.world.fetch(this.process, { member, from: journal.end }, (stretch) => {
      // The member may have stopped meanwhile, or begun anew: this attempt writes no more.
      const { phase } = this.process.state;
      if (!this.process.isAlive || phase.name !== "retrieving" || phase.attempt !== attempt) return;
      if (this.isFull()) return;
      if (stretch === undefined) {
        if (this.sync() === undefined) return;
        this.retrievalFailed(attempt, "no answer", false);
      } else if (stretch === "end") {
        if (this.sync() === undefined) return;
        this.process.happen({ type: "journalRetrieved", attempt, own: journal.history() });
      } else {
        journal.receive(stretch);
        this.fetchNext(attempt, member);
      }
    });
  }

  private retrievalFailed(attempt: number, why: string, isInconsistent: boolean): void {
    this.process.later(() => {
      this.process.happen({ type: "retrievalFailed", attempt, why, isInconsistent });
    });
  }

  /** Cuts the journal to what it has in common with the primary's. */
  settleHistory(link: string, meeting: JournalPosition | undefined): void {
    this.process.later(() => {
      const { journal } = this.disk;
      if (this.sync() === undefined) return;
      const isBeyond = meeting !== undefined && this.disk.copyIsBeyond(meeting);
      if (meeting !== undefined && !isBeyond) journal.truncate(meeting);
      const databasesBeyond = isBeyond ? ["DB"] : [];
      const end = journal.durable;
      this.process.happen({ type: "historySettled", link, end, databasesBeyond });
    });
  }

  stream(link: string, from: JournalPosition): void {
    this.streams.set(link, { from });
    this.pump();
  }

  endStream(link: string): void {
    this.streams.delete(link);
  }

  /** Sends what became durable, to each member as far as it may have it. */
  private pump(): void {
    const { state, world } = this.process;
    const { durable } = this.disk.journal;
    for (const [link, stream] of this.streams) {
      if (reaches(stream.from, durable)) continue;
      const limit = world.rules.sentUntil(state, link);
      const until = limit === "all" || reaches(limit, durable) ? durable : limit;
      for (;;) {
        const stretch = this.disk.journal.read(stream.from, stretchRecords, until);
        if (stretch === undefined) break;
        stream.from = endOf(stretch);
        this.process.sendPacket(link, { kind: "journal", stretch });
      }
    }
  }
}

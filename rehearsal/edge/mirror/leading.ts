/** Becoming primary, being it, and ceasing to be it, on the side of the store. */

import { isSafe, safeUntil } from "../../core/acknowledgement.ts";
import { isPrimaryPhase } from "../../core/phases.ts";
import type { JournalPosition } from "../../core/position.ts";
import type { MemberState } from "../../core/state.ts";
import type { Clock } from "../../storage/clock.ts";
import type { MirroredStore, MirrorJournal } from "../../storage/types.ts";
import type { Channels } from "./channels.ts";
import type { Driver, Happening } from "./driver.ts";

/** What leading needs. */
export interface LeadingSurroundings {
  readonly clock: Clock;
  readonly newGuid: () => string;
  readonly store: MirroredStore;
  readonly driver: () => Driver;
  readonly channels: Channels;
  readonly unmetRequirements: () => readonly string[];
  /** Why the site does not want this member to be primary now. */
  readonly objection: () => Promise<string | undefined>;
  readonly fault: (text: string) => void;
}

interface Waiter {
  readonly position: JournalPosition;
  resolve(): void;
  reject(error: Error): void;
}

/** This member stopped being primary before a write was safe: nobody knows what becomes of it. */
class NoLongerPrimary extends Error {}

/** True while writes may wait for their acknowledgement here. */
function mayLead({ phase }: MemberState): boolean {
  return phase.name === "becoming" || isPrimaryPhase(phase);
}

/** The primary's part. */
export class Leading {
  private readonly around: LeadingSurroundings;
  private waiters: Waiter[] = [];

  constructor(around: LeadingSurroundings) {
    this.around = around;
  }

  /** Applies the journal, asks the site, begins a file, rolls back what was open, opens the
   *  databases → `primaryReady`. */
  prepare(): void {
    this.prepared().then(
      (event) => this.around.driver().happen(event),
      (error: unknown) => {
        const why = error instanceof Error ? error.message : String(error);
        this.around.driver().happen({ type: "primaryFailed", why });
      },
    );
  }

  private async prepared(): Promise<Happening> {
    await this.applyAll();
    const why = await this.around.objection();
    if (why !== undefined) return { type: "primaryHeldBack", why };
    // The site may take its time, and the instance may stop meanwhile.
    if (!mayLead(this.around.driver().state)) throw new Error("this member stopped");
    const lineage = this.around.newGuid();
    await this.open(lineage);
    return { type: "primaryReady", lineage };
  }

  /** Everything in the journal goes into the databases.
   *  @throws Error when they do not allow this member to be primary */
  private async applyAll(): Promise<void> {
    const { store, channels, unmetRequirements } = this.around;
    const journal = this.journal();
    await channels.settled();
    await journal.flush();
    const beyond = store.copiesBeyond(journal.durable);
    if (beyond.length > 0) {
      throw new Error(`databases ${beyond.join(", ")} hold more than the journal`);
    }
    await store.dejournal();
    const unmet = unmetRequirements();
    if (unmet.length > 0) throw new Error(unmet.join("; "));
  }

  private async open(lineage: string): Promise<void> {
    const { store, clock } = this.around;
    const { configuration, local } = this.around.driver().state;
    if (configuration === undefined || local === undefined) throw new Error("no configuration");
    const journal = this.journal();
    journal.beginFile({
      mirror: configuration.mirror,
      mirrorGuid: configuration.mirrorGuid,
      lineage,
      primary: local.name,
      createdEpochMs: clock.now(),
    });
    await store.rollbackOpenTransactions();
    await journal.flush();
    const acknowledge = (position: JournalPosition): Promise<void> => this.acknowledge(position);
    await store.setAccess({ kind: "primary", acknowledge });
    if (mayLead(this.around.driver().state)) return;
    // It was stopped meanwhile.
    await store.setAccess({ kind: "readOnly" });
  }

  private journal(): MirrorJournal {
    const { journal } = this.around.store;
    if (journal === undefined) throw new Error("the mirror journal is not open");
    return journal;
  }

  /** Writers wait: a cycle begins, and its acknowledgement does not come while the core says so. */
  holdWrites(): void {
    const { store } = this.around;
    // When this member ceases to be primary, the cycle fails, and access is closed anyway.
    if (store.access.kind === "primary") store.setAccess(store.access).catch(() => undefined);
  }

  /** Nobody writes any more → `writesClosed`. */
  closeWrites(): void {
    this.close().then(
      (end) => this.around.driver().happen({ type: "writesClosed", end }),
      (error: unknown) => this.around.fault(`Mirrored databases: ${String(error)}`),
    );
  }

  private async close(): Promise<JournalPosition> {
    await this.around.store.setAccess({ kind: "readOnly" });
    const end = await this.journal().flush();
    this.around.channels.pumpNow();
    return end;
  }

  /** Resolves when what is durable here up to a position is safe. The store asks this behind every
   *  sync of the journal, so this is also where the other members get what is new. */
  private acknowledge(position: JournalPosition): Promise<void> {
    this.around.channels.pump();
    const { state } = this.around.driver();
    if (isSafe(state, position)) return Promise.resolve();
    // Forced down meanwhile: nobody will ever answer.
    if (!mayLead(state)) {
      return Promise.reject(new NoLongerPrimary("this member is no primary any more"));
    }
    return new Promise((resolve, reject) => {
      this.waiters.push({ position, resolve, reject });
    });
  }

  /** After each step of the core: what is safe now, and what never will be. */
  stepped(before: MemberState, after: MemberState): void {
    if (this.waiters.length > 0) this.settle(after);
    if (safeUntil(before) !== safeUntil(after)) this.around.channels.pump();
    const ceased = mayLead(before) && !mayLead(after);
    if (ceased && this.around.store.access.kind === "primary") this.cease();
  }

  private settle(state: MemberState): void {
    const isStill = mayLead(state);
    const waiting = this.waiters;
    this.waiters = [];
    for (const waiter of waiting) {
      if (!isStill) waiter.reject(new NoLongerPrimary("this member is no primary any more"));
      else if (isSafe(state, waiter.position)) waiter.resolve();
      else this.waiters.push(waiter);
    }
  }

  /** The instance ends: nothing that waits will be answered any more. */
  abandon(): void {
    for (const waiter of this.waiters.splice(0)) {
      waiter.reject(new NoLongerPrimary("the instance ends"));
    }
  }

  /** Closes the databases; waiting for it would be in vain where the disk is the trouble. */
  private cease(): void {
    this.around.store.setAccess({ kind: "readOnly" }).catch((error: unknown) => {
      this.around.fault(`Mirrored databases: ${String(error)}`);
    });
  }
}

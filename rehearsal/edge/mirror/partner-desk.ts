/** What a member wants from its partner's agent: consent, journal, and to say goodbye. */

import {
  entryOf,
  failoverMembers,
  partnerOf,
  type MemberEntry,
  type MirrorConfiguration,
} from "../../core/configuration.ts";
import type { Effect } from "../../core/effects.ts";
import { fit, type History } from "../../core/history.ts";
import type { PartnerAnswer, PartnerQuestion } from "../../core/messages.ts";
import type { JournalPosition } from "../../core/position.ts";
import type { Clock } from "../../storage/clock.ts";
import type { MirroredStore, MirrorJournal } from "../../storage/types.ts";
import { askPartner, fetchJournal, tellLeaving, type AgentAddress } from "./agent-client.ts";
import type { Channels } from "./channels.ts";
import type { Driver } from "./driver.ts";
import { historyOf } from "./journal-history.ts";

/** What the desk needs. */
export interface DeskSurroundings {
  readonly clock: Clock;
  readonly store: MirroredStore;
  readonly driver: () => Driver;
  readonly channels: Channels;
  /** Resolves when dejournaling rests: the journal may be cut then. */
  readonly rested: () => Promise<void>;
  readonly dejournal: () => void;
  readonly fault: (text: string) => void;
}

/** Whom to ask what. */
type Asked = Pick<Extract<Effect, { do: "askPartner" }>, "question" | "kind" | "member">;

type Retrieval = Pick<Extract<Effect, { do: "retrieveJournal" }>, "attempt" | "history" | "member">;

/** What was received is synced in pieces of this size, so that memory stays bounded. */
const syncEveryBytes = 8 * 1024 * 1024;

/** Databases hold what the history to be followed does not have. */
class LeftHistory extends Error {}

/** Talks to the partner's agent. */
export class PartnerDesk {
  private readonly around: DeskSurroundings;

  constructor(around: DeskSurroundings) {
    this.around = around;
  }

  private get journal(): MirrorJournal {
    const { journal } = this.around.store;
    if (journal === undefined) throw new Error("the mirror journal is not open");
    return journal;
  }

  private entry(member: string): { asked: MemberEntry; configuration: MirrorConfiguration } {
    const { configuration } = this.around.driver().state;
    const asked = configuration === undefined ? undefined : entryOf(configuration, member);
    if (configuration === undefined || asked === undefined)
      throw new Error(`there is no ${member}`);
    return { asked, configuration };
  }

  /** → `partnerAnswered`. */
  ask({ question, kind, member }: Asked): void {
    const answered = (answer: PartnerAnswer | { kind: "unreachable" }): void => {
      const { journal } = this;
      const own = historyOf(journal);
      this.around.driver().happen({ type: "partnerAnswered", question, answer, own });
    };
    const { configuration, local } = this.around.driver().state;
    const partner =
      configuration === undefined ? undefined : partnerOf(configuration, local?.name ?? "")?.name;
    this.inquire(kind, member, partner).then(answered, () => answered({ kind: "unreachable" }));
  }

  /** Asks a member through its agent.
   *  @param partner who stays its failover partner where this member is promoted
   *  @throws Error when neither instance nor agent answers */
  async inquire(
    kind: PartnerQuestion["kind"],
    whom: string,
    partner: string | undefined,
  ): Promise<PartnerAnswer> {
    const { channels, clock } = this.around;
    const { asked, configuration } = this.entry(whom);
    await channels.settled();
    await this.journal.flush();
    const member = this.around.driver().state.local?.name ?? "";
    const question: PartnerQuestion = {
      kind,
      partner: kind === "promote" ? partner : undefined,
      mirrorGuid: configuration.mirrorGuid,
      member,
      memberGuid: entryOf(configuration, member)?.guid ?? "",
      history: historyOf(this.journal),
    };
    return askPartner(agentOf(asked), question, clock);
  }

  /** This member's journal in short. */
  get history(): History {
    return historyOf(this.journal);
  }

  /** Gets what that member's journal has more → `journalRetrieved`, `retrievalFailed`. */
  retrieve({ attempt, history, member }: Retrieval): void {
    const { driver } = this.around;
    this.fetch({ attempt, history, member }).then(
      () => {
        driver().happen({ type: "journalRetrieved", attempt, own: historyOf(this.journal) });
      },
      (error: unknown) => {
        const why = error instanceof Error ? error.message : String(error);
        const isInconsistent = error instanceof LeftHistory;
        driver().happen({ type: "retrievalFailed", attempt, why, isInconsistent });
      },
    );
  }

  private async fetch({ attempt, history, member }: Retrieval): Promise<void> {
    const { journal } = this;
    const { asked, configuration } = this.entry(member);
    const agent = agentOf(asked);
    const { mirror, mirrorGuid } = configuration;
    const fits = fit(historyOf(journal), history);
    if (fits.kind === "truncates") await this.cut(fits.to);
    const wanted = { mirror, mirrorGuid, from: () => journal.end };
    let unsynced = 0;
    try {
      for await (const { at, bytes } of fetchJournal(agent, wanted, this.around.clock)) {
        // The member may have stopped meanwhile, or begun anew: this attempt writes no more.
        const { phase } = this.around.driver().state;
        if (phase.name !== "retrieving" || phase.attempt !== attempt) return;
        journal.receive(at, bytes);
        unsynced += bytes.length;
        if (unsynced < syncEveryBytes) continue;
        unsynced = 0;
        await journal.flush();
      }
    } finally {
      await journal.flush();
    }
  }

  /** Forgets the journal behind a position.
   *  @throws LeftHistory when databases hold more */
  private async cut(to: JournalPosition): Promise<void> {
    const { store, channels, rested } = this.around;
    await channels.settled();
    await rested();
    await this.journal.flush();
    const beyond = store.copiesBeyond(to);
    if (beyond.length > 0) throw new LeftHistory(`Its databases ${beyond.join(", ")} hold more.`);
    this.journal.truncate(to);
  }

  /** The journal becomes a beginning of the primary's → `historySettled`. Nothing of it reaches the
   *  databases before: what this member has too much must not. */
  settle(link: string, meeting: JournalPosition | undefined): void {
    const done = (databasesBeyond: readonly string[]): void => {
      const end = this.journal.durable;
      this.around.driver().happen({ type: "historySettled", link, end, databasesBeyond });
      if (databasesBeyond.length === 0) this.around.dejournal();
    };
    const cut = meeting === undefined ? this.journal.flush() : this.cut(meeting);
    cut.then(
      () => done([]),
      (error: unknown) => {
        if (error instanceof LeftHistory && meeting !== undefined) {
          done(this.around.store.copiesBeyond(meeting));
          return;
        }
        this.around.fault(`Mirror journal: ${String(error)}`);
        this.around.channels.close(link);
        this.around.driver().happen({ type: "linkLost", link });
      },
    );
  }

  /** Tells every reachable failover member that this one left; nobody waits for it. */
  reportLeaving(configuration: MirrorConfiguration, member: string): void {
    const memberGuid = entryOf(configuration, member)?.guid ?? "";
    const notice = { mirrorGuid: configuration.mirrorGuid, member, memberGuid };
    for (const other of failoverMembers(configuration)) {
      if (other.name === member) continue;
      // Unreachable: the primary keeps the entry and shows the member as Down, as documented.
      tellLeaving(agentOf(other), notice, this.around.clock).catch(() => undefined);
    }
  }
}

function agentOf(entry: { agentAddress: string; agentPort: number }): AgentAddress {
  return { address: entry.agentAddress, port: entry.agentPort };
}

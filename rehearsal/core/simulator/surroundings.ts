/** What a simulated instance finds around it. */

import type { MemberEvent } from "../events.ts";
import type { ChannelMessage, FromArbiter, PartnerAnswer, ToArbiter } from "../messages.ts";
import type { JournalPosition } from "../position.ts";
import type { MemberState } from "../state.ts";
import type { TracedStep } from "../step.ts";
import type { AgentQuestion, JournalQuestion } from "./agent-calls.ts";
import type { Agenda } from "./agenda.ts";
import type { Stretch } from "./journal-model.ts";
import type { Handlers, Network, WireEnd } from "./network.ts";
import type { MemberProcess } from "./process.ts";
import type { Random } from "./random.ts";
import type { Rules } from "./rules.ts";

/** What goes over a data channel: control messages and journal. */
export type Packet =
  | { readonly kind: "control"; readonly message: ChannelMessage }
  | { readonly kind: "journal"; readonly stretch: Stretch };

/** An event without its time: the process puts that in. */
export type Happening = MemberEvent extends infer One
  ? One extends MemberEvent
    ? Omit<One, "at">
    : never
  : never;

/** What a process needs from the world around it. */
export interface Surroundings {
  readonly agenda: Agenda;
  readonly network: Network;
  readonly random: Random;
  readonly rules: Rules;
  /** Persons may override the mirror. */
  readonly mayBeOverridden: boolean;
  /** Another member's agent; `undefined` in the answer: not reachable. */
  askAgent(
    asker: MemberProcess,
    question: AgentQuestion,
    done: (answer: PartnerAnswer | undefined) => void,
  ): void;
  /** The next stretch of a journal, from the agent of its host. */
  fetch(
    asker: MemberProcess,
    question: JournalQuestion,
    done: (stretch: Stretch | "end" | undefined) => void,
  ): void;
  dialMember(
    asker: MemberProcess,
    member: string,
    opened: (end: WireEnd<Packet> | undefined) => Handlers<Packet> | undefined,
  ): void;
  dialArbiter(
    asker: MemberProcess,
    opened: (end: WireEnd<ToArbiter> | undefined) => Handlers<FromArbiter> | undefined,
  ): void;
  /** Who answers at the member's own configured address. */
  checkOwnAddress(asker: MemberProcess): "self" | "other" | "nobody";
  /** After everything that is no step. */
  happened(): void;
  /** After every step. */
  stepped(process: MemberProcess, before: MemberState, taken: TracedStep): void;
  /** Journal up to a position is about to be applied to the databases of this instance. */
  applying(process: MemberProcess, to: JournalPosition): void;
  ended(process: MemberProcess): void;
  /** The journal's disk failed: the instance goes down. */
  diskFailed(process: MemberProcess): void;
  /** A hello may have been sent on an earlier attempt too, that arrives later. */
  mayDuplicate(from: string, to: string, hello: Packet): void;
  newLineage(): string;
}

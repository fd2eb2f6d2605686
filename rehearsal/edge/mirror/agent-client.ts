/** Asks the ISCAgent of another member (or one's own). */

import type {
  JoinAnswer,
  JoinRequest,
  PartnerAnswer,
  PartnerQuestion,
} from "../../core/messages.ts";
import type { JournalPosition } from "../../core/position.ts";
import { systemClock, type Clock } from "../../storage/clock.ts";
import {
  agentFailure,
  type AgentFailure,
  type AgentRequest,
  type LeaveNotice,
} from "./agent-requests.ts";
import { Connection, dial } from "./connection.ts";
import { joinAnswer, partnerAnswer } from "./message-parsers.ts";
import { agentPreamble } from "./wire.ts";

/** Where an agent is. */
export interface AgentAddress {
  readonly address: string;
  readonly port: number;
}

/** How long an agent may take. It answers from memory or from small files, so this is the
 *  network's time and a busy machine's; what it passes on to its instance has the same limit
 *  there. */
export const agentAnswerMs = 3000;

/** Stands for the name of the instance where whoever asks knows only the agent.
 *  Assumed: an agent here serves one instance. */
export const anyInstance = "";

/** How much journal one request gets. */
const journalBytesPerRequest = 1024 * 1024;

/** The agent did not answer. */
export class AgentUnreachable extends Error {}

type Reply =
  | { readonly kind: "message"; readonly value: unknown }
  | { readonly kind: "journal"; readonly at: JournalPosition; readonly bytes: Buffer };

/** A connection to an agent, for one question after another. */
class AgentTalk {
  private readonly connection: Connection;
  private readonly clock: Clock;
  private waiting: { resolve(reply: Reply): void; reject(error: Error): void } | undefined;
  private failure: Error | undefined;

  private constructor(connection: Connection, clock: Clock) {
    this.connection = connection;
    this.clock = clock;
    connection.owner = {
      message: (value) => this.waiting?.resolve({ kind: "message", value }),
      journal: (at, bytes) => this.waiting?.resolve({ kind: "journal", at, bytes }),
      drained: () => undefined,
      lost: (why) => {
        this.failure = new AgentUnreachable(why);
        this.waiting?.reject(this.failure);
      },
    };
  }

  /** @throws AgentUnreachable when nobody answers there */
  static async open(agent: AgentAddress, clock: Clock): Promise<AgentTalk> {
    try {
      const socket = await dial(agent, agentAnswerMs, clock);
      const keeping = {
        clock,
        preamble: agentPreamble,
        silenceMs: agentAnswerMs,
        heartbeatMs: agentAnswerMs,
      };
      return new AgentTalk(new Connection(socket, keeping), clock);
    } catch (error) {
      throw new AgentUnreachable(error instanceof Error ? error.message : String(error));
    }
  }

  /** One question, one answer.
   *  @throws AgentUnreachable when it does not come in time */
  async ask(request: AgentRequest, answerMs = agentAnswerMs): Promise<Reply> {
    if (this.failure !== undefined) throw this.failure;
    let cancel: () => void = () => undefined;
    try {
      return await new Promise<Reply>((resolve, reject) => {
        this.waiting = { resolve, reject };
        cancel = this.clock.after(answerMs, () =>
          reject(new AgentUnreachable("no answer in time")),
        );
        this.connection.send(request);
      });
    } finally {
      cancel();
      this.waiting = undefined;
    }
  }

  close(): void {
    this.connection.close();
  }
}

async function askOnce(
  agent: AgentAddress,
  request: AgentRequest,
  options: { readonly clock: Clock; readonly answerMs?: number },
): Promise<unknown> {
  const talk = await AgentTalk.open(agent, options.clock);
  try {
    const reply = await talk.ask(request, options.answerMs);
    if (reply.kind !== "message") throw new AgentUnreachable("it sent journal data");
    return reply.value;
  } finally {
    talk.close();
  }
}

/** True when an ISCAgent answers there. */
export async function probeAgent(
  address: string,
  port: number,
  timeoutMs: number,
): Promise<boolean> {
  try {
    const options = { clock: systemClock, answerMs: timeoutMs };
    await askOnce({ address, port }, { kind: "probe" }, options);
    return true;
  } catch {
    return false;
  }
}

/** Asks the other failover member through its agent.
 *  @throws AgentUnreachable, or ParseFault for an answer of another shape */
export async function askPartner(
  agent: AgentAddress,
  question: PartnerQuestion,
  clock: Clock,
): Promise<PartnerAnswer> {
  const value = await askOnce(agent, { kind: "partner", question }, { clock });
  return partnerAnswer(value, "answer of the partner");
}

/** Asks to be taken into a mirror.
 *  @throws AgentUnreachable */
export async function askToJoin(
  agent: AgentAddress,
  ask: { readonly instance: string; readonly request: JoinRequest },
  clock: Clock,
): Promise<JoinAnswer | AgentFailure> {
  const value = await askOnce(agent, { kind: "join", ...ask }, { clock });
  return isFailure(value)
    ? agentFailure(value, "answer of the agent")
    : joinAnswer(value, "answer to the request to join");
}

function isFailure(value: unknown): boolean {
  if (typeof value !== "object" || value === null || !("kind" in value)) return false;
  return value.kind === "noInstance" || value.kind === "unclear" || value.kind === "failed";
}

/** Tells a member that this one left. Whatever happens to the message, it is not repeated. */
export async function tellLeaving(
  agent: AgentAddress,
  notice: LeaveNotice,
  clock: Clock,
): Promise<void> {
  await askOnce(agent, { kind: "leave", notice }, { clock });
}

/** Journal bytes from an agent, until it has no more.
 *  @throws AgentUnreachable; Error when the agent cannot read them */
export async function* fetchJournal(
  agent: AgentAddress,
  wanted: {
    readonly mirror: string;
    readonly mirrorGuid: string;
    /** Asked anew before each request: the end of what was taken. */
    from(): JournalPosition;
  },
  clock: Clock,
): AsyncGenerator<{ at: JournalPosition; bytes: Buffer }, void, void> {
  const talk = await AgentTalk.open(agent, clock);
  try {
    for (;;) {
      const reply = await talk.ask({
        kind: "journal",
        mirror: wanted.mirror,
        mirrorGuid: wanted.mirrorGuid,
        from: wanted.from(),
        limit: journalBytesPerRequest,
      });
      if (reply.kind !== "journal") {
        const failure = agentFailure(reply.value, "answer of the agent");
        throw new Error("why" in failure ? failure.why : failure.kind);
      }
      if (reply.bytes.length === 0) return;
      yield reply;
    }
  } finally {
    talk.close();
  }
}

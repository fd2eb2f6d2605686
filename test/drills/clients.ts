/** Clients that write all the time, one on each failover member: whoever may be written takes their
 *  records, the other one refuses them. Each record is committed synchronously, in a transaction of
 *  its own. Source for what an acknowledgement promises: RCPF_SYNCHCOMMIT. */

import { budgets } from "../support/budgets.ts";
import { docker } from "../support/docker.ts";
import { lookUntil, pause, waitFor } from "../support/wait.ts";
import { Conversation } from "./conversation.ts";

/** What became of the attempts, and what is found when everything has healed. */
export interface Balance {
  readonly attempted: number;
  readonly acknowledged: number;
  readonly refused: number;
  /** Under way when the connection broke. */
  readonly unknown: number;
  /** Acknowledged and not there: must be empty. */
  readonly lost: readonly string[];
  /** There though it was refused, or never attempted: must be empty. */
  readonly unexpected: readonly string[];
  /** Unknown and there. */
  readonly recovered: number;
}

/** An acknowledgement, when it was heard and who gave it. */
export interface Heard {
  readonly at: number;
  readonly member: string;
}

/** One line for the session: one attempt. */
const attempt = (global: string, key: string, number: number): string =>
  `try { tstart  set ^${global}("${key}",${number})=1 tcommit  write "a ${number}",! } ` +
  `catch problem { trollback:$tlevel>0  write "r ${number}",! }`;

/** Between two attempts that were refused; one that was taken is followed at once. */
const refusedPauseMs = 50;

/** The client of one member. Connects again whenever the connection breaks. */
class Client {
  readonly answers = new Map<string, "acknowledged" | "refused" | "unknown">();
  readonly heard: Heard[] = [];
  private readonly container: string;
  private readonly member: string;
  private readonly global: string;
  private readonly stopped = new AbortController();
  private readonly ended: Promise<void>;

  constructor(container: string, member: string, global: string) {
    this.container = container;
    this.member = member;
    this.global = global;
    this.ended = this.live();
  }

  /** Makes no further attempt; resolves when the last one is answered or its connection broke.
   *  @throws Error when neither happens: a write is held though the mirror is whole */
  async stop(): Promise<void> {
    this.stopped.abort();
    let isOver = false;
    void this.ended.finally(() => (isOver = true));
    await waitFor(
      `the answer to the last attempt on ${this.member}, ${[...this.answers.keys()].at(-1) ?? ""}`,
      budgets.memberBackMs,
      () => Promise.resolve(isOver ? true : undefined),
    );
  }

  private async live(): Promise<void> {
    let connection = 0;
    await lookUntil(this.stopped.signal, refusedPauseMs, async () => {
      connection += 1;
      await this.connect(`${this.member} ${connection}`);
    });
  }

  /** One session, until it breaks or this client is stopped. */
  private async connect(key: string): Promise<void> {
    const session = new Conversation(this.container, "COMPANY");
    for (let number = 1; !this.stopped.signal.aborted; number++) {
      const record = `${key} ${number}`;
      this.answers.set(record, "unknown");
      const answers = [`a ${number}`, `r ${number}`];
      const text = attempt(this.global, key, number);
      const answer = await session.ask(text, (line) => answers.includes(line));
      if (answer === undefined) return;
      await this.hear(record, answer.startsWith("a"));
    }
    await session.close();
  }

  private async hear(record: string, isTaken: boolean): Promise<void> {
    this.answers.set(record, isTaken ? "acknowledged" : "refused");
    if (isTaken) this.heard.push({ at: performance.now(), member: this.member });
    else await pause(refusedPauseMs);
  }
}

/** All clients of a drill. */
export class Clients {
  private readonly clients: readonly Client[];
  private readonly global: string;

  /** @param containers of the failover members, by member */
  constructor(containers: Readonly<Record<string, string>>, global: string) {
    this.global = global;
    this.clients = Object.entries(containers).map(
      ([member, container]) => new Client(container, member, global),
    );
  }

  /** Acknowledgements of all members in the order in which they were heard. */
  heard(): readonly Heard[] {
    return this.clients.flatMap(({ heard }) => heard).sort((one, other) => one.at - other.at);
  }

  /** Waits until a member has acknowledged more. */
  async taken(member: string, more: number): Promise<void> {
    const count = () => this.heard().filter((one) => one.member === member).length;
    const goal = count() + more;
    await waitFor(`${more} writes taken by ${member}`, budgets.memberBackMs, () =>
      Promise.resolve(count() >= goal ? true : undefined),
    );
  }

  async stop(): Promise<void> {
    await Promise.all(this.clients.map((client) => client.stop()));
  }

  /** Compares with what a member holds. */
  async balance(container: string): Promise<Balance> {
    const held = await recordsIn(container, this.global);
    const answers = new Map(this.clients.flatMap((client) => [...client.answers]));
    const named = (wanted: string) =>
      [...answers].filter(([, answer]) => answer === wanted).map(([record]) => record);
    const acknowledged = named("acknowledged");
    const unknown = named("unknown");
    return {
      attempted: answers.size,
      acknowledged: acknowledged.length,
      refused: named("refused").length,
      unknown: unknown.length,
      lost: acknowledged.filter((record) => !held.has(record)),
      unexpected: [...held].filter((record) => (answers.get(record) ?? "refused") === "refused"),
      recovered: unknown.filter((record) => held.has(record)).length,
    };
  }
}

/** Records of a global on one member, as `<key> <number>`. */
async function recordsIn(container: string, global: string): Promise<Set<string>> {
  const text =
    `set k="" for { set k=$order(^${global}(k)) quit:k=""  set i="" ` +
    `for { set i=$order(^${global}(k,i)) quit:i=""  write k," ",i,! } }\nhalt\n`;
  const args = ["exec", "-i", container, "iris", "session", "IRIS", "-U", "COMPANY"];
  const found = (await docker(args, text)).matchAll(/^mirror[AB] \d+ \d+$/gm);
  return new Set([...found].map(([record]) => record));
}

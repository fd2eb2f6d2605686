/** The oracle for writes: a client that writes numbered records, each in a transaction of its own
 *  that is committed synchronously, and notes what was acknowledged.
 *
 *  Acknowledged means what the product promises it for: a TCOMMIT under SynchCommit=1 that has
 *  returned. Source: RCPF_SYNCHCOMMIT. */

import { execa } from "execa";
import { docker } from "./docker.ts";
import { session } from "./session.ts";

/** Commits of new processes wait until they are durable and the active backup has them. */
export async function commitSynchronously(container: string): Promise<void> {
  const text = 'set p("SynchCommit")=1 write ##class(Config.Miscellaneous).Modify(.p)';
  const [answer] = await session(container, "%SYS", [text]);
  if (answer !== "1") throw new Error(`SynchCommit could not be set: ${answer ?? ""}`);
}

/** What a ledger found when everything had healed. */
export interface Balance {
  readonly acknowledged: number;
  /** Acknowledged and not there: must be empty. */
  readonly lost: readonly number[];
  /** There and never attempted: must be empty. */
  readonly unexpected: readonly number[];
  /** Attempted, not acknowledged, there all the same: neither promised nor forbidden. */
  readonly recovered: number;
}

/** A client that writes until its connection breaks, or until it is told to end. */
export class Ledger {
  private lastAcknowledged = 0;
  private lastHeardMs = 0;
  private longestMs = 0;
  private readonly container: string;
  private readonly namespace: string;
  private readonly name: string;
  private readonly ended: Promise<unknown>;

  /** Begins to write into `^<name>` of a namespace.
   *  @param restSeconds after each write; @default none */
  constructor(container: string, namespace: string, name: string, restSeconds = 0) {
    this.container = container;
    this.namespace = namespace;
    this.name = name;
    const args = ["exec", "-i", container, "iris", "session", "IRIS", "-U", namespace];
    const rest = restSeconds === 0 ? "" : `hang ${restSeconds}`;
    const write = `tstart  set ^${name}(i)=i tcommit  write i,! ${rest}`;
    const program = `for i=1:1 { quit:$data(^${name}("end"))  ${write} }\n`;
    const child = execa("docker", args, { input: program, reject: false, buffer: false });
    let half = "";
    child.stdout.on("data", (bytes: Buffer) => {
      const lines = (half + bytes.toString("utf8")).split("\n");
      half = lines.pop() ?? "";
      for (const line of lines) if (/^\d+$/.test(line)) this.heard(Number(line));
    });
    this.ended = child;
  }

  private heard(acknowledged: number): void {
    const now = performance.now();
    if (this.lastHeardMs > 0) this.longestMs = Math.max(this.longestMs, now - this.lastHeardMs);
    this.lastHeardMs = now;
    this.lastAcknowledged = acknowledged;
  }

  /** Longest time between two acknowledgements so far. */
  get longestPauseMs(): number {
    return this.longestMs;
  }

  /** Tells the client to end; resolves when it has. */
  async end(): Promise<void> {
    await session(this.container, this.namespace, [`set ^${this.name}("end")=1`]);
    await this.over();
  }

  get acknowledged(): number {
    return this.lastAcknowledged;
  }

  /** Resolves when the client's connection is gone. */
  async over(): Promise<void> {
    await this.ended;
  }

  /** Compares with what a member holds now. */
  async balance(container: string, namespace: string): Promise<Balance> {
    const program = `set k="" for { set k=$order(^${this.name}(k)) quit:k=""  write k,! }\nhalt\n`;
    const args = ["exec", "-i", container, "iris", "session", "IRIS", "-U", namespace];
    const text = await docker(args, program);
    const held = new Set([...text.matchAll(/^\d+$/gm)].map(([number]) => Number(number)));
    const numbers = Array.from({ length: this.acknowledged }, (_, index) => index + 1);
    // One write is under way when the connection breaks.
    const attempted = this.acknowledged + 1;
    return {
      acknowledged: this.acknowledged,
      lost: numbers.filter((number) => !held.has(number)),
      unexpected: [...held].filter((number) => number > attempted),
      recovered: [...held].filter((number) => number > this.acknowledged).length,
    };
  }
}

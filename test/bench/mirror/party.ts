/** The members of one measurement: started, formed, asked, ended. */

import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MemberEntry } from "../../../rehearsal/core/configuration.ts";
import { systemClock } from "../../../rehearsal/storage/clock.ts";
import type { AgentPlace, Answer, MemberCalls, Request } from "./member-calls.ts";
import { eventually } from "./wait.ts";

/** A process that does not end by itself is killed after this. */
const killAfterMs = 5000;

/** QoS timeout of the mirrors, in milliseconds. */
const qosMs = 2000;

interface Asked {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

/** A member's process, seen from the bench. */
export class BenchMember {
  readonly name: string;
  directory = "";
  address: AgentPlace = { agentAddress: "", agentPort: 0 };
  private readonly child: ChildProcess;
  private readonly gone: Promise<unknown>;
  private readonly asked = new Map<number, Asked>();
  private lastId = 0;

  constructor(name: string, temporary: string) {
    this.name = name;
    const program = new URL("member.ts", import.meta.url).pathname;
    this.child = fork(program, [name], { env: { ...process.env, TMPDIR: temporary } });
    this.child.on("message", (answer) => this.take(answer as Answer));
    this.gone = once(this.child, "exit").then(() => {
      for (const { reject } of this.asked.values()) reject(new Error(`${name} has ended`));
    });
  }

  private take(answer: Answer): void {
    const asked = this.asked.get(answer.id);
    this.asked.delete(answer.id);
    if ("fault" in answer) asked?.reject(new Error(`${this.name}: ${answer.fault}`));
    else asked?.resolve(answer.value as never);
  }

  /** Asks its process. @throws Error when that fails or ends */
  call<Name extends keyof MemberCalls>(
    call: Name,
    ...[argument]: Parameters<MemberCalls[Name]>
  ): Promise<Awaited<ReturnType<MemberCalls[Name]>>> {
    this.lastId += 1;
    const request: Request = { id: this.lastId, call, argument };
    return new Promise((resolve, reject) => {
      this.asked.set(request.id, { resolve, reject });
      this.child.send(request);
    });
  }

  /** Waits for something that holds there. @throws Error with the end of its log */
  async until(what: string, holds: () => Promise<boolean>): Promise<void> {
    try {
      await eventually(what, holds);
    } catch (problem) {
      const log = (await this.call("log")).slice(-10).join("\n");
      throw new Error(`${this.name}: ${String(problem)}\n${log}`, { cause: problem });
    }
  }

  hasStatus(status: string): Promise<void> {
    return this.until(status, async () => (await this.call("status")) === status);
  }

  /** Ends its process, whatever it is doing, and waits for that. */
  async kill(): Promise<void> {
    // Its process ends by itself then; a profiler in it still writes its file.
    if (this.child.connected) this.child.disconnect();
    const cancel = systemClock.after(killAfterMs, () => this.child.kill("SIGKILL"));
    await this.gone;
    cancel();
  }
}

/** A mirror of such members, in one temporary directory. */
export class BenchMirror implements AsyncDisposable {
  readonly members: BenchMember[] = [];
  private readonly temporary = mkdtempSync(join(tmpdir(), "bench-mirror-"));

  /** Primary, backup, and asyncs: of five asyncs one is a reporting async. */
  async form(count: number): Promise<void> {
    const primary = await this.add("A");
    await primary.call("createMirror", { QOSTimeout: String(qosMs) });
    await primary.call("createDatabase");
    for (let index = 1; index < count; index++) {
      const member = await this.add(String.fromCharCode(65 + index));
      const eligibility = eligibilityOf(index);
      await member.call("join", { address: primary.address, eligibility });
      await member.hasStatus(eligibility === "failover" ? "BACKUP" : "CONNECTED");
      await member.until("the database", async () => (await member.call("missing")) === 1);
      await member.call("createDatabase");
    }
  }

  private async add(name: string): Promise<BenchMember> {
    const member = new BenchMember(name, this.temporary);
    this.members.push(member);
    const { directory, ...address } = await member.call("start");
    member.directory = directory;
    member.address = address;
    return member;
  }

  get primary(): BenchMember {
    const [primary] = this.members;
    if (primary === undefined) throw new Error("The mirror has not been formed.");
    return primary;
  }

  /** Stops all instances in order, the primary last: their files are whole then. */
  async stop(): Promise<void> {
    for (const member of this.members.toReversed()) await member.call("stopInstance", false);
  }

  /** Ends everything and removes its directory. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.members.map((member) => member.kill()));
    rmSync(this.temporary, { recursive: true, force: true });
  }
}

/** The second member is the backup; of the others every third is a reporting async, in turn one
 *  that reads only and one that also writes. */
function eligibilityOf(index: number): MemberEntry["eligibility"] {
  if (index === 1) return "failover";
  if (index % 3 !== 0) return "disasterRecovery";
  return index % 2 === 0 ? "readOnlyReporting" : "readWriteReporting";
}

/** The ISCAgent: answers for its instance, also when that one is dead, and is an arbiter for
 *  whoever names it as such. Source: GHA_mirror_set (ISCAgent, arbiter). */

import { createServer, type Server, type Socket } from "node:net";
import { agentAnswer, type InstanceSight } from "../../core/agent.ts";
import type { MirrorConfiguration } from "../../core/configuration.ts";
import { noHistory, type History } from "../../core/history.ts";
import { givenWay } from "../../core/promotion.ts";
import type { PartnerQuestion } from "../../core/messages.ts";
import type { Clock } from "../../storage/clock.ts";
import type { JournalReader } from "../../storage/journal-reader.ts";
import { agentAnswerMs, anyInstance } from "./agent-client.ts";
import {
  agentRequest,
  type AgentFailure,
  type AgentRequest,
  type InstanceRequest,
} from "./agent-requests.ts";
import { ArbiterHost } from "./arbiter-host.ts";
import { Connection } from "./connection.ts";
import { historyOf } from "./journal-history.ts";
import { ParseFault } from "./parse.ts";
import { agentPreamble } from "./wire.ts";

/** What the agent can see and do of its instance. */
export interface AgentInstance {
  /** Name the instance answers to, upper case; `undefined` on a host without one. */
  readonly name: string | undefined;
  /** True while a process of it lives. */
  isRunning(): boolean;
  /** Passes a request on to the running instance.
   *  @throws Error when it does not answer */
  relay(request: InstanceRequest): Promise<unknown>;
  /** The mirror in its configuration file; `undefined` where there is none. */
  configuration(): MirrorConfiguration | undefined;
  /** Keeps this mirror in its configuration file instead, with ValidatedMember=0.
   *  @throws Error when it cannot be written */
  giveWay(configuration: MirrorConfiguration): void;
  /** Opens its mirror journal for reading. */
  openJournal(mirror: string, mirrorGuid: string): JournalReader;
}

/** What an agent is made from. */
export interface AgentOptions {
  readonly port: number;
  readonly clock: Clock;
  /** Where requests about an instance lead; `undefined` on an arbiter's host. */
  readonly instance: AgentInstance | undefined;
}

/** A running agent. */
export class AgentServer {
  private readonly server: Server;
  private readonly options: AgentOptions;
  private readonly arbiter: ArbiterHost;
  private readonly connections = new Set<AgentConversation>();

  private constructor(options: AgentOptions) {
    this.options = options;
    this.arbiter = new ArbiterHost(options.clock);
    this.server = createServer((socket) => this.serve(socket));
  }

  /** Listens.
   *  @throws Error when the port cannot be had */
  static async start(options: AgentOptions): Promise<AgentServer> {
    const agent = new AgentServer(options);
    await new Promise<void>((resolve, reject) => {
      agent.server.once("error", reject);
      agent.server.listen(options.port, resolve);
    });
    return agent;
  }

  /** The port it listens on; of use where 0 was asked for. */
  get port(): number {
    const address = this.server.address();
    return typeof address === "object" && address !== null ? address.port : this.options.port;
  }

  /** Ends it, as when its process ends. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (const conversation of this.connections) conversation.end();
    this.arbiter.close();
    await closed;
  }

  private serve(socket: Socket): void {
    const keeping = {
      clock: this.options.clock,
      preamble: agentPreamble,
      silenceMs: 4 * agentAnswerMs,
      heartbeatMs: agentAnswerMs,
    };
    const connection = new Connection(socket, keeping);
    const conversation = new AgentConversation(connection, this.options, this.arbiter, () =>
      this.connections.delete(conversation),
    );
    this.connections.add(conversation);
  }
}

/** One connection to the agent. */
class AgentConversation {
  private readonly connection: Connection;
  private readonly options: AgentOptions;
  private readonly arbiter: ArbiterHost;
  private readonly over: () => void;
  private reader: { readonly mirrorGuid: string; readonly journal: JournalReader } | undefined;
  /** Requests are answered one after another. */
  private work: Promise<void> = Promise.resolve();

  constructor(
    connection: Connection,
    options: AgentOptions,
    arbiter: ArbiterHost,
    over: () => void,
  ) {
    this.connection = connection;
    this.options = options;
    this.arbiter = arbiter;
    this.over = over;
    connection.owner = {
      message: (value) => this.take(value),
      journal: () => this.end(),
      drained: () => undefined,
      lost: () => this.finish(),
    };
  }

  end(): void {
    this.connection.destroy();
    this.finish();
  }

  private finish(): void {
    this.reader?.journal.close();
    this.reader = undefined;
    this.over();
  }

  private take(value: unknown): void {
    const request = this.parse(value);
    if (request === undefined) {
      this.end();
      return;
    }
    if (request.kind === "arbiter") {
      this.over();
      this.arbiter.adopt(this.connection);
      return;
    }
    this.work = this.work.then(() => this.answer(request));
  }

  private parse(value: unknown): AgentRequest | undefined {
    try {
      return agentRequest(value, "request");
    } catch (error) {
      if (error instanceof ParseFault) return undefined;
      throw error;
    }
  }

  private async answer(request: Exclude<AgentRequest, { kind: "arbiter" }>): Promise<void> {
    switch (request.kind) {
      case "probe":
        this.connection.send({ kind: "agent" });
        break;
      case "partner":
        this.connection.send(await this.answerPartner(request.question));
        break;
      case "join":
        this.connection.send(await this.join(request));
        break;
      case "leave":
        this.connection.send(await this.relay({ kind: "leave", notice: request.notice }));
        break;
      case "journal":
        this.sendJournal(request);
        break;
    }
  }

  /** A running instance answers itself; for one that is down the agent does. */
  private async answerPartner(question: PartnerQuestion): Promise<unknown> {
    const { instance } = this.options;
    if (instance === undefined) return { kind: "no", why: "notMember" };
    if (instance.isRunning()) {
      const said = await this.relay({ kind: "partner", question });
      const isUnclear = typeof said === "object" && said !== null && "kind" in said;
      const unclear = agentAnswer({ kind: "unclear" }, question);
      return isUnclear && said.kind !== "unclear" ? said : unclear;
    }
    const sight = this.lookAt(instance);
    const answer = agentAnswer(sight, question);
    if (question.kind !== "promote" || answer.kind !== "granted") return answer;
    return this.giveWay(instance, question) ? answer : agentAnswer({ kind: "unclear" }, question);
  }

  /** Writes down for an instance that is down that it gives way. False when it cannot. */
  private giveWay(instance: AgentInstance, question: PartnerQuestion): boolean {
    try {
      const configuration = instance.configuration();
      const next = configuration && givenWay(configuration, question);
      if (next === undefined || instance.isRunning()) return false;
      instance.giveWay(next);
      return true;
    } catch {
      return false;
    }
  }

  private lookAt(instance: AgentInstance): InstanceSight {
    try {
      const configuration = instance.configuration();
      const history =
        configuration === undefined ? noHistory : this.historyOn(instance, configuration);
      return { kind: "down", configuration, history };
    } catch {
      // What cannot be read cannot be compared: no consent.
      return { kind: "unclear" };
    }
  }

  private historyOn(instance: AgentInstance, configuration: MirrorConfiguration): History {
    const journal = instance.openJournal(configuration.mirror, configuration.mirrorGuid);
    try {
      return historyOf(journal);
    } finally {
      journal.close();
    }
  }

  private async join(request: Extract<AgentRequest, { kind: "join" }>): Promise<unknown> {
    const { instance } = this.options;
    const isMeant = request.instance === anyInstance && instance?.name !== undefined;
    if (!isMeant && instance?.name !== request.instance.toUpperCase()) {
      const why = `instance ${request.instance} is not on this host`;
      return { kind: "noInstance", why } satisfies AgentFailure;
    }
    return this.relay({ kind: "join", request: request.request });
  }

  private async relay(request: InstanceRequest): Promise<unknown> {
    const unclear: AgentFailure = { kind: "unclear" };
    const { instance } = this.options;
    if (instance?.isRunning() !== true) return unclear;
    try {
      return await instance.relay(request);
    } catch {
      return unclear;
    }
  }

  private sendJournal(request: Extract<AgentRequest, { kind: "journal" }>): void {
    const { mirror, mirrorGuid, from, limit } = request;
    try {
      this.reader ??= this.openReader(mirror, mirrorGuid);
      const { at, bytes } = this.reader.journal.read(from, limit);
      this.connection.sendJournal(at, bytes);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.connection.send({ kind: "failed", why } satisfies AgentFailure);
    }
  }

  private openReader(mirror: string, mirrorGuid: string) {
    const { instance } = this.options;
    if (instance === undefined) throw new Error("no instance on this host");
    return { mirrorGuid, journal: instance.openJournal(mirror, mirrorGuid) };
  }
}

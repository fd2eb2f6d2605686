/** The superserver port: here the mirror's data channel, and nothing of the product's protocols. */

import { createServer, type Server, type Socket } from "node:net";
import type { ChannelMessage } from "../../core/messages.ts";
import type { Clock } from "../../storage/clock.ts";
import { Connection, dial } from "./connection.ts";
import { channelMessage } from "./message-parsers.ts";
import { ParseFault, shape, text } from "./parse.ts";
import { channelPreamble } from "./wire.ts";

/** Whoever connects has so long to say what it wants, and an address so long to answer. */
const introductionMs = 3000;

/** A member's hello. */
export type Hello = Extract<ChannelMessage, { kind: "hello" }>;

/** What is done with who comes. */
export interface SuperserverOptions {
  readonly port: number;
  readonly clock: Clock;
  /** Told to whoever asks who answers here. */
  readonly identity: string;
  /** A member introduced itself. */
  member(connection: Connection, hello: Hello): void;
  /** Somebody wants a database. */
  download(connection: Connection, request: unknown): void;
}

/** The listening port. */
export class Superserver {
  private readonly server: Server;
  private readonly options: SuperserverOptions;
  private readonly strangers = new Set<Connection>();

  private constructor(options: SuperserverOptions) {
    this.options = options;
    this.server = createServer((socket) => this.serve(socket));
  }

  /** @throws Error when the port cannot be had */
  static async start(options: SuperserverOptions): Promise<Superserver> {
    const superserver = new Superserver(options);
    await new Promise<void>((resolve, reject) => {
      superserver.server.once("error", reject);
      superserver.server.listen(options.port, resolve);
    });
    return superserver;
  }

  /** The port it has; of use where 0 was asked for. */
  get port(): number {
    const address = this.server.address();
    return typeof address === "object" && address !== null ? address.port : this.options.port;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (const stranger of this.strangers) stranger.destroy();
    await closed;
  }

  private serve(socket: Socket): void {
    const connection = new Connection(socket, keepingFor(this.options.clock));
    this.strangers.add(connection);
    const forget = (): void => {
      this.strangers.delete(connection);
      cancel();
    };
    const cancel = this.options.clock.after(introductionMs, () => {
      forget();
      connection.destroy();
    });
    connection.owner = {
      message: (value) => {
        forget();
        this.introduce(connection, value);
      },
      journal: () => connection.destroy(),
      drained: () => undefined,
      lost: forget,
    };
  }

  private introduce(connection: Connection, value: unknown): void {
    const kind = typeof value === "object" && value !== null && "kind" in value && value.kind;
    if (kind === "who") {
      connection.send({ kind: "instance", identity: this.options.identity });
      connection.close();
      return;
    }
    if (kind === "download") {
      this.options.download(connection, value);
      return;
    }
    const hello = parseHello(value);
    if (hello === undefined) {
      connection.close();
      return;
    }
    this.options.member(connection, hello);
  }
}

function parseHello(value: unknown): Hello | undefined {
  try {
    const message = channelMessage(value, "hello");
    return message.kind === "hello" ? message : undefined;
  } catch (error) {
    if (error instanceof ParseFault) return undefined;
    throw error;
  }
}

function keepingFor(clock: Clock) {
  return {
    clock,
    preamble: channelPreamble,
    silenceMs: introductionMs,
    heartbeatMs: introductionMs,
  };
}

const identityAnswer = shape<{ identity: string }>({ identity: text });

/** Who answers at an address: the instance's identity, or `undefined` when nobody (of ours)
 *  does. */
export async function whoAnswers(
  target: { readonly address: string; readonly port: number },
  clock: Clock,
): Promise<string | undefined> {
  const socket = await dial(target, introductionMs, clock).catch(() => undefined);
  if (socket === undefined) return undefined;
  const connection = new Connection(socket, keepingFor(clock));
  try {
    return await new Promise<string | undefined>((resolve) => {
      connection.owner = {
        message: (value) => resolve(readIdentity(value)),
        journal: () => resolve(undefined),
        drained: () => undefined,
        lost: () => resolve(undefined),
      };
      connection.send({ kind: "who" });
    });
  } finally {
    connection.close();
  }
}

function readIdentity(value: unknown): string | undefined {
  try {
    return identityAnswer(value, "identity").identity;
  } catch {
    return undefined;
  }
}

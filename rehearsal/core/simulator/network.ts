/** A network that delays, cuts and forgets. Within one connection messages keep their order, as
 *  with TCP; between connections they do not. */

import type { Agenda } from "./agenda.ts";
import type { Random } from "./random.ts";

/** What one side of a connection does with what arrives. */
export interface Handlers<Message> {
  received(message: Message): void;
  /** The connection is over: closed by the other side, or silent for too long. */
  lost(): void;
}

/** One side of a connection. */
export interface WireEnd<Message> {
  send(message: Message): void;
  close(): void;
}

/** Delays and silence, in milliseconds. */
export interface NetworkOptions {
  readonly delayMs: number;
  readonly silenceMs: number;
}

/** How the two sides of a connection find out that it is silent. With `primaryLosesFirst` the
 *  one that was dialled wants its own signs of life echoed: it gives up on any cut, and before
 *  the other one does. */
export type SilenceRule = "each" | "primaryLosesFirst";

interface Side {
  readonly host: string;
  /** Shares of the silence after which this side gives up, least and most. */
  readonly patience: readonly [number, number];
  /** Gives up too when only what it says is not heard. */
  readonly wantsEcho: boolean;
  isOpen: boolean;
  handlers: Handlers<unknown> | undefined;
  /** Nothing arrives here earlier than what was sent before it. */
  lastArrival: number;
  /** What is on its way here, in order. */
  queue: (() => void)[];
  /** How much of it met a cut: it arrives when the cut is healed. */
  held: number;
}

/** Hosts and what lies between them. */
export class Network {
  private readonly agenda: Agenda;
  private readonly random: Random;
  private readonly options: NetworkOptions;
  private readonly cuts = new Map<string, number>();
  private readonly connections = new Set<readonly [Side, Side]>();

  constructor(agenda: Agenda, random: Random, options: NetworkOptions) {
    this.agenda = agenda;
    this.random = random;
    this.options = options;
  }

  /** True when nothing gets from one host to the other. */
  isCut(from: string, to: string): boolean {
    return from !== to && this.cuts.has(`${from}>${to}`);
  }

  /** A time a message may take. */
  delay(): number {
    const { delayMs } = this.options;
    return this.random.oneIn(50)
      ? this.random.between(0, 20 * delayMs)
      : this.random.next() * delayMs;
  }

  /** From now on nothing gets from one host to the other. */
  cut(from: string, to: string): void {
    const key = `${from}>${to}`;
    if (from === to || this.cuts.has(key)) return;
    const since = this.agenda.now;
    this.cuts.set(key, since);
    for (const sides of this.connections) {
      for (const side of sides) {
        const other = side === sides[0] ? sides[1] : sides[0];
        const isHit = side.host === to && other.host === from;
        const isUnheard = side.wantsEcho && side.host === from && other.host === to;
        if (isHit || isUnheard) this.silence(side, other, () => this.cuts.get(key) === since);
      }
    }
  }

  /** What waited arrives now. */
  heal(from: string, to: string): void {
    if (!this.cuts.delete(`${from}>${to}`)) return;
    for (const sides of this.connections) {
      for (const side of sides) {
        const other = side === sides[0] ? sides[1] : sides[0];
        if (side.host !== to || other.host !== from) continue;
        const { held } = side;
        side.held = 0;
        for (let index = 0; index < held; index++) this.schedule(side, other.host);
      }
    }
  }

  /** Every cut is healed. */
  healAll(): void {
    for (const key of [...this.cuts.keys()]) {
      const [from = "", to = ""] = key.split(">");
      this.heal(from, to);
    }
  }

  /** Connections between two hosts break; new ones can be made at once. */
  reset(one: string, other: string): void {
    for (const [here, there] of this.connections) {
      const ends = [here.host, there.host];
      if (!ends.includes(one) || !ends.includes(other)) continue;
      this.lose(here, there);
      this.lose(there, here);
    }
  }

  /** A host loses its power: nobody hears of it, its connections fall silent. */
  powerOff(host: string): void {
    for (const sides of this.connections) {
      for (const side of sides) {
        if (side.host !== host || !side.isOpen) continue;
        side.isOpen = false;
        const other = side === sides[0] ? sides[1] : sides[0];
        if (other.host !== host) this.silence(other, side, () => true);
      }
    }
  }

  /** Opens a connection. `accept` runs at the other host and refuses with `undefined`. */
  connect<There, Here>(
    route: { readonly from: string; readonly to: string },
    accept: (end: WireEnd<Here>) => Handlers<There> | undefined,
    opened: (end: WireEnd<There> | undefined) => Handlers<Here> | undefined,
    rule: SilenceRule = "each",
  ): void {
    const { from, to } = route;
    const isOrdered = rule === "primaryLosesFirst";
    const isBlocked = () => this.isCut(from, to) || this.isCut(to, from);
    this.agenda.after(this.delay(), () => {
      const here = newSide(from, isOrdered ? [1.05, 1.4] : [0.8, 1.2], false);
      const there = newSide(to, isOrdered ? [0.6, 1] : [0.8, 1.2], isOrdered);
      const thereHandlers = isBlocked() ? undefined : accept(this.end(there, here));
      if (thereHandlers === undefined) {
        this.agenda.after(this.delay(), () => opened(undefined));
        return;
      }
      // The cast is what a connection is: both ends agree on what they say to each other.
      there.handlers = thereHandlers;
      // Lost before the dialler heard of it: it was not opened.
      here.handlers = { received: () => undefined, lost: () => opened(undefined) };
      const sides = [here, there] as const;
      this.connections.add(sides);
      this.arrive(here, to, () => {
        const handlers = opened(this.end(here, there));
        if (handlers === undefined) this.close(here, there);
        else here.handlers = handlers;
      });
    });
  }

  private end<Message>(side: Side, other: Side): WireEnd<Message> {
    return {
      send: (message) => {
        if (side.isOpen) this.arrive(other, side.host, () => other.handlers?.received(message));
      },
      close: () => this.close(side, other),
    };
  }

  private close(side: Side, other: Side): void {
    if (!side.isOpen) return;
    side.isOpen = false;
    side.queue = [];
    this.arrive(other, side.host, () => this.lose(other, side));
    // Where the news cannot get through, silence says the same.
    if (this.isCut(side.host, other.host)) this.silence(other, side, () => true);
  }

  private lose(side: Side, other: Side): void {
    if (!side.isOpen) return;
    this.close(side, other);
    side.handlers?.lost();
    for (const sides of this.connections) {
      if (sides.includes(side) && !other.isOpen) this.connections.delete(sides);
    }
  }

  private silence(side: Side, other: Side, isStill: () => boolean): void {
    const { silenceMs } = this.options;
    const [least, most] = side.patience;
    this.agenda.after(silenceMs * (least + (most - least) * this.random.next()), () => {
      if (isStill()) this.lose(side, other);
    });
  }

  private arrive(side: Side, from: string, happen: () => void): void {
    side.queue.push(happen);
    this.schedule(side, from);
  }

  private schedule(side: Side, from: string): void {
    const at = Math.max(side.lastArrival, this.agenda.now + this.delay());
    side.lastArrival = at;
    this.agenda.after(at - this.agenda.now, () => {
      if (!side.isOpen) return;
      if (this.isCut(from, side.host)) side.held += 1;
      else side.queue.shift()?.();
    });
  }
}

function newSide(host: string, patience: Side["patience"], wantsEcho: boolean): Side {
  return {
    host,
    patience,
    wantsEcho,
    isOpen: true,
    handlers: undefined,
    lastArrival: 0,
    queue: [],
    held: 0,
  };
}

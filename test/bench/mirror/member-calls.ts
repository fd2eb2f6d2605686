/** What the bench and a member's process say to each other. */

import type { MemberEntry } from "../../../rehearsal/core/configuration.ts";
import type { LoadResult, LoadWish } from "./load.ts";

/** Where a member's ISCAgent listens. */
export interface AgentPlace {
  readonly agentAddress: string;
  readonly agentPort: number;
}

/** How a member that was away caught up, in milliseconds. */
export interface CaughtUp {
  /** From the start of its instance to the first journal record that was new to it. */
  readonly connectMs: number;
  /** From there until all is on its disk. */
  readonly receiveMs: number;
  /** From there until all is in its databases. */
  readonly applyMs: number;
}

/** Bytes of the mirror's history a member has. */
interface Progress {
  /** On its disk. */
  readonly received: number;
  /** In its databases. */
  readonly applied: number;
}

/** What a process has used. */
export interface Figures {
  /** Event loop delay since the last reset. */
  readonly eventLoopMaxMs: number;
  readonly eventLoopP99Ms: number;
  /** Largest resident memory since its start, in bytes. */
  readonly memoryMax: number;
  /** Processor time since the last reset. */
  readonly cpuMs: number;
}

type Soon<T> = T | Promise<T>;

/** What a member can be asked for. */
export interface MemberCalls {
  start(): Soon<AgentPlace & { readonly directory: string }>;
  createMirror(options: Record<string, string>): Soon<void>;
  join(call: { address: AgentPlace; eligibility: MemberEntry["eligibility"] }): Soon<void>;
  createDatabase(): Soon<void>;
  stopInstance(mayFailOver: boolean): Soon<void>;
  status(): Soon<string>;
  /** How many databases of the mirror are not here. */
  missing(): Soon<number>;
  position(): Soon<Progress>;
  /** Starts the instance and waits until it has so many bytes of history. */
  catchUp(to: number): Soon<CaughtUp>;
  writePlain(records: number): Soon<void>;
  load(wish: LoadWish): Soon<LoadResult>;
  resetFigures(): Soon<void>;
  figures(): Soon<Figures>;
  log(): Soon<readonly string[]>;
}

/** A question. */
export interface Request {
  readonly id: number;
  readonly call: keyof MemberCalls;
  readonly argument: unknown;
}

/** Its answer. */
export type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly fault: string };

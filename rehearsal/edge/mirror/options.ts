/** What a mirror runtime is made from. */

import type { Clock } from "../../storage/clock.ts";
import type { DatabaseDownloads } from "../../storage/downloads.ts";
import type { MirroredStore } from "../../storage/types.ts";
import type { CpfFile } from "./configuration-file.ts";
import type { CallSite } from "./site-routine.ts";

/** Everything the mirror of one instance needs from around it. */
export interface MirrorRuntimeOptions {
  /** Name of the instance: `IRIS`. */
  readonly instance: string;
  readonly hostName: string;
  /** Durable directory with its closing slash. */
  readonly instanceDirectory: string;
  /** Where the data channel listens; 0 takes any free port (for tests). */
  readonly superserverPort: number;
  /** Port of the own ISCAgent. */
  readonly agentPort: number;
  readonly store: MirroredStore;
  readonly configuration: CpfFile;
  /** Why the databases do not allow this member to become primary, asked when all journal is
   *  applied; empty when they do. */
  readonly unmetRequirements: () => readonly string[];
  /** Runs the site's routine `^ZMIRROR`.
   *  @default there is none */
  readonly callSite?: CallSite;
  /** Where databases are taken from other members, and given to them.
   *  @default the release downloads nothing */
  readonly downloads?: DatabaseDownloads | undefined;
  readonly clock?: Clock;
  /** GUID of this instance, the same as long as its volume lives: with it a join that was
   *  interrupted can be repeated.
   *  @default a new one at each join */
  readonly memberGuid?: string;
  /** Upper-case UUIDs. */
  readonly newGuid: () => string;
  readonly log: (severity: 0 | 1 | 2, category: string, text: string) => void;
  /** Asked at start, create, join and StartMirror. */
  readonly mayMirror: () => { readonly service: boolean; readonly license: boolean };
  /** True when journal files of a mirror of that name are left over here (error 2174). */
  readonly hasLeftoverJournal?: (mirror: string) => boolean;
  /** Another member is primary: the instance must end at once. */
  readonly onForcedDown: () => void;
}

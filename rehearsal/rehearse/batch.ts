/** What coordinator and workers say to each other. */

/** Seeds to play, first and last. */
export interface Batch {
  readonly first: number;
  readonly last: number;
  readonly events: number;
}

/** A run in which something did not hold. */
export interface FailedRun {
  readonly seed: number;
  readonly faults: readonly string[];
  /** The last lines of its picture. */
  readonly picture: readonly string[];
}

/** What came of a batch. */
export interface BatchResult {
  readonly runs: number;
  readonly events: number;
  /** Processor time of the thread that played it. */
  readonly cpuMs: number;
  readonly failed: readonly FailedRun[];
}

/** How long a test waits for each event before it says that it did not happen. Derived where they
 *  stand; one factor for slow machines. */

const patience = Number(process.env["IRIS_MIRROR_PATIENCE"] ?? 1);

const seconds = (value: number): number => value * 1000 * patience;

export const budgets = {
  /** A container starts in half a second, its instance in two; ten times that on a busy machine. */
  memberBackMs: seconds(25),
  /** The first start of an instance copies its durable directory (2 s), then an installer makes
   *  three databases (1 s); twenty times that on a busy machine. */
  installedMs: seconds(60),
  /** A journal cycle is 100 ms, its way to the backup a few more; the README promises a second, and
   *  a session that looks costs up to a second itself on a busy machine. */
  recordArrivesMs: seconds(5),
  /** SIGKILL takes effect at once; the process table is asked through the engine. */
  processGoneMs: seconds(10),
  /** The longest drill lasts four times the trouble timeout at the default QoS, and two starts. */
  drillMs: seconds(240),
} as const;

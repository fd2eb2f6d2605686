/** How long Pulumi waits for each resource before it gives up. The verbs have budgets of their own
 *  and give up first, with what they saw; these only end what no longer answers at all. */

/** Room above a verb's own budget, so that its message arrives before Pulumi's does. */
const room = 60;

/** Seconds per step, before patience. Each is the sum of the waits inside the verb. */
const stepSeconds = {
  /** A helper container, its image present (120), around a few questions to Docker (30 each). */
  "own-volume": 210 + room,
  /** Start of an instance, recovery of its journals included (300), and one session (30). */
  ready: 330 + room,
  /** Compiling a handful of classes: a few lines of a session, each at most 120. */
  "load-code": 390 + room,
  /** One look and one call (30 and 120). */
  service: 180 + room,
  /** A call (120), then the first member becomes primary (60). Or the primary was taken out: it is
   *  ready to hand over (60), stops (330), the other becomes primary (60), it starts (300). */
  form: 990 + room,
  /** A primary is awaited (60), a call (120), the backup catches up (180). On removal it hands over
   *  (750), is connected (180), leaves (120), stops (330) and starts (300). */
  join: 1740 + room,
  /** A primary is awaited (60), a call (120), the database is normal (180). On removal a member may
   *  have to come back (300). */
  database: 390 + room,
  /** Calls and catching up (600), and for each database that must be copied a wait for its source
   *  (660), the copy (540) and its proof (540). How many is not known: eight of the largest. */
  databases: 600 + 8 * 1740 + room,
  /** Calls only (120 each), a handful. */
  namespaces: 390 + room,
  /** Two looks and calls in a session (30 and 120), a merge (120) and its file (30 each). */
  settings: 360 + room,
  /** A primary is awaited (60), a few classes, one call (120 each). */
  app: 390 + room,
  /** Arbiter controlled mode (60), databases caught up (180), a record travels (30). */
  verify: 330 + room,
} as const;

/** A step as Pulumi declares it. */
export type StepName = keyof typeof stepSeconds;

/** Creating a container is quick; a stale one of ours may have to stop first. */
const containerCreateSeconds = 60;

/** Patience as a text for `customTimeouts`. */
function timeout(seconds: number, patience: number): string {
  return `${Math.ceil(seconds * patience)}s`;
}

/** Limits of a step, alike for all it may do. */
export function stepTimeouts(step: StepName, patience: number) {
  const limit = timeout(stepSeconds[step], patience);
  return { create: limit, update: limit, delete: limit };
}

/** Limits of a container: it is deleted when it has stopped by itself, or had its grace. */
export function containerTimeouts(stopGraceSeconds: number, patience: number) {
  return {
    create: timeout(stopGraceSeconds + containerCreateSeconds + room, patience),
    delete: timeout(stopGraceSeconds + room, patience),
  };
}

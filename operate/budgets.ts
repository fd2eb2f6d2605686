/** How long anything may take: one named budget per event, each with its derivation. Waiting ends
 *  as soon as the state is there; a budget only says when to give up. */

/** Multiplies every budget, for slow machines: IRIS_MIRROR_PATIENCE=3.
 *  @throws RangeError when it is set and not a positive number. */
export function patienceOf(environment: Readonly<Record<string, string | undefined>>): number {
  const text = environment["IRIS_MIRROR_PATIENCE"];
  if (text === undefined || text === "") {
    return 1;
  }
  const patience = Number(text);
  if (!Number.isFinite(patience) || patience <= 0) {
    throw new RangeError(`IRIS_MIRROR_PATIENCE: "${text}" is not a positive number`);
  }
  return patience;
}

const seconds = 1000;

/** All budgets in milliseconds, before patience. */
export const budgets = {
  /** One Docker command that only asks or removes. They take 50 to 200 ms; an engine that is busy
   *  with sixteen containers was seen to take seconds. */
  docker: 30 * seconds,
  /** A helper container: create, start, one chown, remove; the image is local. */
  helperContainer: 120 * seconds,
  /** First answer of a session: docker exec, sign-on, the first line. */
  sessionOpen: 30 * seconds,
  /** A line that acts and does not wait. Joining talks to the partner's agent, whose own limits
   *  are within this. */
  sessionLine: 120 * seconds,
  /** What one member may take to be looked at in a preview. */
  lookAtMember: 4 * seconds,
  /** Start of an instance: first start copies the durable directory, a later one may recover
   *  journals. A container that ends is noticed at once, so this may be long. */
  instanceStart: 300 * seconds,
  /** `iris stop`: [Startup] ShutdownTimeout is 300 s by default. Source: RACS Startup. */
  instanceStop: 330 * seconds,
  /** A new mirror's first member becomes primary: seconds. A failover in progress may come first,
   *  bounded by the trouble timeout (2 x QoS). Source: GHA_mirror_set. */
  primary: 60 * seconds,
  /** A joining backup connects, fetches what it lacks and becomes active. */
  backup: 180 * seconds,
  /** Arbiter controlled mode follows when backup and arbiter are connected; each connection is
   *  tried for at most the QoS timeout (8 s by default), and tried again. */
  failoverReady: 60 * seconds,
  /** A partner whose container was just replaced starts, reconnects and is active again. */
  partnerBack: 300 * seconds,
  /** From "may go" until the container is gone: a graceful stop within the grace period (300 s by
   *  default), and as much again for the steps between. An older mark is of a run that died. */
  memberGoes: 600 * seconds,
  /** An empty mirrored database: its few journal records are applied. */
  database: 180 * seconds,
  /** A file is copied while its instance is frozen. The product lets updates wait after 600 s of a
   *  freeze; ours ends by itself before that. Source: Backup.General ExternalFreeze. */
  copy: 540 * seconds,
  /** Another step copies from the same instance, or a backup of the host has it frozen. */
  frozen: 660 * seconds,
  /** Reading a copy again and writing it through to the disk: at least 50 MB/s of 27 GB, which is
   *  what the time of a copy allows at that rate. */
  sealCopy: 540 * seconds,
  /** A record on its way to a member that is caught up: one journal cycle. */
  record: 30 * seconds,
} as const;

/** What a copy may take of `most`, the budget of the largest (nine minutes): one for the helper to
 *  start on a busy machine, the other eight for 9.6 GB or more, which is 20 MB/s. So the freeze
 *  that a killed run leaves on a small database ends by itself after a minute. */
export function copyLimitMs(bytes: number, most: number): number {
  return most * Math.min(1, (1 + 8 * (bytes / 9.6e9)) / 9);
}

export type BudgetName = keyof typeof budgets;

/** Pause between two looks from outside, when the look itself cannot wait. A session costs about
 *  150 ms of two processors, so asking without a pause would slow the start that is waited for. */
export const lookAgainMs = 150;

/** How long to trust a log that does not say that the instance has started: its words are not the
 *  contract of any version. */
export const askAnywayMs = 2 * seconds;

/** Pause between two looks at members that take a minute to come back. */
export const lookAtPartnerMs = 1 * seconds;

/** Pause between two questions in a session that is open: a question costs about a millisecond. */
export const askAgainMs = 100;

/** A wait that takes longer than this says so. */
export const progressMs = 2 * seconds;

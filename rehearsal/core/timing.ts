/** Every waiting time of the mirror, derived from its quality of service timeout. */

/** Range and default of QOSTimeout in milliseconds. Source: Config.Mirrors. */
export const qosTimeoutMs = { least: 0, most: 300_000, usual: 8000 } as const;

/** No channel can be judged faster than this, whatever QoS says.
 *  Assumed: the product's own lower limit is not documented. */
const shortestSilenceMs = 500;

/** A connection that said nothing for so long is lost. Half of QoS: the documentation calls QoS
 *  the longest wait and half of it the shortest. Source: GHA_mirror_set_config. */
export function silenceMs(qos: number): number {
  return Math.max(shortestSilenceMs, qos / 2);
}

/** How often each side of a connection says that it lives: eight times before it is called lost. */
export function heartbeatMs(qos: number): number {
  return silenceMs(qos) / 8;
}

/** A backup calls a silent primary lost only so much later than the primary calls a silent backup
 *  lost: two heartbeats for the primary to look, one in reserve. So a primary that is cut off has
 *  stopped serving before anybody else can begin. */
export function followerSilenceMs(qos: number): number {
  return silenceMs(qos) + 3 * heartbeatMs(qos);
}

/** How long the primary waits in trouble before it goes on without its backup, in agent
 *  controlled mode. Source: Config.Mirrors.TroubleTimeout: twice QoS, at least 5 s. */
export function troubleMs(qos: number): number {
  return Math.max(5000, 2 * qos);
}

/** How long a primary that hands over on a person's word waits for its heir.
 *  Assumed: not documented; an active backup needs the rest of the journal and a switch of files,
 *  well under a second, a slow machine ten times that. */
export function yieldMs(qos: number): number {
  return Math.max(5000, qos);
}

/** How long whoever asked for that waits: the primary's time twice, once to end its writing and
 *  once for the heir. */
export function byHandMs(qos: number): number {
  return 2 * yieldMs(qos);
}

/** How long a member that is forced to become primary looks for its partner before.
 *  Source: GHA_mirror_set_member_change 6.2.3. */
export const forceWaitMs = 60_000;

/** How long the arbiter waits for a sign of life from a primary that the backup has lost. With
 *  the backup's silence before it (eleven sixteenths of QoS) this stays below QoS. */
export function arbiterWaitMs(qos: number): number {
  return Math.max(shortestSilenceMs / 2, qos / 4);
}

/** Between two attempts of a member that waits for its partner or its primary.
 *  Assumed: the product retries for ever, at an interval nobody documents. */
export const retryMs = 1000;

/** Between two questions to the site's routine, whether this member may be primary now.
 *  Source: GHA_mirror_set_config (^ZMIRROR). */
export const siteRetryMs = 30_000;

/** Between two looks at a partner that is just becoming primary. */
export const soonMs = 100;

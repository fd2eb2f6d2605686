/** `/api/monitor/metrics` in Prometheus text: the mirror's metrics and the one about alerts. The
 *  product has many more; they are not there, so whoever needs one misses it.
 *  Source: GCM table III-10 (names, values). */

import { statusNumbers, typeNumbers } from "../../core/metrics.ts";
import type { PageSource } from "./page.ts";

interface Metric {
  readonly name: string;
  /** Assumed: wording; that values and meanings stand there is known from captured outputs. */
  readonly help: string;
  /** `undefined`: this member does not have it. */
  readonly value: number | undefined;
}

function meanings(numbers: Readonly<Record<string, number>>): string {
  const known = Object.entries(numbers).map(([word, number]) => `${number}=${word}`);
  return known.join(", ");
}

function metricsOf(source: PageSource): readonly Metric[] {
  const { memberType, status, failoverReady } = source.mirror().metrics;
  const isMember = status !== undefined;
  return [
    {
      name: "iris_mirror_failover_ready",
      help: "Whether this failover member is ready for a failover: 1=ready, 0=not",
      value: failoverReady,
    },
    {
      name: "iris_mirror_member_type",
      help: `Mirror member type: ${meanings(typeNumbers)}`,
      value: memberType,
    },
    {
      name: "iris_mirror_missing_databases",
      help: "Databases in the mirror journal that are not configured on this member",
      value: isMember ? source.missingDatabases().length : undefined,
    },
    {
      name: "iris_mirror_status",
      help: `Mirror member status: ${meanings(statusNumbers)}`,
      value: status,
    },
    {
      name: "iris_system_alerts_new",
      help: "Whether there are alerts nobody has read: 1=yes, 0=no",
      value: source.alerts.areWaiting ? 1 : 0,
    },
  ];
}

/** The whole text, in the order of the names.
 *  Assumed: every imitated release has all of them; the first one that does was not found. */
export function metricsText(source: PageSource): string {
  const lines = metricsOf(source).flatMap(({ name, help, value }) => {
    if (value === undefined) return [];
    const described = [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`];
    const head = source.profile.describesMetrics ? described : [];
    return [...head, `${name} ${value}`];
  });
  return `${lines.join("\n")}\n`;
}

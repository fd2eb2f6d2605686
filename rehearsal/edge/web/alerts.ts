/** `/api/monitor/alerts`: the severe lines of messages.log since it was last asked for.
 *  Source: GCM; published answers. */

import type { Alert } from "../alerts.ts";

const two = (value: number): string => String(value).padStart(2, "0");

/** Local time with a `Z` behind it, as seen on real instances. */
function stamp(at: Date): string {
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const time = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
  return `${date}T${time}.${String(at.getMilliseconds()).padStart(3, "0")}Z`;
}

/** The alerts as JSON. */
export function alertsText(alerts: readonly Alert[]): string {
  const rows = alerts.map(({ at, severity, text }) => ({
    time: stamp(at),
    severity: String(severity),
    message: text,
  }));
  return JSON.stringify(rows);
}

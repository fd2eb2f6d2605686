/** What `iris list` and `iris qlist` say about the instance. Source: GSA "The iris Command";
 *  samples of running, mirrored and stopped instances. */

import type { Profile } from "../../profile.ts";

/** What is known about the instance. */
export interface InstanceStatus {
  readonly name: string;
  readonly directory: string;
  readonly dataDirectory: string;
  /** `running`, `down`, `sign-on inhibited:primary transition` … */
  readonly state: string;
  /** Since when it runs, or when it was last used. */
  readonly at: Date | undefined;
  readonly superserverPort: number;
  readonly webPort: number | undefined;
  /** `ok`, `warn`, `alert`, `hung`; empty while down. */
  readonly health: string;
  /** `Failover`, `Disaster Recovery` …; empty when it is no mirror member. */
  readonly memberType: string;
  readonly memberStatus: string;
}

const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const;
const months = [
  "Jan",
  "Feb",
  "Mar",
  "Apr",
  "May",
  "Jun",
  "Jul",
  "Aug",
  "Sep",
  "Oct",
  "Nov",
  "Dec",
] as const;

/** A date as C's `ctime` writes it: `Wed Aug  4 07:12:45 2021`. */
export function ctime(at: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const time = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
  const day = String(at.getDate()).padStart(2, " ");
  const date = `${weekdays[at.getDay()] ?? ""} ${months[at.getMonth()] ?? ""} ${day}`;
  return `${date} ${time} ${at.getFullYear()}`;
}

function stateText(status: InstanceStatus): string {
  if (status.at === undefined) return status.state;
  const word = status.state === "down" ? "last used" : "since";
  return `${status.state}, ${word} ${ctime(status.at)}`;
}

/** The line of `iris qlist`: 14 fields between `^`. */
export function qlistLine(status: InstanceStatus, profile: Profile): string {
  return [
    status.name,
    status.directory,
    profile.build,
    stateText(status),
    "iris.cpf",
    status.superserverPort,
    status.webPort ?? 0,
    0,
    status.health,
    "IRIS",
    status.memberType,
    status.memberStatus,
    status.dataDirectory.replace(/\/$/, ""),
    status.superserverPort,
  ].join("^");
}

/** The block of `iris list`. */
export function listBlock(status: InstanceStatus, profile: Profile): string {
  // Assumed: labels indented by eight blanks (two copies of samples differ).
  const row = (label: string, value: string) => `        ${`${label}:`.padEnd(14)}${value}`;
  const web = status.webPort === undefined ? "" : `, WebServer = ${status.webPort}`;
  const lines = [
    "",
    `Configuration '${status.name}'   (default)`,
    row("directory", status.directory),
    row("versionid", profile.build),
    row("datadir", status.dataDirectory.replace(/\/$/, "")),
    row("conf file", `iris.cpf  (SuperServer port = ${status.superserverPort}${web})`),
    row("status", stateText(status)),
  ];
  if (status.memberType !== "") {
    lines.push(
      `        mirroring: Member Type = ${status.memberType}; Status = ${status.memberStatus}`,
    );
  }
  if (status.health !== "") lines.push(row("state", status.health));
  lines.push(row("product", "InterSystems IRIS"));
  return `${lines.join("\n")}\n`;
}

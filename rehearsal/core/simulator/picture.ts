/** A run as a picture: one line for each event that shows, one column for the arbiter and each
 *  member. A failover is a shape one can see. */

import { failoverMode } from "../views.ts";
import type { PhaseName } from "../phases.ts";
import type { Machine } from "./machine.ts";
import type { World } from "./world.ts";

/** One line of the picture. */
export interface PictureLine {
  /** Simulated milliseconds since the beginning. */
  readonly at: number;
  /** Arbiter, then each member in the order in which they came. */
  readonly columns: readonly string[];
  readonly text: string;
}

const symbols: Readonly<Record<PhaseName, string>> = {
  off: "x",
  notMember: "-",
  stopped: "off",
  validating: "?",
  deciding: "?",
  seeking: "?",
  retrieving: "get",
  becoming: ">P",
  primary: "P",
  trouble: "P!",
  handingOver: "P>",
  yielding: "P>",
  connecting: "dial",
  synchronizing: "sync",
  backup: "B",
  connected: "C",
  bereaved: "B?",
  inconsistent: "bad",
  forcedDown: "x",
};

/** What the columns mean, for whoever sees the picture for the first time. */
export const legend: readonly string[] = [
  "P primary   P! in trouble (P!! without limit)   P> handing over   >P becoming primary",
  "B active backup   B? backup without its primary   C async   sync catching up   dial connecting",
  "? deciding, or an async seeking its primary   get fetching journal   off mirror not started   bad inconsistent",
  "x down (x- its agent too)   * arbiter controlled, as this member sees it",
];

/** The columns of this moment. */
export function columnsOf({ arbiter, machines }: World): readonly string[] {
  return [arbiter.isUp ? "up" : "x", ...[...machines.values()].map(symbolOf)];
}

function symbolOf({ process, isAgentUp }: Machine): string {
  if (process?.isAlive !== true) return isAgentUp ? "x" : "x-";
  const { state } = process;
  const { phase } = state;
  const isUnlimited = phase.name === "trouble" && !phase.isBounded;
  const isArbitrated = failoverMode(state) === "Arbiter Controlled" && symbols[phase.name] !== "x";
  const mode = isArbitrated ? "*" : "";
  return `${symbols[phase.name]}${isUnlimited ? "!" : ""}${mode}`;
}

/** Narrower for many. */
const columnWidth = (members: number): number => (members > 4 ? 6 : 8);
const arbiterWidth = 8;
const timeWidth = 9;

/** The picture as text. */
export function drawn(
  title: string,
  members: readonly string[],
  lines: readonly PictureLine[],
): readonly string[] {
  const width = columnWidth(members.length);
  const heads = "arbiter".padEnd(arbiterWidth) + members.map((head) => head.padEnd(width)).join("");
  return [
    title,
    `${"ms".padStart(timeWidth)}  ${heads}`,
    ...lines.map(({ at, columns, text }) => {
      const cells = columns.map((cell, index) => cell.padEnd(index === 0 ? arbiterWidth : width));
      const padded = cells.join("").padEnd(arbiterWidth + width * members.length);
      return `${String(at).padStart(timeWidth)}  ${padded}${text}`;
    }),
  ];
}

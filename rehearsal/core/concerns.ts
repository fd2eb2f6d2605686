/** What in a member's state needs a person's eye, worst first. The words in it are the product's;
 *  which of them are a concern is this engine's opinion, taken from what the documentation says of
 *  each. Source: %SYSTEM.Mirror, GHA_mirror_manage (meaning of the words). */

import type { MemberState } from "./state.ts";
import * as views from "./views.ts";

/** `severe`: it does not do its part now. `warning`: look at it. */
export type Severity = "severe" | "warning" | "fine";

/** One sentence for a person. */
export interface Concern {
  readonly severity: Exclude<Severity, "fine">;
  readonly text: string;
}

const severities: readonly Severity[] = ["severe", "warning", "fine"];

/** Worst first; equals stay as they are. */
export function worstFirst<T>(items: readonly T[], severity: (item: T) => Severity): T[] {
  const rank = (item: T): number => severities.indexOf(severity(item));
  return [...items].sort((one, other) => rank(one) - rank(other));
}

const bySeverity: Readonly<Record<string, Severity>> = {
  Primary: "fine",
  Backup: "fine",
  Connected: "fine",
  Transition: "warning",
  Synchronizing: "warning",
};

/** How bad the monitor's word for a member's status is; all others are severe. */
export function statusSeverity(status: string): Severity {
  return bySeverity[status] ?? "severe";
}

const ownMeaning: Readonly<Record<string, string>> = {
  "Not Initialized": "its mirror configuration is not loaded yet",
  "In Trouble": "it lost its active backup and acknowledges nothing meanwhile",
  Transition: "it may become primary; look again",
  Synchronizing: "it is catching up",
  Waiting: "it cannot become Primary, Backup or Connected now; it goes on trying",
  Stopped: "mirroring does not run here and does not start by itself",
  Crashed: "the mirror's first job is gone; restart the instance",
};

function ofMembers(state: MemberState): Concern[] {
  return views.memberRows(state).flatMap(({ name, type, status }) => {
    const isSelf = name === state.local?.name;
    const own = statusSeverity(status);
    // A lost async member takes nothing from the failover pair.
    const severity = own === "severe" && !isSelf && type !== "Failover" ? "warning" : own;
    if (severity === "fine") return [];
    const meaning = isSelf ? ownMeaning[status] : undefined;
    const text =
      meaning === undefined ? `${name} is ${status}.` : `${name} is ${status}: ${meaning}.`;
    return [{ severity, text }];
  });
}

function ofFailover(state: MemberState): Concern[] {
  if (views.memberType(state) !== "Failover") return [];
  const { ready, reason } = views.failoverReady(state);
  if (ready) return [];
  return [{ severity: "warning", text: `Not ready for a failover: ${lowerFirst(reason)}.` }];
}

function ofArbiter(state: MemberState): Concern[] {
  const { configuration, arbiter } = state;
  const isFailover = views.memberType(state) === "Failover";
  if (!isFailover || configuration?.arbiter === undefined) return [];
  if (arbiter.isConnected && arbiter.seesPartner) return [];
  return [{ severity: "warning", text: `${views.arbiterConnection(state)}.` }];
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** Everything that needs an eye, worst first. Nothing outside of a mirror. */
export function concerns(state: MemberState): readonly Concern[] {
  if (views.memberType(state) === "Not Member") return [];
  const found = [...ofMembers(state), ...ofFailover(state), ...ofArbiter(state)];
  return worstFirst(found, ({ severity }) => severity);
}

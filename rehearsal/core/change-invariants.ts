/** What must hold of every step of a member, and of a mirror in the end. The rules of a moment
 *  stand in `invariants.ts`. */

import { entryOf } from "./configuration.ts";
import { overridingWarrant } from "./override-invariants.ts";
import type { PhaseName } from "./phases.ts";
import { noFailoverForbids } from "./primary-guard.ts";
import type { MemberState } from "./state.ts";
import type { TracedStep } from "./step.ts";
import { transitions } from "./transitions.ts";
import { dejournalingStopped, memberRows } from "./views.ts";

/** A rule about one step, in prose and in code. */
interface ChangeInvariant {
  readonly name: string;
  readonly prose: string;
  /** What is wrong; `undefined` when it holds. */
  readonly check: (before: MemberState, taken: TracedStep) => string | undefined;
}

const alongTheTable: ChangeInvariant = {
  name: "a role changes along the table",
  prose: "A member goes from one phase to another only by a row of the table that says so.",
  check(before, { row, state }) {
    const from = before.phase.name;
    const to = state.phase.name;
    if (from === to && row === undefined) return undefined;
    const isTold =
      row !== undefined && transitions.includes(row) && row.from.includes(from) && row.to === to;
    return isTold ? undefined : `${from} → ${to} by ${row?.id ?? "no row"}`;
  },
};

/** Phases from which nobody gets the primary role: it left the history, was forced down, was
 *  stopped, or gives the role away. */
const barred: readonly PhaseName[] = [
  "inconsistent",
  "forcedDown",
  "stopped",
  "off",
  "handingOver",
];

const entitled: ChangeInvariant = {
  name: "nobody becomes primary who may not",
  prose:
    "No member becomes primary that is inconsistent, forced down or stopped, whose membership is " +
    "not validated (ValidatedMember=0), that is no failover member, or, unless a person asked for " +
    "it by BecomePrimary, while no failover is set for another one. A DR async that a person " +
    "promotes is validated and a failover member by that, on its disk, before it begins.",
  check(before, { state }) {
    const isNew = state.phase.name === "becoming" && before.phase.name !== "becoming";
    return isNew ? barrier(before, state) : undefined;
  },
};

function barrier(before: MemberState, after: MemberState): string | undefined {
  // Whoever makes a mirror had no configuration before; whoever is promoted, another role.
  const isPromoted = overridingWarrant(after.phase)?.kind === "promotion";
  const isNewRole = before.configuration === undefined || isPromoted;
  const { configuration, local } = isNewRole ? after : before;
  if (barred.includes(before.phase.name)) return `it was ${before.phase.name}`;
  if (configuration === undefined || local === undefined) return "it is no member";
  if (!local.isValidated) return "its membership is not validated";
  if (entryOf(configuration, local.name)?.eligibility !== "failover") return "no failover member";
  const isForbidden = before.byHand === undefined && noFailoverForbids(configuration, local.name);
  return isForbidden ? "no failover is set" : undefined;
}

const saysThatItLeft: ChangeInvariant = {
  name: "whoever left the history says so",
  prose:
    "A member that finds itself inconsistent writes so into its log, as severe, and shows that it " +
    "waits and that its dejournaling is stopped.",
  check(before, { state, effects }) {
    const isNew = state.phase.name === "inconsistent" && before.phase.name !== "inconsistent";
    if (!isNew) return undefined;
    const isLogged = effects.some(
      (effect) =>
        effect.do === "log" &&
        effect.line.severity === 2 &&
        effect.line.text.includes("its data is inconsistent with the mirror"),
    );
    if (!isLogged) return "its log does not say so";
    const own = memberRows(state).find(({ name }) => name === state.local?.name);
    const isShown = own?.status === "Waiting" && own.dejournaling === dejournalingStopped;
    return isShown ? undefined : `it shows ${own?.status} and ${own?.dejournaling}`;
  },
};

/** All rules about a step. */
export const changeInvariants: readonly ChangeInvariant[] = [
  alongTheTable,
  entitled,
  saysThatItLeft,
];

/** What is wrong with a step, as sentences. */
export function changeViolations(before: MemberState, taken: TracedStep): readonly string[] {
  if (before.phase === taken.state.phase) return nothingWrong;
  return changeInvariants.flatMap(({ name, check }) => {
    const fault = check(before, taken);
    return fault === undefined ? [] : [`${name}: ${fault}`];
  });
}

const nothingWrong: readonly string[] = [];

/** A rule about a whole run. */
export const healing = {
  name: "the mirror heals",
  prose:
    "When nothing fails any more, everything runs, and a person has undone what persons did, there " +
    "is a primary with an active backup, arbiter controlled where there is an arbiter, every async " +
    "is connected, and every database gets the next write.",
} as const;

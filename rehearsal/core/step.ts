/** One member's machine: pure, total, deterministic. */

import { settleByHand } from "./becoming-by-hand.ts";
import type { Effect } from "./effects.ts";
import type { EventType, MemberEvent } from "./events.ts";
import { stay, andThen, type Reaction, type Row } from "./machine.ts";
import type { MemberReport } from "./messages.ts";
import { isPrimaryPhase, type PhaseName } from "./phases.ts";
import { conclude } from "./reassigning.ts";
import { reactions } from "./reactions.ts";
import { memberReports } from "./reports.ts";
import type { MemberState, Step } from "./state.ts";
import { transitions } from "./transitions.ts";

/** A step, with the row of the table that was taken, if the phase changed by one. */
export interface TracedStep extends Step {
  readonly row: Row | undefined;
}

/** Looked at for every event of every member: two looks, and no text is put together. */
const rowsByPhase = new Map<PhaseName, Map<EventType, Row[]>>();
for (const row of transitions) {
  for (const phase of row.from) {
    const rows = rowsByPhase.get(phase) ?? new Map<EventType, Row[]>();
    rows.set(row.event, [...(rows.get(row.event) ?? []), row]);
    rowsByPhase.set(phase, rows);
  }
}

const reactionsByEvent = new Map<EventType, Reaction[]>();
for (const reaction of reactions) {
  reactionsByEvent.set(reaction.event, [...(reactionsByEvent.get(reaction.event) ?? []), reaction]);
}

/** What becomes of a member when something happens to it. */
export function step(state: MemberState, event: MemberEvent): TracedStep {
  const rows = rowsByPhase.get(state.phase.name)?.get(event.type);
  const row = rows?.find((candidate) => candidate.applies(state, event));
  const taken = row === undefined ? react(state, event) : row.act(state, event);
  const expected = row?.to ?? state.phase.name;
  if (taken.state.phase.name !== expected) {
    throw new Error(
      `${row?.id ?? event.type} in phase ${state.phase.name} led to ` +
        `${taken.state.phase.name} and not to ${expected}`,
    );
  }
  return { ...andThen(andThen(andThen(taken, settleByHand), conclude), tellReports), row };
}

function react(state: MemberState, event: MemberEvent): Step {
  const { name } = state.phase;
  const fitting = reactionsByEvent
    .get(event.type)
    ?.find(({ from }) => from === "any" || from.includes(name));
  return fitting === undefined ? stay(state) : fitting.act(state, event);
}

/** A primary tells its members whenever what it knows of them has changed. */
function tellReports(state: MemberState): Step {
  if (!isPrimaryPhase(state.phase)) return stay(state);
  const reports = memberReports(state);
  if (sameReports(reports, state.reports)) return stay(state);
  const messages = Object.values(state.peers)
    .filter((peer) => peer.stage !== "greeted")
    .map(({ link }): Effect => ({
      do: "send",
      link,
      message: { kind: "report", members: reports },
    }));
  return stay({ ...state, reports }, ...messages);
}

function sameReports(one: readonly MemberReport[], other: readonly MemberReport[]): boolean {
  return (
    one.length === other.length &&
    one.every((report, index) => {
      const known = other[index];
      return (
        known?.name === report.name &&
        known.isConnected === report.isConnected &&
        known.isActive === report.isActive &&
        known.isCaughtUp === report.isCaughtUp
      );
    })
  );
}

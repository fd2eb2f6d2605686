/** How the rules of a member are written down: rows that change its phase, reactions that do
 *  not. */

import type { Effect } from "./effects.ts";
import type { EventOf, EventType, MemberEvent } from "./events.ts";
import type { Phase, PhaseName, PhaseOf } from "./phases.ts";
import type { MemberState, Step } from "./state.ts";

/** What a guard or an action looks at. */
export interface Scene<out From extends PhaseName, out Type extends EventType> {
  readonly state: MemberState;
  readonly phase: PhaseOf<From>;
  readonly event: EventOf<Type>;
}

/** One row of the table as it is written. */
export interface RowText<From extends PhaseName, Type extends EventType> {
  /** Short and unique; tests name it. */
  readonly id: string;
  readonly from: readonly From[];
  readonly event: Type;
  readonly to: PhaseName;
  /** The guard in words; without one the row always applies. */
  readonly when?: string;
  readonly test?: (scene: Scene<From, Type>) => boolean;
  readonly act: (scene: Scene<From, Type>) => Step;
  readonly why: string;
  /** Documentation page key, or `Assumed: …`. */
  readonly source: string;
}

/** One row of the table as `step` uses it. */
export interface Row {
  readonly id: string;
  readonly from: readonly PhaseName[];
  readonly event: EventType;
  readonly to: PhaseName;
  readonly when: string | undefined;
  readonly why: string;
  readonly source: string;
  readonly applies: (state: MemberState, event: MemberEvent) => boolean;
  readonly act: (state: MemberState, event: MemberEvent) => Step;
}

/** Something that happens within a phase. */
export interface Reaction {
  readonly from: readonly PhaseName[] | "any";
  readonly event: EventType;
  readonly act: (state: MemberState, event: MemberEvent) => Step;
}

function sceneOf<From extends PhaseName, Type extends EventType>(
  from: readonly From[] | undefined,
  type: Type,
  state: MemberState,
  event: MemberEvent,
): Scene<From, Type> | undefined {
  if (!isEvent(event, type)) return undefined;
  if (!isPhase(state.phase, from)) return undefined;
  return { state, phase: state.phase, event };
}

function isEvent<Type extends EventType>(event: MemberEvent, type: Type): event is EventOf<Type> {
  return event.type === type;
}

function isPhase<From extends PhaseName>(
  phase: Phase,
  names: readonly From[] | undefined,
): phase is PhaseOf<From> {
  return names === undefined || names.some((name) => name === phase.name);
}

/** Makes a row, so that guard and action see the right phase and event. */
export function row<From extends PhaseName, Type extends EventType>(
  text: RowText<From, Type>,
): Row {
  const { id, from, event: type, to, why, source } = text;
  return {
    id,
    from,
    event: type,
    to,
    when: text.when,
    why,
    source,
    applies(state, event) {
      const scene = sceneOf(from, type, state, event);
      return scene !== undefined && (text.test?.(scene) ?? true);
    },
    act(state, event) {
      const scene = sceneOf(from, type, state, event);
      return scene === undefined ? stay(state) : text.act(scene);
    },
  };
}

/** Makes a reaction of these phases. */
export function reaction<From extends PhaseName, Type extends EventType>(
  from: readonly From[],
  type: Type,
  act: (scene: Scene<From, Type>) => Step,
): Reaction {
  return {
    from,
    event: type,
    act(state, event) {
      const scene = sceneOf(from, type, state, event);
      return scene === undefined ? stay(state) : act(scene);
    },
  };
}

/** Makes a reaction of every phase. */
export function reactionAnywhere<Type extends EventType>(
  type: Type,
  act: (scene: Scene<PhaseName, Type>) => Step,
): Reaction {
  return {
    from: "any",
    event: type,
    act(state, event) {
      const scene = sceneOf<PhaseName, Type>(undefined, type, state, event);
      return scene === undefined ? stay(state) : act(scene);
    },
  };
}

/** Nothing changes but what is said here. */
export function stay(state: MemberState, ...effects: readonly Effect[]): Step {
  return { state, effects };
}

/** The state in another phase. */
export function enter(state: MemberState, phase: Phase, ...effects: readonly Effect[]): Step {
  return { state: { ...state, phase }, effects };
}

/** One step after another: the effects of both, in order. */
export function andThen(first: Step, next: (state: MemberState) => Step): Step {
  const second = next(first.state);
  return { state: second.state, effects: [...first.effects, ...second.effects] };
}

/** A fresh number. */
export function numbered(state: MemberState): { state: MemberState; number: number } {
  const number = state.lastNumber + 1;
  return { state: { ...state, lastNumber: number }, number };
}

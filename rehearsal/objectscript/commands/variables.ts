/** `kill`, `zkill`, `new`, `merge`. Source: RCOS. */

import { compilePlace } from "../compile/parts.ts";
import { combine, isImmediate, runCode, type Code } from "../compile/code.ts";
import { variablesFor } from "../compile/scope.ts";
import type { CommandContext, Execute } from "../compile/statement.ts";
import { NotSimulated } from "../errors.ts";
import { stackDepth } from "../functions/system-functions.ts";
import type { Running } from "../host.ts";
import type { Value } from "../value.ts";
import type { Frame, Variables } from "../run/frame.ts";
import type { Place } from "../run/place.ts";
import type { Process } from "../run/process.ts";
import { normal } from "../run/signal.ts";
import type { Action, MergeItem, NewItem, VariableItem } from "../syntax/statements.ts";
import { runIndirect } from "./indirect.ts";
import { awaitWritable, inSequence, whenWritable } from "./sequence.ts";

type KillAction = Extract<Action, { command: "kill" | "zkill" | "killexcept" }>;
type NewAction = Extract<Action, { command: "new" | "newexcept" }>;

/** Compiles `kill` in all its forms. */
export function compileKill(action: KillAction, context: CommandContext): Execute {
  if (action.command === "killexcept") return killExcept(new Set(action.names));
  const change = action.command === "kill" ? killPlace : killValue;
  return inSequence(
    action.items.map((item) => compileKillItem(item, { change, command: action.command }, context)),
  );
}

const killPlace = (place: Place): void => place.kill();
const killValue = (place: Place): void => place.killValue();

function compileKillItem(
  item: VariableItem,
  { change, command }: { readonly change: (place: Place) => void; readonly command: string },
  context: CommandContext,
): Execute {
  if (item.kind === "indirect") return runIndirect(command, item, context);
  return onPlace(compilePlace(item.variable, context.scope), change);
}

/** Changes a place when it may be changed. */
function onPlace(code: Code<Place>, change: (place: Place) => void): Execute {
  if (isImmediate(code)) {
    return (frame) => {
      const place = code.now(frame);
      return whenWritable(place, () => change(place));
    };
  }
  return function* (frame) {
    const place = yield* runCode(code, frame);
    const outcome = whenWritable(place, () => change(place));
    return typeof outcome === "number" ? outcome : yield* outcome;
  };
}

/** All variables of this level but the named ones. */
function killExcept(kept: ReadonlySet<string>): Execute {
  return (frame) => {
    for (const [name, node] of frame.variables) {
      if (!kept.has(name)) node.kill([]);
    }
    return normal;
  };
}

/** Compiles `new` in all its forms. */
export function compileNew(action: NewAction, context: CommandContext): Execute {
  if (action.command === "newexcept") return newExcept(new Set(action.names));
  const renewals = action.names.map((item) => compileNewItem(item, context));
  const all = inSequence(renewals);
  return (frame) => {
    const outcome = all(frame);
    frame.newCommands += 1;
    return outcome;
  };
}

function compileNewItem(item: NewItem, context: CommandContext): Execute {
  if (item.kind === "indirect") return runIndirect("new", item, context);
  if (item.kind === "special") return (frame) => newSpecial(frame, item.name);
  const find = variablesFor(context.scope, item.name);
  return (frame) => {
    frame.renew(find(frame), item.name);
    return normal;
  };
}

function newSpecial(frame: Frame, name: string): typeof normal {
  const { process } = frame;
  const { host, stackBase } = process;
  if (name === "namespace") {
    const { namespace } = host;
    frame.onLeave(() => {
      host.namespace = namespace;
    });
  } else if (name === "estack") {
    process.stackBase = stackDepth(frame);
    frame.onLeave(() => {
      process.stackBase = stackBase;
    });
  } else if (name === "roles") throw new NotSimulated("NEW $ROLES");
  return normal;
}

function newExcept(kept: ReadonlySet<string>): Execute {
  return (frame) => {
    const hidden = [...frame.variables.keys()].filter((name) => !kept.has(name));
    for (const name of hidden) frame.renew(frame.variables, name);
    removeLater(frame, frame.variables, kept);
    frame.newCommands += 1;
    return normal;
  };
}

/** Variables that came up after `new (a)` go with the frame too. */
function removeLater(frame: Frame, variables: Variables, kept: ReadonlySet<string>): void {
  const before = new Set(variables.keys());
  frame.onLeave(() => {
    for (const name of [...variables.keys()]) {
      if (!before.has(name) && !kept.has(name)) variables.delete(name);
    }
  });
}

/** Copies a whole array: all of it is read before the first node is set, so that an array may be
 *  merged into a part of itself. */
function* merge(into: Place, from: Place, process: Process): Running<void> {
  const entries: (readonly [readonly string[], Value])[] = [];
  for (const entry of from.entries()) {
    entries.push(entry);
    if (process.step()) yield process.slicePause;
  }
  for (const [subscripts, value] of entries) {
    const place = subscripts.length === 0 ? into : into.below(subscripts);
    yield* awaitWritable(place);
    place.set(value);
    if (process.step()) yield process.slicePause;
  }
}

/** Compiles `merge`. */
export function compileMerge(items: readonly MergeItem[], { scope }: CommandContext): Execute {
  return inSequence(
    items.map(({ target, source }): Execute => {
      const both = combine(
        compilePlace(target, scope),
        compilePlace(source, scope),
        (into, from) => ({ into, from }),
      );
      return function* (frame) {
        const { into, from } = yield* runCode(both, frame);
        yield* merge(into, from, frame.process);
        return normal;
      };
    }),
  );
}

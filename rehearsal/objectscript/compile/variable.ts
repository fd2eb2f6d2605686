/** Compiles variables: reading them, and the places that commands change. */

import { compileSubscripts, compileText } from "./parts.ts";
import { fail } from "../errors.ts";
import type { GlobalReference } from "../host.ts";
import { GlobalPlace } from "../run/global-place.ts";
import type { LocalNode } from "../run/local-node.ts";
import { LocalPlace, type RootFinder } from "../run/local-place.ts";
import { valueAt, type Place } from "../run/place.ts";
import { demandVariable, type Frame, type Variables } from "../run/frame.ts";
import type { GlobalVariable, LocalVariable, VariableNode } from "../syntax/nodes.ts";
import type { Value } from "../value.ts";
import { combine, map, type Code } from "./code.ts";
import { compileIndirectPlace } from "./indirection.ts";
import { compileInstancePlace, compileMemberPlace } from "./member-place.ts";
import { variablesFor, type Scope } from "./scope.ts";

/** The place a variable names. */
export function compilePlace(variable: VariableNode, scope: Scope): Code<Place> {
  switch (variable.type) {
    case "local":
      return compileLocalPlace(variable, scope);
    case "global":
      return compileGlobalPlace(variable, scope);
    case "indirect":
      return compileIndirectPlace(variable, scope);
    case "instance":
      return compileInstancePlace(variable, scope);
    case "member":
      return compileMemberPlace(variable, scope);
  }
}

/** The value of a variable; `<UNDEFINED>` when it has none. */
export function compileRead(variable: VariableNode, scope: Scope): Code<Value> {
  if (variable.type !== "local") return map(compilePlace(variable, scope), valueAt);
  const { name } = variable;
  const find = variablesFor(scope, name);
  if (variable.subscripts.length === 0) {
    return { now: (frame) => find(frame).get(name)?.value ?? fail("<UNDEFINED>", `*${name}`) };
  }
  return map(compileSubscripts(variable.subscripts, scope), (subscripts, frame) => {
    const value = find(frame).get(name)?.find(subscripts)?.value;
    return value ?? valueAt(localPlace(name, find(frame), subscripts));
  });
}

function rootIn(variables: Variables, name: string): RootFinder {
  function root(create: true): LocalNode;
  function root(create: false): LocalNode | undefined;
  function root(create: boolean): LocalNode | undefined {
    const known = variables.get(name);
    return known ?? (create ? demandVariable(variables, name) : undefined);
  }
  return root;
}

function localPlace(name: string, variables: Variables, subscripts: readonly string[]): Place {
  return new LocalPlace({ name, prefix: "*", root: rootIn(variables, name) }, subscripts);
}

function compileLocalPlace(variable: LocalVariable, scope: Scope): Code<Place> {
  const { name } = variable;
  const find = variablesFor(scope, name);
  return map(compileSubscripts(variable.subscripts, scope), (subscripts, frame) => {
    const root = rootIn(find(frame), name);
    return new LocalPlace({ name, prefix: "*", root }, subscripts);
  });
}

function compileGlobalPlace(variable: GlobalVariable, scope: Scope): Code<Place> {
  const subscripts = compileSubscripts(variable.subscripts, scope);
  const { name, environment } = variable;
  if (environment === "processPrivate") {
    return map(subscripts, (found, frame) => privateGlobalPlace(name, found, frame));
  }
  if (name === "") return map(subscripts, nakedPlace);
  if (environment === undefined) {
    return map(
      subscripts,
      (found, frame) => new GlobalPlace(frame.process, { name, subscripts: found }),
    );
  }
  const place = compileText(environment, scope);
  return combine(place, subscripts, (where, found, frame) => {
    const extended = where === "" ? {} : { environment: where };
    return new GlobalPlace(frame.process, { name, subscripts: found, ...extended });
  });
}

/** `^||name`. */
function privateGlobalPlace(name: string, subscripts: readonly string[], frame: Frame): Place {
  const root = rootIn(frame.process.privateGlobals, name);
  return new LocalPlace({ name: `^||${name}`, prefix: "", root }, subscripts);
}

/** `^(…)`: the last subscript of the global used last is replaced.
 *  @throws ObjectScriptError `<NAKED>` before any global was used */
function nakedPlace(subscripts: readonly string[], frame: Frame): Place {
  const last: GlobalReference | undefined = frame.process.naked;
  if (last === undefined || last.subscripts.length === 0) return fail("<NAKED>");
  return new GlobalPlace(frame.process, {
    ...last,
    subscripts: [...last.subscripts.slice(0, -1), ...subscripts],
  });
}

/** Sets an unsubscripted local without a detour; `undefined` for any other variable. */
export function compileQuickSet(
  variable: VariableNode,
  scope: Scope,
): ((frame: Frame, value: Value) => void) | undefined {
  if (variable.type !== "local" || variable.subscripts.length > 0) return undefined;
  const { name } = variable;
  const find = variablesFor(scope, name);
  return (frame, value) => {
    demandVariable(find(frame), name).value = value;
  };
}

/** The variable itself, for passing it by reference. */
export function compileNode(name: string, scope: Scope): (frame: Frame) => LocalNode {
  const find = variablesFor(scope, name);
  return (frame) => demandVariable(find(frame), name);
}

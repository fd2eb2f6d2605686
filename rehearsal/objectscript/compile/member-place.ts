/** Properties as places, for the commands and functions that need one. */

import { compileExpression, compileSubscripts } from "./parts.ts";
import { propertyPlace } from "../classes/members.ts";
import { getProperty } from "../classes/members.ts";
import { requireObject } from "../classes/dispatch.ts";
import { fail, SyntaxFault } from "../errors.ts";
import { toText } from "../numbers.ts";
import type { Frame } from "../run/frame.ts";
import { LocalNode } from "../run/local-node.ts";
import { LocalPlace } from "../run/local-place.ts";
import type { Place } from "../run/place.ts";
import type { Expression, InstanceVariable, MemberNode } from "../syntax/nodes.ts";
import type { Value } from "../value.ts";
import { all, combine, isImmediate, map, type Code } from "./code.ts";
import type { Scope } from "./scope.ts";

/** `i%Name(subscripts)`. */
export function compileInstancePlace(variable: InstanceVariable, scope: Scope): Code<Place> {
  return map(compileSubscripts(variable.subscripts, scope), (subscripts, frame) =>
    propertyPlace(frame.self ?? fail("<NO CURRENT OBJECT>"), variable.name, subscripts),
  );
}

/** The object a member belongs to: `object.Name`, or the one whose method runs for `..Name`. */
export function compileOwner(object: Expression | undefined, scope: Scope): Code<Value> {
  if (object !== undefined) return compileExpression(object, scope);
  return { now: (frame: Frame) => frame.self ?? fail("<NO CURRENT OBJECT>") };
}

/** Subscripts written as arguments of a member. */
export function memberSubscripts(node: MemberNode, scope: Scope): Code<readonly string[]> {
  const subscripts = (node.args ?? []).map((argument) => {
    if (argument.kind !== "value") throw new SyntaxFault(node.at);
    return map(compileExpression(argument.expression, scope), toText);
  });
  return all(subscripts);
}

/** `object.Name(subscripts)` as a place. A property of a class written in TypeScript gives a copy
 *  of its value: enough for functions that read, of no effect for those that write. */
export function compileMemberPlace(node: MemberNode, scope: Scope): Code<Place> {
  const owner = compileOwner(node.object, scope);
  const subscripts = memberSubscripts(node, scope);
  const both = combine(owner, subscripts, (object, keys) => ({ object, keys }));
  return {
    *later(frame) {
      const { object, keys } = isImmediate(both) ? both.now(frame) : yield* both.later(frame);
      const instance = requireObject(object);
      const property = instance.runtimeClass.properties.get(node.name);
      if (property?.isMultidimensional === true) return propertyPlace(instance, node.name, keys);
      const copy = new LocalNode();
      copy.value = yield* getProperty(frame.process, object, node.name);
      return new LocalPlace({ name: node.name, prefix: ".", root: () => copy }, keys);
    },
  };
}

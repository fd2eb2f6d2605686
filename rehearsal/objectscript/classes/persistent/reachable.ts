/** Whether a program can still reach an object. */

import type { Variables } from "../../run/frame.ts";
import type { LocalNode } from "../../run/local-node.ts";
import type { Process } from "../../run/process.ts";
import { isObject, type Value } from "../../value.ts";
import { ObjectInstance } from "../instance.ts";

/** Looks through the variables of all frames, the objects whose methods run, and what they hold. */
export function isReachable(process: Process, wanted: ObjectInstance): boolean {
  const seen = new Set<object>();
  const holds = (value: Value | undefined): boolean =>
    value !== undefined && isObject(value) && value instanceof ObjectInstance && reaches(value);
  const reaches = (object: ObjectInstance): boolean => {
    if (object === wanted) return true;
    if (seen.has(object)) return false;
    seen.add(object);
    return [...object.properties.values()].some(inNode);
  };
  const inNode = (node: LocalNode): boolean => {
    for (const [, value] of node.entries()) if (holds(value)) return true;
    return false;
  };
  const inVariables = (variables: Variables): boolean => {
    if (seen.has(variables)) return false;
    seen.add(variables);
    return [...variables.values()].some(inNode);
  };
  if (inVariables(process.publics) || holds(process.thrown)) return true;
  for (let frame = process.frame; frame !== undefined; frame = frame.parent) {
    if (frame.self !== undefined && reaches(frame.self)) return true;
    if (inVariables(frame.variables)) return true;
  }
  return false;
}

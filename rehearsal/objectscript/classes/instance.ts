/** Objects while they live. They go when nothing refers to them any more; their numbers are never
 *  used again. */

import { fail } from "../errors.ts";
import type { LocalNode } from "../run/local-node.ts";
import type { ObjectReference } from "../value.ts";
import type { RuntimeClass } from "./runtime-class.ts";

/** An object: properties of classes in source, and the state of classes written in TypeScript. */
export class ObjectInstance implements ObjectReference {
  readonly kind = "object";
  readonly id: number;
  readonly runtimeClass: RuntimeClass;
  readonly properties: ReadonlyMap<string, LocalNode>;
  /** State by the name of the class written in TypeScript that keeps it. */
  readonly states = new Map<string, unknown>();

  constructor(id: number, runtimeClass: RuntimeClass, properties: ReadonlyMap<string, LocalNode>) {
    this.id = id;
    this.runtimeClass = runtimeClass;
    this.properties = properties;
  }

  get className(): string {
    return this.runtimeClass.name;
  }
}

/** Where an object keeps one of its properties.
 *  @throws ObjectScriptError `<PROPERTY DOES NOT EXIST>` */
export function propertyNode(object: ObjectInstance, name: string): LocalNode {
  return (
    object.properties.get(name) ?? fail("<PROPERTY DOES NOT EXIST>", `*${name},${object.className}`)
  );
}

/** What an object of a persistent class knows of its stored self. */

import type { Process } from "../../run/process.ts";
import type { ObjectInstance } from "../instance.ts";
import { dataGlobal, persistentName } from "./extent.ts";
import { isReachable } from "./reachable.ts";

/** Kept with the object. */
export interface StoredState {
  /** `undefined` until it was saved. */
  id: string | undefined;
  /** The list as it was read or written last. */
  list: string | undefined;
}

/** The state of an object; `undefined` for one of another class. */
export function storedState(object: ObjectInstance): StoredState | undefined {
  return object.states.get(persistentName) as StoredState | undefined;
}

/** Makes the object one that can be saved. */
export function attachStored(object: ObjectInstance, state: StoredState): StoredState {
  object.states.set(persistentName, state);
  return state;
}

/** Objects that one process has in memory, by where they are stored. */
export class OpenObjects {
  private readonly byPlace = new Map<string, WeakRef<ObjectInstance>>();
  private sweepAt = 1_000;

  /** Remembers an object that has an id now. */
  add(process: Process, object: ObjectInstance, id: string): void {
    this.byPlace.set(keyOf(process, object.className, id), new WeakRef(object));
    if (this.byPlace.size < this.sweepAt) return;
    for (const [key, held] of this.byPlace) {
      if (held.deref() === undefined) this.byPlace.delete(key);
    }
    this.sweepAt = 2 * this.byPlace.size + 1_000;
  }

  /** The object with that id, where the program can still reach it: one that it cannot reach is
   *  gone for the product, even if this engine's memory still has it. */
  find(process: Process, className: string, id: string): ObjectInstance | undefined {
    const held = this.byPlace.get(keyOf(process, className, id))?.deref();
    return held !== undefined && isReachable(process, held) ? held : undefined;
  }
}

function keyOf(process: Process, className: string, id: string): string {
  return `${process.host.namespace}\n${dataGlobal(className)}\n${id}`;
}

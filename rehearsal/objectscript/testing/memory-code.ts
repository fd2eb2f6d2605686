/** Source of classes and routines in memory. */

import type { CodeStore } from "../host.ts";

/** One store for all namespaces. */
export class MemoryCode implements CodeStore {
  private readonly classes: Map<string, string>;
  private readonly routines: Map<string, string>;
  private changes = 0;

  constructor(
    classes: Readonly<Record<string, string>>,
    routines: Readonly<Record<string, string>>,
  ) {
    this.classes = new Map(Object.entries(classes));
    this.routines = new Map(Object.entries(routines));
  }

  get version(): string {
    return String(this.changes);
  }

  classSource(name: string): string | undefined {
    return this.classes.get(name);
  }

  saveClass(name: string, source: string): void {
    this.changes += 1;
    this.classes.set(name, source);
  }

  deleteClass(name: string): void {
    this.changes += 1;
    this.classes.delete(name);
  }

  classNames(): string[] {
    return [...this.classes.keys()].sort();
  }

  routineSource(name: string): string | undefined {
    return this.routines.get(name);
  }

  saveRoutine(name: string, source: string): void {
    this.changes += 1;
    this.routines.set(name, source);
  }
}

/** Instances for tests of the storage. */

import { mkdirSync } from "node:fs";
import type { Clock } from "../clock.ts";
import { InstanceStore } from "../instance-store.ts";
import { drive, type ProcessStore, type StoreProcess } from "../process-store.ts";
import { untilWritable } from "../globals.ts";
import type { GlobalReference } from "../../objectscript/host.ts";

let guids = 0;

/** What an instance under test said. */
export interface TestInstance {
  readonly store: InstanceStore;
  readonly messages: string[];
}

/** Opens the store in a directory; the caller closes it. */
export async function openInstance(dataDirectory: string, clock?: Clock): Promise<TestInstance> {
  const messages: string[] = [];
  const store = await InstanceStore.open({
    dataDirectory,
    release: "2022.1",
    build: "2022.1.0.209.0",
    log: (severity, _, text) => messages.push(`${severity} ${text}`),
    newGuid: () => {
      guids += 1;
      return `GUID-${process.pid}-${guids}`;
    },
    ...(clock === undefined ? {} : { clock }),
  });
  return { store, messages };
}

/** Creates databases, each with a namespace of its name; directories lie beside `mgr/`. */
export async function addDatabases(
  store: InstanceStore,
  dataDirectory: string,
  ...names: string[]
): Promise<void> {
  for (const name of names) {
    const directory = `${dataDirectory}db/${name.toLowerCase()}/`;
    mkdirSync(directory, { recursive: true });
    store.configuration.set("Databases", name, directory);
    store.configuration.set("Namespaces", name, name);
    await store.createDatabase(directory);
  }
  store.configuration.save();
}

/** A process that writes as the evaluator does: it asks before each change. */
export class TestProcess implements StoreProcess {
  readonly store: ProcessStore;
  readonly jobNumber: number;
  namespace: string;

  constructor(instance: InstanceStore, namespace: string, jobNumber = 1) {
    this.namespace = namespace;
    this.jobNumber = jobNumber;
    this.store = instance.process(this);
  }

  async set(name: string, subscripts: readonly string[], value: string): Promise<void> {
    const reference = { name, subscripts };
    await this.writable(reference);
    this.store.globals.set(reference, value);
  }

  async kill(name: string, subscripts: readonly string[] = []): Promise<void> {
    const reference = { name, subscripts };
    await this.writable(reference);
    this.store.globals.kill(reference);
  }

  async increment(name: string, subscripts: readonly string[] = []): Promise<string> {
    const reference = { name, subscripts };
    await this.writable(reference);
    return this.store.globals.increment(reference, "1");
  }

  private async writable(reference: GlobalReference): Promise<void> {
    await drive(untilWritable(this.store.globals, reference));
  }

  get(name: string, ...subscripts: string[]): string | undefined {
    return this.store.globals.get({ name, subscripts });
  }

  /** Every node of a global, in order. */
  all(name: string): [string[], string][] {
    const nodes: [string[], string][] = [];
    const root = this.get(name);
    if (root !== undefined) nodes.push([[], root]);
    let next = this.store.globals.query({ name, subscripts: [] }, 1);
    for (; next !== undefined; next = this.store.globals.query({ name, ...next }, 1)) {
      nodes.push([[...next.subscripts], next.value ?? ""]);
    }
    return nodes;
  }

  begin(): void {
    this.store.transactions.start();
  }

  async commit(): Promise<void> {
    await drive(this.store.transactions.commit());
  }

  async rollback(levels?: number): Promise<void> {
    await drive(this.store.transactions.rollback(levels));
  }
}

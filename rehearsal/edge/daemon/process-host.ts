/** One process of the instance as the evaluator sees it: the store, the classes, the devices. */

import type { Device, NativeClass, ProcessHost } from "../../objectscript/host.ts";
import { delay, systemClock } from "../../storage/clock.ts";
import type { InstanceStore } from "../../storage/instance-store.ts";
import { findNamespace } from "../../storage/namespaces.ts";
import type { ProcessStore } from "../../storage/process-store.ts";
import type { Value } from "../../objectscript/value.ts";
import { FileDevice } from "./file-device.ts";

/** What a process can ask of the table of all processes. */
export interface ProcessControl {
  /** Starts a job; its number. */
  start(entry: string, namespace: string): number;
  /** Ends the process of that number; false when there is none. */
  end(jobNumber: number, exitStatus: number): boolean;
}

/** What all processes of an instance share. */
export interface Surroundings {
  readonly store: InstanceStore;
  /** `$zversion`. */
  readonly version: string;
  readonly control: ProcessControl;
  nativeClass(name: string): NativeClass | undefined;
}

/** A process with the part of the store it sees. */
export interface HostedProcess {
  readonly host: ProcessHost;
  readonly store: ProcessStore;
}

/** Makes the host of a process that begins in a namespace.
 *  @throws ObjectScriptError `<NAMESPACE>` when there is no such namespace */
export function hostProcess(
  around: Surroundings,
  jobNumber: number,
  begins: { readonly namespace: string; readonly principal: Device },
): HostedProcess {
  const place = new ProcessPlace(around.store, jobNumber, begins.namespace);
  const store = around.store.process(place);
  const host: ProcessHost = {
    jobNumber,
    username: "irisowner",
    roles: "%All",
    get namespace() {
      return place.namespace;
    },
    set namespace(name) {
      place.namespace = name;
    },
    globals: store.globals,
    transactions: store.transactions,
    locks: store.locks,
    principal: begins.principal,
    code: store.code,
    nativeClass: (name) => visible(around.nativeClass(name), place.namespace),
    version: around.version,
    now: () => ({
      epochMs: Date.now(),
      offsetMinutes: -new Date().getTimezoneOffset(),
    }),
    random: () => Math.random(),
    hang: (ms) => delay(systemClock, ms),
    job: (entry) => around.control.start(entry, place.namespace),
    terminate: (other, exitStatus): Value =>
      around.control.end(other ?? jobNumber, exitStatus) ? 1 : 0,
    openFile: (name, mode) => new FileDevice(name, mode),
  };
  return { host, store };
}

/** `SYS.*`, `Config.*`, `Security.*` are seen from %SYS alone. */
function visible(found: NativeClass | undefined, namespace: string): NativeClass | undefined {
  if (found?.namespace !== undefined && found.namespace !== namespace) return undefined;
  return found;
}

/** Number and current namespace of a process: what the store looks at for every reference. */
class ProcessPlace {
  readonly jobNumber: number;
  private readonly view: InstanceStore["configuration"];
  private current: string;

  constructor(store: InstanceStore, jobNumber: number, namespace: string) {
    this.view = store.configuration;
    this.jobNumber = jobNumber;
    this.current = findNamespace(this.view, namespace).name;
  }

  get namespace(): string {
    return this.current;
  }

  set namespace(name: string) {
    this.current = findNamespace(this.view, name).name;
  }
}

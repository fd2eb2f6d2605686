/** Makes the machine busy: a process per processor that only loops, until the end of its scope. */

import { spawn, type ChildProcess } from "node:child_process";
import { availableParallelism } from "node:os";

/** Busy for as long as it is in scope. */
export class Load implements Disposable {
  private readonly processes: readonly ChildProcess[];

  constructor() {
    const busy = ["--eval", "for (;;);"];
    this.processes = Array.from({ length: availableParallelism() }, () =>
      spawn(process.execPath, busy, { stdio: "ignore" }),
    );
  }

  /** True while all of it still runs. */
  get isBusy(): boolean {
    return this.processes.every(({ exitCode, signalCode }) => exitCode === null && !signalCode);
  }

  [Symbol.dispose](): void {
    for (const child of this.processes) child.kill("SIGKILL");
  }
}

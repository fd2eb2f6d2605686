/** All processes of the instance: sessions of people and scripts, and jobs. */

import {
  createCodeCache,
  createProcess,
  type ObjectScriptProcess,
} from "../../objectscript/process.ts";
import type { Device, Running } from "../../objectscript/host.ts";
import { NullDevice } from "./session-device.ts";
import {
  hostProcess,
  type HostedProcess,
  type ProcessControl,
  type Surroundings,
} from "./process-host.ts";
import { Scheduler, type Task } from "./scheduler.ts";

/** Exit status of a process that was ended from outside. */
const endedFromOutside = 1;

/** Job numbers begin here: never a number an operating system process of the container has, and
 *  short enough to read. */
const firstJobNumber = 10_001;

/** What runs in one process. */
export type Program = (process: ObjectScriptProcess) => Running<number>;

/** A process that was started. */
export interface StartedProcess {
  readonly jobNumber: number;
  /** Exit status, when it has ended and its part of the store is closed. */
  readonly done: Promise<number>;
}

/** Starts, counts and ends processes. */
export class Processes implements ProcessControl {
  private readonly scheduler = new Scheduler();
  private readonly running = new Map<number, Task<number>>();
  private readonly code = createCodeCache();
  private nextNumber = firstJobNumber;
  private isClosed = false;
  private readonly around: Omit<Surroundings, "control">;
  private readonly reportFault: (jobNumber: number, error: unknown) => void;

  /** @param reportFault told when the engine itself fails inside a process */
  constructor(
    around: Omit<Surroundings, "control">,
    reportFault: (jobNumber: number, error: unknown) => void,
  ) {
    this.around = around;
    this.reportFault = reportFault;
  }

  /** Starts a program in a namespace.
   *  @throws ObjectScriptError `<NAMESPACE>`; Error while the instance is stopping */
  run(program: Program, begins: { namespace: string; principal: Device }): StartedProcess {
    if (this.isClosed) throw new Error("the instance is stopping");
    const jobNumber = this.nextNumber++;
    const hosted = hostProcess({ ...this.around, control: this }, jobNumber, begins);
    const task = this.scheduler.run(program(createProcess(hosted.host, this.code)));
    this.running.set(jobNumber, task);
    return { jobNumber, done: this.finish(jobNumber, task, hosted) };
  }

  start(entry: string, namespace: string): number {
    const started = this.run((process) => process.direct(entry), {
      namespace,
      principal: new NullDevice(),
    });
    return started.jobNumber;
  }

  end(jobNumber: number, exitStatus: number): boolean {
    const task = this.running.get(jobNumber);
    task?.end(exitStatus);
    return task !== undefined;
  }

  /** Ends everybody and lets nobody in any more; resolves when all are gone. */
  async close(): Promise<void> {
    this.isClosed = true;
    const tasks = [...this.running.values()];
    for (const task of tasks) task.end(endedFromOutside);
    await Promise.allSettled(tasks.map(({ done }) => done));
  }

  private async finish(
    jobNumber: number,
    task: Task<number>,
    { store }: HostedProcess,
  ): Promise<number> {
    try {
      return await task.done;
    } catch (error) {
      this.reportFault(jobNumber, error);
      return endedFromOutside;
    } finally {
      await store.end();
      this.running.delete(jobNumber);
    }
  }
}

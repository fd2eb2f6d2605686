/** One at a time: operations that mount, dismount, relabel or dejournal databases. */

/** A queue of actions, run one after another. */
export class Mutex {
  private last: Promise<unknown> = Promise.resolve();

  /** Runs the action when all before it are done, whatever became of them. */
  run<T>(action: () => T | Promise<T>): Promise<T> {
    const mine = this.last.then(action);
    this.last = mine.catch(() => undefined);
    return mine;
  }
}

/** Simulated time: what happens when, in one order for one seed. */

interface Entry {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/** A queue of what will happen. Equal times keep the order in which they were written down. */
export class Agenda {
  /** Milliseconds since the beginning. */
  now = 0;
  private readonly heap: Entry[] = [];
  private written = 0;

  /** Writes something down for later. */
  after(delayMs: number, run: () => void): void {
    this.written += 1;
    this.heap.push({ at: this.now + delayMs, order: this.written, run });
    this.rise(this.heap.length - 1);
  }

  /** Lets the next thing happen; false when nothing is left. */
  next(): boolean {
    const first = this.heap[0];
    if (first === undefined) return false;
    const last = this.heap.pop();
    if (last !== undefined && this.heap.length > 0) {
      this.heap[0] = last;
      this.sink(0);
    }
    this.now = first.at;
    first.run();
    return true;
  }

  private comesBefore(one: number, other: number): boolean {
    const left = this.heap[one];
    const right = this.heap[other];
    if (left === undefined || right === undefined) return left !== undefined;
    return left.at === right.at ? left.order < right.order : left.at < right.at;
  }

  private swap(one: number, other: number): void {
    const left = this.heap[one];
    const right = this.heap[other];
    if (left === undefined || right === undefined) return;
    this.heap[one] = right;
    this.heap[other] = left;
  }

  private rise(start: number): void {
    for (let index = start; index > 0;) {
      const parent = (index - 1) >> 1;
      if (!this.comesBefore(index, parent)) return;
      this.swap(index, parent);
      index = parent;
    }
  }

  private sink(start: number): void {
    for (let index = start; ;) {
      const left = 2 * index + 1;
      const right = left + 1;
      const smaller = this.comesBefore(right, left) ? right : left;
      if (smaller >= this.heap.length || !this.comesBefore(smaller, index)) return;
      this.swap(index, smaller);
      index = smaller;
    }
  }
}

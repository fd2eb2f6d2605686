/** Randomness from a seed: the same seed, the same run. */

/** A generator of random numbers (mulberry32). */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** At least 0, below 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  /** True once in so many times. */
  oneIn(count: number): boolean {
    return this.next() * count < 1;
  }

  /** One of these.
   *  @throws Error when there is none */
  pick<T>(from: readonly T[]): T {
    const chosen = from[Math.floor(this.next() * from.length)];
    if (chosen === undefined) throw new Error("Nothing to pick from");
    return chosen;
  }
}

/** Mixes a number into a hash: a chain of them names a whole history. */
export function chained(hash: number, value: number): number {
  let mixed = Math.imul(hash ^ value ^ 0x9e3779b9, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35) ^ value;
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** Mixes a text into a hash. */
export function chainedText(hash: number, text: string): number {
  let mixed = hash;
  for (let index = 0; index < text.length; index++) mixed = chained(mixed, text.charCodeAt(index));
  return mixed;
}

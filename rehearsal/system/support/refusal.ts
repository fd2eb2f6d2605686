/** Thrown by a system class: the number of the product's error and what fills its text. */
export class Refusal extends Error {
  readonly number: number;
  readonly args: readonly string[];

  constructor(number: number, ...args: readonly string[]) {
    super(`ERROR #${number} (${args.join(", ")})`);
    this.number = number;
    this.args = args;
  }
}

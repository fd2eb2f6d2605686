/** What a call into the mirror refuses. */

/** Refused with an error number of the product; whoever called turns it into a %Status.
 *  Source: Error Reference, 2000 to 2179. */
export class MirrorRefusal extends Error {
  readonly number: number;
  readonly args: readonly string[];

  constructor(number: number, ...args: readonly string[]) {
    super(`#${number} ${args.join(", ")}`);
    this.name = "MirrorRefusal";
    this.number = number;
    this.args = args;
  }
}

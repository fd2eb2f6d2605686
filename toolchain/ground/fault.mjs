/** Errors for the person at the keyboard. */

/** Something the reader can mend. Shown without a stack: what was seen, then what to do. */
export class Fault extends Error {
  /**
   * @param {string} seen  starts with its subject
   * @param {string} remedy  what to do
   * @param {number} exitCode  of the command that gives up because of it
   */
  constructor(seen, remedy = "", exitCode = 1) {
    super(remedy === "" ? seen : `${seen}\n${remedy}`);
    this.name = "Fault";
    this.exitCode = exitCode;
  }
}

/**
 * What a caught value says.
 * @param {unknown} problem
 */
export function messageOf(problem) {
  return problem instanceof Error ? problem.message : String(problem);
}

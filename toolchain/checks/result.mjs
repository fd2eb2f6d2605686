/** How a check ended, and what a run of checks says at its end. */

/**
 * @typedef {object} Result
 * @property {string} name  of the check
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped  what could not run; never counted as passed
 * @property {string} remark  why it was not run, or what failed
 */

/**
 * @param {string} name
 * @param {boolean} isGood
 * @param {string} remark
 * @returns {Result} of a check that is one thing
 */
export function single(name, isGood, remark = "") {
  return { name, passed: isGood ? 1 : 0, failed: isGood ? 0 : 1, skipped: 0, remark };
}

/**
 * @param {string} name
 * @param {string} why
 * @returns {Result}
 */
export function notRun(name, why) {
  return { name, passed: 0, failed: 0, skipped: 1, remark: `not run: ${why}` };
}

/**
 * Results of a run of Vitest, from its report. A run that broke has failed, whatever it counted.
 * @param {string} name
 * @param {number} code  exit code of Vitest
 * @param {string} report  its JSON report; empty when it wrote none
 * @returns {Result}
 */
export function fromVitest(name, code, report) {
  /** @type {{ numPassedTests?: number, numFailedTests?: number, numPendingTests?: number,
   *    numTodoTests?: number }} */
  const counts = report === "" ? {} : JSON.parse(report);
  const failed = counts.numFailedTests ?? 0;
  return {
    name,
    passed: counts.numPassedTests ?? 0,
    failed: code === 0 ? failed : Math.max(1, failed),
    skipped: (counts.numPendingTests ?? 0) + (counts.numTodoTests ?? 0),
    remark: code !== 0 && failed === 0 ? `Vitest ended with exit code ${code}` : "",
  };
}

/**
 * Results of `go test -json`.
 * @param {string} name
 * @param {number} code
 * @param {string} events  one JSON object a line
 * @returns {Result}
 */
export function fromGo(name, code, events) {
  const ends = events
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => /** @type {{ Action?: string, Test?: string }} */ (JSON.parse(line)))
    .filter(({ Test }) => Test !== undefined);
  /** @param {string} action */
  const count = (action) => ends.filter(({ Action }) => Action === action).length;
  const failed = count("fail");
  return {
    name,
    passed: count("pass"),
    failed: code === 0 ? failed : Math.max(1, failed),
    skipped: count("skip"),
    remark: code !== 0 && failed === 0 ? `go test ended with exit code ${code}` : "",
  };
}

/**
 * The closing line.
 * @param {readonly Result[]} results
 */
export function closingLine(results) {
  /** @param {"passed" | "failed" | "skipped"} what */
  const sum = (what) => results.reduce((total, result) => total + result[what], 0);
  const skipped = sum("skipped");
  return (
    `${sum("passed")} passed, ${sum("failed")} failed` + (skipped > 0 ? `, ${skipped} skipped` : "")
  );
}

/** Runs checks one after the other, with the time of each, and closes with the line that counts. */

import { interruptedBy } from "../cli/handover.mjs";
import { Fault } from "../ground/fault.mjs";
import { say } from "../ground/progress.mjs";
import { exitCodeOf } from "../ground/signals.mjs";
import { spanInWords } from "../ground/time.mjs";
import { columns } from "../summary.mjs";
import { closingLine } from "./result.mjs";

/** @typedef {import("./result.mjs").Result} Result */

/** Collects results and the time of each. */
export class Results {
  /** @type {(Result & { ms: number })[]} */
  list = [];

  /**
   * @param {string} name  said at the beginning
   * @param {() => Promise<Result>} check
   */
  async take(name, check) {
    say(`\n== ${name}`);
    await this.quietly(check);
  }

  /** @param {() => Promise<Result>} check */
  async quietly(check) {
    const start = Date.now();
    const result = await check();
    this.list.push({ ...result, ms: Date.now() - start });
    const signal = interruptedBy();
    if (signal !== undefined) {
      throw new Fault(`Ended by ${signal} in ${result.name}.`, "", exitCodeOf(signal));
    }
    if (result.remark !== "") {
      say(`${result.name}: ${result.remark}`);
    }
  }
}

/**
 * Runs the checks, shows the time of each, and closes with the line.
 * @param {(results: Results) => Promise<void>} work
 * @returns {Promise<number>} exit code
 */
export async function verdict(work) {
  const results = new Results();
  await work(results);
  const rows = results.list.map(({ name, passed, failed, skipped, ms }) => [
    name,
    closingLine([{ name, passed, failed, skipped, remark: "" }]),
    spanInWords(ms),
  ]);
  say(`\n${columns(rows).join("\n")}`);
  process.stdout.write(`${closingLine(results.list)}\n`);
  return results.list.some(({ failed }) => failed > 0) ? 1 : 0;
}

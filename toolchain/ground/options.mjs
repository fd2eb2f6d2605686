/** The command lines of our own commands. */

import { parseArgs } from "node:util";
import { Fault, messageOf } from "./fault.mjs";

/** Exit code for a command line that is not understood. */
const misused = 2;

/**
 * Reads a command line. `--help` prints the help and gives `undefined`.
 * @param {readonly string[]} args
 * @param {string} help
 * @param {NonNullable<import("node:util").ParseArgsConfig["options"]>} options
 * @returns {{ words: string[], flags: Record<string, string | boolean | undefined> } | undefined}
 */
export function readOptions(args, help, options = {}) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { ...options, help: { type: "boolean", short: "h" } },
    });
    if (values["help"] === true) {
      process.stdout.write(`${help}\n`);
      return undefined;
    }
    return { words: positionals, flags: /** @type {Record<string, string>} */ (values) };
  } catch (problem) {
    // Node.js adds advice about positional arguments that nobody here needs.
    throw new Fault(`${messageOf(problem).split(". ")[0]}.`, help, misused);
  }
}

/**
 * @param {readonly string[]} words
 * @param {number} most
 * @param {string} help
 */
export function refuseMore(words, most, help) {
  if (words.length > most) {
    throw new Fault(`"${words[most]}" is one word too many.`, help, misused);
  }
}

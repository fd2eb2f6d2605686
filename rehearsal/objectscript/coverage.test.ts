/** The README's table of what of the language is there, held against the parser's and the
 *  compiler's own lists: what is added or refused without a word in the table fails here, and so
 *  does a function that the random programs do not know. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { convertFunctions } from "./functions/convert-functions.ts";
import { dateFunctions } from "./functions/date-functions.ts";
import { listFunctions } from "./functions/list-functions.ts";
import { numberFunctions } from "./functions/number-functions.ts";
import { objectFunctions } from "./functions/object-functions.ts";
import { readableSpecials } from "./functions/special-variables.ts";
import { systemFunctions } from "./functions/system-functions.ts";
import { textFunctions } from "./functions/text-functions.ts";
import { variableFunctions } from "./functions/variable-functions.ts";
import { binaryOperations } from "./operators.ts";
import { commandNames, functionNames, refusedCommands, specialNames } from "./syntax/names.ts";
import { functionShapes, specials } from "./testing/fuzz/words.ts";

const compiled = Object.keys({
  ...textFunctions,
  ...variableFunctions,
  ...listFunctions,
  ...numberFunctions,
  ...objectFunctions,
  ...dateFunctions,
  ...convertFunctions,
  ...systemFunctions,
});

/** These have parsers and nodes of their own. */
const ownNodes = ["select", "case"];

/** These have nodes of their own: the right side, or the pattern, is no plain value. */
const ownOperators = ["&&", "||", "?", "'?"];

const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();
const without = (names: Iterable<string>, those: readonly string[]): string[] =>
  sorted(names).filter((name) => !those.includes(name));

const [, table = ""] = readFileSync(join(import.meta.dirname, "README.md"), "utf8").split(
  "## Coverage of the language\n",
);

/** The names in a row of the table. */
function row(what: string): string[] {
  const line = table.split("\n").find((one) => new RegExp(`^\\| ${what} +\\|`).test(one)) ?? "";
  return sorted(
    [...line.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name.replaceAll("\\|", "|")),
  );
}

describe("the table of the language", () => {
  const commands = sorted(commandNames.values());
  const functions = sorted(functionNames.values());
  const special = sorted(specialNames.values());

  it.for([
    ["commands", without(commands, [...refusedCommands, "h"])],
    ["commands refused", sorted(refusedCommands)],
    ["functions", sorted([...compiled, ...ownNodes])],
    ["functions refused", without(functions, [...compiled, ...ownNodes])],
    ["special variables", sorted(readableSpecials)],
    ["special variables refused", without(special, readableSpecials)],
    ["operators", sorted([...Object.keys(binaryOperations), ...ownOperators])],
  ] as const)("names the %s there are, and no other", ([what, names]) => {
    expect(row(what)).toEqual(names);
  });

  it("is what the random programs are made of", () => {
    expect(sorted(Object.keys(functionShapes))).toEqual(sorted(compiled));
    expect(sorted(specials)).toEqual(sorted(readableSpecials));
  });
});

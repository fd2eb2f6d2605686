/** `npm test` and its smaller and larger siblings. Ends with one line: passed, failed, skipped. */

import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { ensureBrowser } from "./checks/browser.mjs";
import { faketimeLibrary } from "./checks/faketime.mjs";
import { fuzzTest, seedsTest } from "./checks/played.mjs";
import { grammarTest } from "./checks/grammar.mjs";
import { pluginTests } from "./checks/plugin.mjs";
import {
  everythingOfOurs,
  remainsCheck,
  removeAbandoned,
  testRunVariable,
} from "./checks/remains.mjs";
import { staticChecks } from "./checks/static.mjs";
import { verdict } from "./checks/verdict.mjs";
import { vitest } from "./checks/vitest.mjs";
import { projectEnvironment } from "./cli/environment.mjs";
import { handOver, interruptedBy } from "./cli/handover.mjs";
import { ensureDependencies, projectNode } from "./dependencies.mjs";
import { stopEngine } from "./engine/own.mjs";
import { reachEngine } from "./engine/reach.mjs";
import { command } from "./ground/entry.mjs";
import { Fault } from "./ground/fault.mjs";
import { readOptions } from "./ground/options.mjs";
import { top } from "./ground/places.mjs";
import { say } from "./ground/progress.mjs";
import { prepare } from "./prepare.mjs";

/** @typedef {import("./checks/verdict.mjs").Results} Results */

const help = `Usage: npm test | npm run test:fast | test:interrupt | grammar | drills | bench

  all        every check: sources, unit, components, Go plugins, seeds, fuzz, grammar,
             scenarios in containers
  fast       what needs no Docker
  grammar    the vendor's grammar over all ObjectScript that is sent to an instance
  interrupt  interrupts an up at every one of its steps, and repairs it each time
  drills     every drill: real faults on real members while clients write
  bench      measures the first deploy beside its floor, and the rehearsal engine in containers

npm test -- <part of a file name> runs only the tests in files of such a name.
npm run drills -- <part of a file name> plays only those; --times <n> each n times, the last third
on a busy machine; --qos <ms> on mirrors with this QoS timeout (2000; the product's own is 8000).
npm run bench -- <rounds> measures so often; 3 when none are given. A word before it, deploy or
engine, measures only that; scale [<members>x<databases>] how deploys grow, up to 16x100.`;

const flags = /** @type {const} */ ({ times: { type: "string" }, qos: { type: "string" } });

/** The drills that every `npm test` plays. */
const handful = "the-primary-goes";

/** @typedef {Readonly<Record<string, string | boolean | undefined>>} Flags */

/** @type {Readonly<Record<string, (filters: string[], given: Flags) => Promise<number>>>} */
const modes = {
  all: (filters) => verdict((results) => all(filters, results)),
  fast: (filters) => verdict((results) => fast(filters, results)),
  grammar: () => verdict((results) => results.take("grammar", grammarTest)),
  interrupt: () => verdict(interrupt),
  drills: (filters, given) => verdict((results) => drills(filters, given, results)),
  bench,
};

await command(async (args) => {
  const options = readOptions(args, help, flags);
  if (options === undefined) {
    return 0;
  }
  const [mode = "all", ...filters] = options.words;
  const run = modes[mode];
  if (run === undefined) {
    throw new Fault(`"${mode}" is not known.`, help, 2);
  }
  await ensureDependencies();
  return run(filters, options.flags);
});

/**
 * @param {readonly string[]} filters
 * @param {Results} results
 */
async function fast(filters, results) {
  const environment = { ...process.env, ...projectEnvironment(process.env, undefined) };
  if (filters.length === 0) {
    say("== format, lint, types, unused code");
    await Promise.all(staticChecks().map(({ run }) => results.quietly(run)));
  }
  for (const project of ["unit", "components"]) {
    await results.take(project, () => vitest(project, environment, filters));
  }
  if (filters.length === 0) {
    await results.take("plugins (Go)", pluginTests);
  }
}

/**
 * @param {readonly string[]} filters
 * @param {Results} results
 */
async function all(filters, results) {
  const prepared = await prepare(["up", "--stack", "test"]);
  await ensureBrowser();
  await fast(filters, results);
  if (filters.length === 0) {
    await results.take("seeds", seedsTest);
    await results.take("fuzz", fuzzTest);
    await results.take("grammar", grammarTest);
  }
  await withEngine(prepared, results, async (environment) => {
    await results.take("scenarios", () => vitest("scenarios", environment, filters));
    const some = filters.length === 0 ? [handful] : filters;
    await results.take("drills", () => vitest("drills", environment, some));
  });
}

/**
 * @param {readonly string[]} filters
 * @param {Flags} given
 * @param {Results} results
 */
async function drills(filters, given, results) {
  const asked = {
    IRIS_MIRROR_DRILL_TIMES: wholeNumber("--times", given["times"] ?? "1", 100),
    IRIS_MIRROR_QOS: wholeNumber("--qos", given["qos"] ?? "2000", 60_000),
    IRIS_MIRROR_FAKETIME: await faketimeLibrary(),
  };
  const prepared = await prepare(["up", "--stack", "test"]);
  await withEngine(prepared, results, async (environment) => {
    await results.take("drills", () => vitest("drills", { ...environment, ...asked }, filters));
  });
}

/**
 * @param {string} option
 * @param {string | boolean} given
 * @param {number} most
 */
function wholeNumber(option, given, most) {
  const number = Number(given);
  if (!Number.isInteger(number) || number < 1 || number > most) {
    throw new Fault(`${option} "${given}": a whole number from 1 to ${most} is allowed.`, help, 2);
  }
  return String(number);
}

/** @param {Results} results */
async function interrupt(results) {
  const prepared = await prepare(["up", "--stack", "test"]);
  await withEngine(prepared, results, async (environment) => {
    const every = { ...environment, IRIS_MIRROR_INTERRUPT: "every" };
    await results.take("interrupt", () => vitest("scenarios", every, ["interrupt"]));
  });
}

/**
 * Works with Docker, sees that nothing is left behind, and stops the engine if it was started for
 * this and nobody else has come to use it.
 * @param {import("./prepare.mjs").Prepared} prepared
 * @param {Results} results
 * @param {(environment: NodeJS.ProcessEnv) => Promise<void>} work
 */
async function withEngine({ docker }, results, work) {
  const host = docker?.engine.host;
  const environment = {
    ...process.env,
    ...projectEnvironment(process.env, host),
    [testRunVariable]: randomBytes(3).toString("hex"),
  };
  const before = await everythingOfOurs(environment);
  try {
    await work(environment);
    await results.quietly(async () => remainsCheck(before, await everythingOfOurs(environment)));
  } finally {
    if (interruptedBy() !== undefined) {
      await removeAbandoned(environment);
    }
    if (docker?.wasStarted === true) {
      await stopUnused();
    }
  }
}

async function stopUnused() {
  const { engine } = await reachEngine();
  if (engine?.runningContainers === 0 && (await stopEngine())) {
    say("The Docker engine that was started for the tests is stopped.");
  }
}

/** @param {string[]} args */
async function bench(args) {
  const isScale = args[0] === "scale";
  const words = isScale ? /^(scale|\d+x\d+)$/ : /^(deploy|engine|[1-9]\d?)$/;
  const unknown = args.find((word) => !words.test(word));
  if (unknown !== undefined) {
    throw new Fault(`"${unknown}": deploy, engine, scale, or a number from 1 to 99.`, help, 2);
  }
  const [program, given] = isScale ? ["scale", args.slice(1)] : ["main", args];
  const { docker } = await prepare(["up", "--stack", "bench"]);
  const environment = {
    ...process.env,
    ...projectEnvironment(process.env, docker?.engine.host),
  };
  return handOver(projectNode(), [join(top, `test/bench/${program}.ts`), ...given], environment);
}

/** Builds the Go programs where they are missing: once per machine, in a temporary folder that is
 *  renamed when all is there. */

import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { cacheFolder } from "../ground/places.mjs";
import { phase, say } from "../ground/progress.mjs";
import { inTurn } from "../ground/turn.mjs";
import { buildFault, ensureGo, go } from "./go.mjs";
import { buildOf, programs, sourceFolder } from "./programs.mjs";

/** @typedef {import("./programs.mjs").Program} Program */

/** Makes sure that every program is built. Quick and silent when all are. */
export async function ensureBuilds() {
  if (missing().length === 0) {
    return;
  }
  await inTurn(join(cacheFolder(), "locks"), "pulumi-build", async () => {
    const wanted = missing();
    if (wanted.length === 0) {
      return;
    }
    await ensureGo();
    const names = wanted.map(({ name }) => name).join(", ");
    say(`Building Pulumi from source, once per machine: ${names}.`);
    say(
      "About 10 minutes on 2 cores and 7 GB of disk; npm run cache shows and clears what is kept.",
    );
    await buildAll(wanted);
  });
}

/** Programs that are not built yet. */
function missing() {
  return programs.filter((program) => !existsSync(buildOf(program)));
}

/**
 * While one program is compiled, the modules of the next are fetched: one waits for the processor,
 * the other for the network.
 * @param {readonly Program[]} wanted
 */
async function buildAll(wanted) {
  // When one build fails, the fetching for the others ends with it.
  const stop = new AbortController();
  const fetches = fetchInTurn(wanted, stop.signal);
  try {
    for (const [index, { program, packages, listen }] of fetches.entries()) {
      await phase(`Building ${program.name} (${index + 1} of ${wanted.length})`, async (report) => {
        report("looking which Go modules it needs");
        listen(report);
        await compile(program, await packages, report);
      });
    }
  } finally {
    stop.abort();
  }
}

/**
 * What is known of a program while its modules are fetched.
 * @typedef {object} Fetch
 * @property {Program} program
 * @property {Promise<number>} packages  how many have to be compiled, once all modules are there
 * @property {(report: (howFar: string) => void) => void} listen  who wants to know how far it is
 */

/**
 * Fetches the modules of one program after the other.
 * @param {readonly Program[]} wanted
 * @param {AbortSignal} signal
 * @returns {Fetch[]}
 */
function fetchInTurn(wanted, signal) {
  /** @type {Promise<unknown>} */
  let before = Promise.resolve();
  return wanted.map((program) => {
    /** @type {(howFar: string) => void} */
    let report = () => undefined;
    const packages = before.then(() =>
      fetchModules(program, signal, (howFar) => {
        report(howFar);
      }),
    );
    // A failure is thrown where its program is built, not before somebody waits for it.
    packages.catch(() => undefined);
    before = packages;
    const listen = (/** @type {typeof report} */ listener) => {
      report = listener;
    };
    return { program, packages, listen };
  });
}

/**
 * Fetches every module the build needs.
 * @param {Program} program
 * @param {AbortSignal} signal
 * @param {(howFar: string) => void} report
 * @returns {Promise<number>} how many packages have to be compiled
 */
async function fetchModules(program, signal, report) {
  const folder = sourceFolder(program);
  let modules = 0;
  const ended = await go(folder, ["list", "-deps", "-tags", program.tags, program.module], {
    signal,
    onLine: (line) => {
      if (line.startsWith("go: downloading ")) {
        modules += 1;
        report(`${modules} Go modules fetched, now ${line.slice(16)}`);
      }
    },
  });
  if (ended.code !== 0) {
    throw buildFault(program.name, folder, ended.stderr);
  }
  return ended.stdout.split("\n").length - 1;
}

/**
 * @param {Program} program
 * @param {number} packages
 * @param {(howFar: string) => void} report
 */
async function compile(program, packages, report) {
  const target = dirname(buildOf(program));
  mkdirSync(dirname(target), { recursive: true });
  removeAbandoned(target);
  const temporary = mkdtempSync(`${target}-building-`);
  try {
    const args = ["build", "-v", "-trimpath", "-tags", program.tags, "-ldflags", program.linking];
    let compiled = 0;
    const folder = sourceFolder(program);
    const file = join(temporary, program.name);
    const ended = await go(folder, [...args, "-o", file, program.module], {
      onLine: () => {
        compiled += 1;
        report(`${compiled} of at most ${packages} packages compiled`);
      },
    });
    if (ended.code !== 0) {
      throw buildFault(program.name, folder, ended.stderr);
    }
    renameSync(temporary, target);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/**
 * What a killed run left half built. It is our turn, so nobody works there.
 * @param {string} target
 */
function removeAbandoned(target) {
  const folder = dirname(target);
  for (const name of readdirSync(folder).filter((entry) => entry.includes("-building-"))) {
    rmSync(join(folder, name), { recursive: true, force: true });
  }
}

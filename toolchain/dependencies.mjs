/** The npm packages of the checkout: exactly those of the lock file, installed once for each. */

import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lastLines, notFound, run } from "./ground/child.mjs";
import { Fault } from "./ground/fault.mjs";
import { cacheFolder, top } from "./ground/places.mjs";
import { phase } from "./ground/progress.mjs";
import { inTurn } from "./ground/turn.mjs";

/** The Node.js that runs this project's TypeScript as it is. */
const neededNode = 24;

/**
 * Entries of a lock file, as far as they are read here.
 * @typedef {{ version?: string, optional?: boolean }} Locked
 */

/** Makes node_modules what the lock file says. Quick and silent when it is. */
export async function ensureDependencies(checkout = top) {
  if (isInstalled(checkout)) {
    return;
  }
  const name = `npm-${createHash("sha256").update(checkout).digest("hex").slice(0, 12)}`;
  await inTurn(join(cacheFolder(), "locks"), name, async () => {
    if (isInstalled(checkout)) {
      return;
    }
    await phase("Installing npm packages", (report) => install(checkout, report));
    writeFileSync(stampFile(checkout), lockHash(checkout));
  });
}

/** Node.js 24 as the lock file installs it, or the one that runs now where npm has none. */
export function projectNode(checkout = top) {
  const installed = join(checkout, "node_modules", ".bin", "node");
  if (existsSync(installed)) {
    return installed;
  }
  if (Number.parseInt(process.versions.node, 10) >= neededNode) {
    return process.execPath;
  }
  throw new Fault(
    `Node.js ${process.versions.node} is too old, and npm has no Node.js ${neededNode} for ` +
      `${process.platform} ${process.arch}.`,
    `Install Node.js ${neededNode} or newer and run this again.`,
  );
}

/** @param {string} checkout */
function stampFile(checkout) {
  return join(checkout, "node_modules", ".iris-mirror-lock");
}

/** @param {string} checkout */
function lockHash(checkout) {
  return createHash("sha256")
    .update(readFileSync(join(checkout, "package-lock.json")))
    .digest("hex");
}

/** @param {string} checkout */
function isInstalled(checkout) {
  const stamp = textOf(stampFile(checkout));
  if (stamp !== undefined) {
    return stamp === lockHash(checkout);
  }
  // Somebody ran npm: what it installed counts when it is what the lock file says.
  const installed = textOf(join(checkout, "node_modules", ".package-lock.json"));
  if (installed === undefined) {
    return false;
  }
  const wanted = readFileSync(join(checkout, "package-lock.json"), "utf8");
  const isSame = hasAll(packagesOf(wanted), packagesOf(installed));
  if (isSame) {
    writeFileSync(stampFile(checkout), lockHash(checkout));
  }
  return isSame;
}

/**
 * True when every package is installed in its version. Optional ones are for other systems.
 * @param {Readonly<Record<string, Locked>>} wanted
 * @param {Readonly<Record<string, Locked>>} installed
 */
export function hasAll(wanted, installed) {
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === "" ||
      installed[path]?.version === version ||
      (optional === true && installed[path] === undefined),
  );
}

/**
 * @param {string} lockFile
 * @returns {Readonly<Record<string, Locked>>}
 */
function packagesOf(lockFile) {
  return JSON.parse(lockFile).packages ?? {};
}

/** @param {string} file */
function textOf(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/**
 * @param {string} checkout
 * @param {(howFar: string) => void} report
 */
async function install(checkout, report) {
  const ended = await run("npm", ["ci", "--no-audit", "--no-fund"], {
    cwd: checkout,
    onLine: (line) => {
      if (!line.startsWith("npm warn")) {
        report(line.trim());
      }
    },
  });
  if (ended.code === 0) {
    return;
  }
  const said = ended.code === notFound ? "npm is not on PATH" : lastLines(ended.stderr, 12);
  throw new Fault(
    `npm could not install the packages of package-lock.json:\n${said}`,
    "Check that npm reaches its registry (npm ping), then run this again.",
  );
}

/** Which Pulumi is used: the user's own, or the one built here. */

import {
  accessSync,
  constants,
  mkdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { delimiter, join } from "node:path";
import { run } from "../ground/child.mjs";
import { cacheFolder } from "../ground/places.mjs";
import { say } from "../ground/progress.mjs";

/** The oldest Pulumi that is used. From 3.238 on a hook that fails stops what it guards, and from
 *  3.249 on Pulumi's SDK asks for the Node.js this project runs on. */
export const oldestUsable = [3, 249, 0];

/** The user's own Pulumi when it is new enough: its path. Otherwise `undefined`. */
export async function usablePulumi(environment = process.env) {
  const own = pulumiOnPath(environment["PATH"] ?? "", cacheFolder(environment));
  if (own === undefined) {
    return undefined;
  }
  const version = await versionOf(own);
  if (isUsable(version)) {
    return own;
  }
  say(
    `${own} is Pulumi ${version || "of an unknown version"}; ${oldestUsable.join(".")} or newer ` +
      "is needed. The project's own build is used.",
  );
  return undefined;
}

/**
 * True for a version this project works with.
 * @param {string} version  as `pulumi version` prints it
 */
export function isUsable(version) {
  const given = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number);
  if (given === undefined) {
    return false;
  }
  const differing = oldestUsable.findIndex((part, index) => part !== given[index]);
  return differing === -1 || (given[differing] ?? 0) > (oldestUsable[differing] ?? 0);
}

/**
 * The first `pulumi` on PATH that is Pulumi itself. Scripts of npm packages are not: ours hands
 * over to whatever is found here, npm's package of that name downloads.
 * @param {string} path
 * @param {string} cache  what lies there was built here
 */
export function pulumiOnPath(path, cache) {
  return path
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, "pulumi"))
    .find((file) => {
      const real = programBehind(file);
      return real !== undefined && !/\.[cm]?js$/.test(real) && !real.startsWith(`${cache}/`);
    });
}

/**
 * The file a name on PATH leads to, when it can be run.
 * @param {string} file
 */
function programBehind(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile() ? realpathSync(file) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Asking takes a quarter of a second, so the answer is kept until the program changes.
 * @param {string} program
 */
async function versionOf(program) {
  const { size, mtimeMs } = statSync(program);
  const key = `${realpathSync(program)} ${size} ${mtimeMs}`;
  const file = join(cacheFolder(), "pulumi-on-path.json");
  const kept = readKept(file);
  if (kept.key === key && kept.version !== undefined) {
    return kept.version;
  }
  const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
  const version = (await run(program, ["version"], { env })).stdout.trim();
  mkdirSync(cacheFolder(), { recursive: true });
  writeFileSync(file, JSON.stringify({ key, version }));
  return version;
}

/**
 * @param {string} file
 * @returns {{ key?: string, version?: string }}
 */
function readKept(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return {};
  }
}

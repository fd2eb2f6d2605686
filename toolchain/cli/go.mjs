/** Go, as it builds the programs: everything it keeps lies in our cache folder, nothing is looked
 *  up beyond the committed go.sum files. */

import { join } from "node:path";
import { lastLines, notFound, run } from "../ground/child.mjs";
import { Fault } from "../ground/fault.mjs";
import { cacheFolder } from "../ground/places.mjs";

/** The first release that takes the modules of the programs: their go.mod files ask for it. */
const neededGo = { major: 1, minor: 26 };

/** Folders of Go's caches: module sources, and compiled packages. */
export function goCaches(cache = cacheFolder()) {
  return { modules: join(cache, "go", "modules"), build: join(cache, "go", "build") };
}

/**
 * The environment of every go command here. The user's proxy settings stay.
 * @returns {NodeJS.ProcessEnv}
 */
function goEnvironment(cache = cacheFolder()) {
  const { modules, build } = goCaches(cache);
  const kept = { ...process.env };
  // A build for another machine than this one would be of no use.
  delete kept["GOOS"];
  delete kept["GOARCH"];
  return {
    ...kept,
    GOMODCACHE: modules,
    GOCACHE: build,
    GOFLAGS: "-mod=readonly -buildvcs=false -modcacherw",
    GOTOOLCHAIN: "local",
    GOWORK: "off",
    CGO_ENABLED: "0",
  };
}

/** @throws Fault when Go is missing or too old */
export async function ensureGo() {
  const ended = await run("go", ["version"], { env: goEnvironment() });
  const given = /go(\d+)\.(\d+)/.exec(ended.stdout);
  if (ended.code === notFound || given === null) {
    throw new Fault(`Pulumi is not installed, and Go, which could build it, is not there.`, remedy);
  }
  const [, major, minor] = given.map(Number);
  if (major === neededGo.major && (minor ?? 0) < neededGo.minor) {
    throw new Fault(
      `Pulumi is not installed, and Go ${major}.${minor} is too old to build it.`,
      remedy,
    );
  }
}

const remedy =
  "Either install Pulumi (pulumi.com/docs/install), which needs internet access,\n" +
  `or put Go ${neededGo.major}.${neededGo.minor} or newer on PATH; Debian 12's own is too old.`;

/**
 * Runs a go command in the folder of a program.
 * @param {string} folder
 * @param {readonly string[]} args
 * @param {Pick<import("../ground/child.mjs").RunOptions, "onLine" | "signal">} options
 */
export function go(folder, args, options) {
  return run("go", args, { ...options, cwd: folder, env: goEnvironment() });
}

/**
 * Why a build failed and what helps, from what go printed.
 * @param {string} program
 * @param {string} folder
 * @param {string} printed
 */
export function buildFault(program, folder, printed) {
  const seen = lastLines(printed.replace(/^go: downloading .*$/gm, ""), 12);
  return new Fault(`Go could not build ${program} from ${folder}:\n${seen}`, helpFor(printed));
}

/**
 * What helps against an error of go.
 * @param {string} printed
 */
export function helpFor(printed) {
  const module = /([\w./-]+@v[\w.+-]+)/.exec(printed)?.[1] ?? "a module";
  if (/40[34] |410 Gone/.test(printed)) {
    return (
      `The Go module proxy does not serve ${module}. Ask whoever runs the proxy to allow it,\n` +
      "or install Pulumi (pulumi.com/docs/install)."
    );
  }
  if (/no space left on device/.test(printed)) {
    return "The disk is full. The builds need about 7 GB; npm run cache shows what can go.";
  }
  if (/dial tcp|no such host|i\/o timeout|TLS|connection (refused|reset)/.test(printed)) {
    return "Check that the Go module proxy is reached (go env GOPROXY), then run this again.";
  }
  if (/checksum mismatch|SECURITY ERROR/.test(printed)) {
    return `What was fetched for ${module} is not what go.sum says. Do not use it; find out why.`;
  }
  if (/signal: killed/.test(printed)) {
    return "The compiler was killed, most likely for want of memory: the builds need about 3 GB.";
  }
  return "Run this again: what was built so far is kept.";
}

/** Debian packages: what is not there is installed, by root, and said. */

import { accessSync, constants, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { lastLines, run } from "../ground/child.mjs";
import { Fault } from "../ground/fault.mjs";
import { phase, say } from "../ground/progress.mjs";

/** Another program may be installing packages; apt itself waits for it this long. */
const packageLockSeconds = 300;

/** True where packages can be installed: as root, on Debian or what descends from it. */
export function canInstall() {
  return process.getuid?.() === 0 && isDebian(osRelease());
}

/**
 * @param {string} release  text of /etc/os-release
 */
export function isDebian(release) {
  return /^ID(_LIKE)?=.*\b(debian)\b/m.test(release);
}

function osRelease() {
  try {
    return readFileSync("/etc/os-release", "utf8");
  } catch {
    return "";
  }
}

/**
 * True when a program can be found.
 * @param {string} name
 */
export function isOnPath(name) {
  return `${process.env["PATH"] ?? ""}${delimiter}/usr/sbin${delimiter}/sbin`
    .split(delimiter)
    .some((folder) => {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/**
 * Installs packages, without what they merely recommend.
 * @param {readonly string[]} packages
 * @param {string} why  in words, for the reader
 */
export async function installPackages(packages, why) {
  say(`Installing the Debian packages ${packages.join(", ")}: ${why}.`);
  await phase(`Installing ${packages.join(", ")}`, async (report) => {
    if ((await apt(["install", "--no-install-recommends", ...packages], report)).code === 0) {
      return;
    }
    await apt(["update"], report);
    const ended = await apt(["install", "--no-install-recommends", ...packages], report);
    if (ended.code !== 0) {
      throw new Fault(
        `apt-get could not install ${packages.join(", ")}:\n${lastLines(ended.stderr, 8)}`,
        "Check that the package sources are reached (apt-get update), then run this again.",
      );
    }
  });
}

/**
 * @param {readonly string[]} args
 * @param {(howFar: string) => void} report
 */
function apt(args, report) {
  const lock = `DPkg::Lock::Timeout=${packageLockSeconds}`;
  return run("apt-get", ["-y", "-o", lock, ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    onLine: report,
  });
}

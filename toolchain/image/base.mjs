/** The userland below the engine's images: Debian, from Debian's packages where no image registry
 *  is reached, otherwise from an ordinary Debian image. */

import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { lastLines, run } from "../ground/child.mjs";
import { Fault } from "../ground/fault.mjs";
import { cacheFolder } from "../ground/places.mjs";
import { canInstall, installPackages, isOnPath } from "../engine/install.mjs";
import { baseRecipe } from "../image-reference.mjs";

/**
 * Makes the base image.
 * @param {string} reference  what it is to be called
 * @param {string} from  an image to make it from; empty for Debian's packages
 * @param {(howFar: string) => void} report
 */
export async function buildBase(reference, from, report) {
  await (from === "" ? fromPackages(reference, report) : fromImage(reference, from, report));
}

/**
 * @param {string} reference
 * @param {string} from
 * @param {(howFar: string) => void} report
 */
async function fromImage(reference, from, report) {
  const dockerfile = [
    `FROM ${from}`,
    "RUN apt-get update && apt-get install -y --no-install-recommends " +
      `${baseRecipe.packages.join(" ")} && rm -rf /var/lib/apt/lists/*`,
  ].join("\n");
  const ended = await run("docker", ["build", "--tag", reference, "-"], {
    stdin: dockerfile,
    onLine: report,
  });
  if (ended.code !== 0) {
    throw new Fault(
      `A base image could not be made from ${from}:\n${lastLines(ended.stderr, 8)}`,
      "IRIS_MIRROR_BASE_IMAGE must name a Debian image whose package sources are reached.",
    );
  }
}

/**
 * @param {string} reference
 * @param {(howFar: string) => void} report
 */
async function fromPackages(reference, report) {
  await ensureDebootstrap();
  const parent = join(cacheFolder(), "base");
  // Whatever a killed run left there: it is our turn, so nobody works in it.
  rmSync(parent, { recursive: true, force: true });
  mkdirSync(parent, { recursive: true });
  const temporary = mkdtempSync(`${parent}/`);
  const root = join(temporary, "root");
  try {
    await bootstrap(root, report);
    removePackageCaches(root);
    await importImage(root, reference, report);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function ensureDebootstrap() {
  if (!canInstall()) {
    throw new Fault(
      "The base image is made from Debian's packages, by root on Debian.",
      "Where an image registry is reached, set IRIS_MIRROR_BASE_IMAGE to a Debian image " +
        `(debian:${baseRecipe.suite}-slim).`,
    );
  }
  if (!isOnPath("debootstrap")) {
    await installPackages(["debootstrap"], "the base image is made from Debian's packages");
  }
}

/**
 * @param {string} root
 * @param {(howFar: string) => void} report
 */
async function bootstrap(root, report) {
  const { suite, packages } = baseRecipe;
  const source = await packageSource();
  const wanted = ["--variant=minbase", `--include=${packages.join(",")}`, suite, root];
  const args = ["debootstrap", ...wanted, ...(source === undefined ? [] : [source])];
  // With mounts of its own, so that none is left when it is killed.
  const ended = await run("unshare", ["--mount", ...args], {
    onLine: (line) => {
      report(line.replace(/^I: /, ""));
    },
  });
  if (ended.code !== 0) {
    throw new Fault(
      `debootstrap could not make a Debian ${suite}:\n${lastLines(ended.stdout, 8)}`,
      "Check that the package sources are reached (apt-get update), then run this again.",
    );
  }
}

/** Where this machine gets its own packages: a hospital's mirror, most likely. */
async function packageSource() {
  const format = "$(SITE) $(COMPONENT) $(LABEL)";
  const { stdout } = await run("apt-get", ["indextargets", "--format", format]);
  return sourceIn(stdout);
}

/**
 * The first site that has Debian's main packages.
 * @param {string} targets  lines of site, component, label
 */
export function sourceIn(targets) {
  const line = targets.split("\n").find((target) => /^\S+ main Debian$/.test(target));
  return line?.split(" ")[0];
}

/**
 * What the package manager keeps only for itself is 90 MB of 230.
 * @param {string} root
 */
function removePackageCaches(root) {
  for (const folder of ["var/cache/apt", "var/lib/apt/lists", "var/log"]) {
    for (const name of readdirSync(join(root, folder))) {
      rmSync(join(root, folder, name), { recursive: true, force: true });
    }
  }
}

/**
 * @param {string} root
 * @param {string} reference
 * @param {(howFar: string) => void} report
 */
async function importImage(root, reference, report) {
  report("importing it into Docker");
  const archive = `${root}.tar`;
  const packed = await run("tar", ["--create", "--file", archive, "--directory", root, "."]);
  const imported = await run("docker", ["import", archive, reference]);
  if (packed.code !== 0 || imported.code !== 0) {
    throw new Fault(
      `The base image could not be imported:\n${lastLines(packed.stderr + imported.stderr, 5)}`,
    );
  }
}

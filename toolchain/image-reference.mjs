/** What the rehearsal's images of this checkout are called. A reference ends in a hash of
 *  everything that goes into the image, so an image that exists is never out of date, and a
 *  container that runs says by its image which content it has. Read-only and fast: it runs at every
 *  preview. */

import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { arch } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** Releases for which images are built; the same as in rehearsal/profile.ts, which a test holds. */
export const releases = ["2022.1", "2026.1"];

/** How the userland below the engine is made. A change of anything here makes a new base.
 *  curl, gettext-base (envsubst) and procps are there for administrators' scripts that run
 *  inside the container. */
export const baseRecipe = {
  suite: "bookworm",
  packages: ["curl", "gettext-base", "procps", "tini"],
  /** Counts changes of the steps in image/base.mjs. */
  steps: 1,
};

const top = fileURLToPath(new URL("..", import.meta.url));
const hashDigits = 12;

/**
 * References of the images of one release.
 * @typedef {{ member: string, arbiter: string, unlicensed: string }} ReleaseImages
 */

/**
 * References of all images of this checkout, by release. Nothing is built.
 * @returns {Readonly<Record<string, ReleaseImages>>}
 */
export function imageReferences(checkout = top, environment = process.env) {
  const content = contentHash(checkout, baseReference(environment));
  return Object.fromEntries(releases.map((release) => [release, referencesOf(release, content)]));
}

/**
 * The name of an image says what it is, the release it imitates, and its content.
 * @param {string} release
 * @param {string} content
 * @returns {ReleaseImages}
 */
export function referencesOf(release, content) {
  return {
    member: `iris-mirror/iris:${release}-${content}`,
    arbiter: `iris-mirror/arbiter:${release}-${content}`,
    unlicensed: `iris-mirror/iris:${release}-unlicensed-${content}`,
  };
}

/**
 * The userland the images stand on. IRIS_MIRROR_BASE_IMAGE names an ordinary Debian image to make
 * it from where an image registry is reached; otherwise it comes from Debian's packages.
 * @param {Readonly<Record<string, string | undefined>>} environment
 */
export function baseReference(environment) {
  const from = environment["IRIS_MIRROR_BASE_IMAGE"] ?? "";
  const recipe = createHash("sha256")
    .update(JSON.stringify([baseRecipe, from]))
    .digest("hex");
  return `iris-mirror/base:${baseRecipe.suite}-${recipe.slice(0, hashDigits)}`;
}

/**
 * Hash of everything that goes into the images.
 * @param {string} checkout
 * @param {string} base
 */
function contentHash(checkout, base) {
  const hash = createHash("sha256");
  const add = (/** @type {string | Buffer} */ part) => hash.update(`${part.length}:`).update(part);
  add(base);
  for (const name of [nodePackage, ...enginePackages]) {
    add(versionOf(checkout, name));
  }
  const folder = join(checkout, "rehearsal");
  for (const path of filesOf(folder)) {
    add(relative(folder, path));
    add((statSync(path).mode & 0o100) === 0 ? "file" : "program");
    add(readFileSync(path));
  }
  return hash.digest("hex").slice(0, hashDigits);
}

/** Libraries the engine imports; they lie beside it in the image. */
export const enginePackages = ["@xmldom/xmldom", "decimal.js", "zod"];

/** The npm package whose Node.js goes into the images: for Linux, on this processor. */
export const nodePackage = `node-linux-${arch()}`;

/**
 * Version of an installed package; empty when it is missing, which the build then says.
 * @param {string} checkout
 * @param {string} name
 */
function versionOf(checkout, name) {
  try {
    const text = readFileSync(join(checkout, "node_modules", name, "package.json"), "utf8");
    return String(JSON.parse(text).version);
  } catch {
    return "";
  }
}

/**
 * Every file of the engine that goes into the images, in a fixed order. Tests, their helpers and
 * documents stay out: changing them changes no image.
 * @param {string} folder
 * @returns {string[]}
 */
export function filesOf(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== "testing" && !/(\.test\.ts|\.md)$/.test(name))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesOf(path) : [path];
    });
}

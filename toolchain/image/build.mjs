/** The engine's images: built when their content changed, named by it. */

import {
  cpSync,
  linkSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { lastLines, run } from "../ground/child.mjs";
import { Fault } from "../ground/fault.mjs";
import { cacheFolder, top } from "../ground/places.mjs";
import { phase } from "../ground/progress.mjs";
import { inTurn } from "../ground/turn.mjs";
import {
  baseReference,
  enginePackages,
  filesOf,
  imageReferences,
  nodePackage,
} from "../image-reference.mjs";
import { buildBase } from "./base.mjs";

/**
 * Which build of the Dockerfile an image is.
 * @typedef {"iris" | "arbiter" | "unlicensed"} Target
 * @typedef {{ reference: string, release: string, target: Target }} Wanted
 */

/** Makes sure that the images of this checkout exist. Quick and silent when they do. */
export async function ensureImages() {
  if ((await missing()).length === 0) {
    return;
  }
  await inTurn(join(cacheFolder(), "locks"), "images", async () => {
    const wanted = await missing();
    if (wanted.length > 0) {
      await buildAll(wanted);
    }
  });
}

async function missing() {
  const present = await imagesOn();
  return allImages().filter(({ reference }) => !present.has(reference));
}

/** @returns {Wanted[]} */
function allImages() {
  return Object.entries(imageReferences()).flatMap(([release, { member, arbiter, unlicensed }]) => [
    { reference: member, release, target: /** @type {const} */ ("iris") },
    { reference: arbiter, release, target: /** @type {const} */ ("arbiter") },
    { reference: unlicensed, release, target: /** @type {const} */ ("unlicensed") },
  ]);
}

/**
 * The project's images that the engine has.
 * @returns {Promise<ReadonlySet<string>>}
 */
async function imagesOn() {
  const args = ["image", "ls", "--format", "{{.Repository}}:{{.Tag}}", "iris-mirror/*"];
  return new Set((await run("docker", args)).stdout.split("\n"));
}

/** @param {readonly Wanted[]} wanted */
async function buildAll(wanted) {
  const base = baseReference(process.env);
  if (!(await imagesOn()).has(base)) {
    const from = process.env["IRIS_MIRROR_BASE_IMAGE"] ?? "";
    await phase("Building the base image", (report) => buildBase(base, from, report));
  }
  await phase("Building the images of the rehearsal engine", async (report) => {
    const context = mkdtempSync(join(temporaryFolder(), "image-"));
    try {
      fillContext(context);
      for (const image of wanted) {
        report(image.reference);
        await buildOne(image, base, context);
      }
    } finally {
      rmSync(context, { recursive: true, force: true });
    }
  });
}

/** In the cache folder, so that links to files of the same disk can stand for copies. Emptied of
 *  what a killed run left: it is our turn. */
function temporaryFolder() {
  const folder = join(cacheFolder(), "images");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/**
 * What the Dockerfile copies: the engine, the packages it needs, and Node.js.
 * @param {string} context
 */
function fillContext(context) {
  const node = join(top, "node_modules", nodePackage, "bin", "node");
  if (!existsSync(node)) {
    throw new Fault(
      `The images need the npm package ${nodePackage}, which is not installed.`,
      "npm installs it on Linux; images for the rehearsal engine are built there.",
    );
  }
  linkOrCopy(node, join(context, "node"));
  for (const file of filesOf(join(top, "rehearsal"))) {
    const copy = join(context, relative(top, file));
    mkdirSync(dirname(copy), { recursive: true });
    copyFileSync(file, copy);
  }
  for (const name of enginePackages) {
    const library = join("node_modules", name);
    cpSync(join(top, library), join(context, library), { recursive: true });
  }
}

/**
 * @param {string} file
 * @param {string} place
 */
function linkOrCopy(file, place) {
  try {
    linkSync(file, place);
  } catch {
    // On another disk, or not ours.
    copyFileSync(file, place);
  }
}

/**
 * @param {Wanted} image
 * @param {string} base
 * @param {string} context
 */
async function buildOne({ reference, release, target }, base, context) {
  const args = ["build", "--force-rm", "--tag", reference, "--target", target];
  args.push("--build-arg", `BASE=${base}`, "--build-arg", `PROFILE=${release}`);
  args.push("--file", join(context, "rehearsal/image/Dockerfile"), context);
  const ended = await run("docker", args, { env: await builderEnvironment() });
  if (ended.code !== 0) {
    const said = lastLines(`${ended.stdout}\n${ended.stderr}`, 15);
    throw new Fault(`The image ${reference} could not be built:\n${said}`);
  }
}

/** Clients without buildx still build the old way, when they are told to. */
async function builderEnvironment() {
  const { code } = await run("docker", ["buildx", "version"]);
  return code === 0 ? process.env : { ...process.env, DOCKER_BUILDKIT: "0" };
}

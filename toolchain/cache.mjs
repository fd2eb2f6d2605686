/** `npm run cache`: what lies in the cache folder and on the engine, how big it is, what can go. */

import { existsSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { goCaches } from "./cli/go.mjs";
import { buildOf, programs } from "./cli/programs.mjs";
import { run } from "./ground/child.mjs";
import { command } from "./ground/entry.mjs";
import { Fault } from "./ground/fault.mjs";
import { readOptions, refuseMore } from "./ground/options.mjs";
import { cacheFolder, stateFolder } from "./ground/places.mjs";
import { phase, say } from "./ground/progress.mjs";
import { columns } from "./summary.mjs";
import { baseReference, imageReferences } from "./image-reference.mjs";

const help = `Usage: npm run cache [-- clear | clear-all]

Shows what is kept outside the checkout and how big it is.

  clear      removes what is needed only while Pulumi is built (Go's caches), builds and images
             that are not of this version of the project
  clear-all  removes the whole cache folder and the images; the next npm run up makes all again
  --help     this text`;

/** What the Dockerfile puts on every image of the rehearsal engine. */
const engineLabel = "io.iris-mirror.engine";

await command(async (args) => {
  const options = readOptions(args, help);
  if (options === undefined) {
    return 0;
  }
  refuseMore(options.words, 1, help);
  const [action] = options.words;
  if (action === undefined) {
    await show();
  } else if (action === "clear") {
    await phase("Clearing", () => clear(goCaches(), outdatedBuilds(), false));
  } else if (action === "clear-all") {
    await phase("Clearing", () => clear({ everything: cacheFolder() }, [], true));
  } else {
    throw new Fault(`"${action}" is not known.`, help, 2);
  }
  return 0;
});

async function show() {
  const { modules, build } = goCaches();
  const rows = [
    ["Go's module sources, to build Pulumi", modules],
    ["Go's compiled packages, to build Pulumi", build],
    ["Pulumi and its plugins", join(cacheFolder(), "pulumi")],
    ["compiled scripts", join(cacheFolder(), "compiled")],
    ["state: Docker engine, Pulumi", stateFolder()],
  ];
  const sizes = await Promise.all(rows.map(([, folder]) => sizeOf(folder ?? "")));
  const table = rows.map(([what = "", folder = ""], index) => [sizes[index] ?? "", what, folder]);
  process.stdout.write(`${columns(table).join("\n")}\n`);
  const images = await outdatedImages(false);
  say(`${images.length} images and ${outdatedBuilds().length} builds are not of this version.`);
}

/** @param {string} folder */
async function sizeOf(folder) {
  const { code, stdout } = await run("du", ["--summarize", "--human-readable", folder]);
  return code === 0 ? (stdout.split("\t")[0] ?? "") : "-";
}

/**
 * @param {Readonly<Record<string, string>>} folders
 * @param {readonly string[]} builds
 * @param {boolean} clearsCurrent
 */
async function clear(folders, builds, clearsCurrent) {
  for (const folder of [...Object.values(folders), ...builds].filter((each) => existsSync(each))) {
    await makeRemovable(folder);
    rmSync(folder, { recursive: true, force: true });
    say(`Removed ${folder}`);
  }
  for (const image of await outdatedImages(clearsCurrent)) {
    const { code } = await run("docker", ["image", "rm", image]);
    say(code === 0 ? `Removed image ${image}` : `Kept image ${image}: a container has it.`);
  }
  // What builds that failed left without a name.
  await run("docker", ["image", "prune", "--force", "--filter", `label=${engineLabel}`]);
}

/**
 * Go makes its module sources read-only.
 * @param {string} folder
 */
async function makeRemovable(folder) {
  await run("chmod", ["--recursive", "u+w", folder]);
}

/** Folders of builds that this checkout does not use. */
function outdatedBuilds() {
  const folder = join(cacheFolder(), "pulumi");
  if (!existsSync(folder)) {
    return [];
  }
  const used = programs.map((program) => dirname(buildOf(program)));
  const hashes = used.map((path) => path.slice(-12));
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => !used.includes(path) && !hashes.some((hash) => path.includes(hash)));
}

/**
 * @param {boolean} includesCurrent
 * @returns {Promise<string[]>}
 */
async function outdatedImages(includesCurrent) {
  const format = "{{.Repository}}:{{.Tag}}";
  const { stdout } = await run("docker", ["image", "ls", "--format", format, "iris-mirror/*"]);
  const used = new Set([
    baseReference(process.env),
    ...Object.values(imageReferences()).flatMap((images) => Object.values(images)),
  ]);
  return stdout
    .split("\n")
    .filter((image) => image !== "" && (includesCurrent || !used.has(image)));
}

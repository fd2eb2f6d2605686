/** The Go programs that make a Pulumi engine, where their sources lie, and what their builds are
 *  called. A build is named by the hash of its sources: a second checkout finds it, a change of one
 *  program builds that one alone. */

import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { arch, platform } from "node:os";
import { join, relative } from "node:path";
import { cacheFolder, top } from "../ground/places.mjs";

/** What `pulumi version` says, with its leading v. */
export const cliVersion = "v3.259.0";

/**
 * @typedef {object} Program
 * @property {string} name  of the file that is built
 * @property {string} folder  below toolchain/pulumi
 * @property {string} module  what is built: a package of a module, or the folder's own
 * @property {string} tags  of the build
 * @property {string} linking  flags for the linker
 * @property {{ name: string, version: string }} [plugin]  what the engine knows it as
 */

const stamped = `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${cliVersion}`;

/** All four, slowest first: while one is compiled, the modules of the next are fetched.
 *  @type {readonly Program[]} */
export const programs = [
  {
    name: "pulumi",
    folder: "cli",
    module: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    tags: "osusergo,grpcnotrace",
    linking: stamped,
  },
  {
    name: "pulumi-resource-docker",
    folder: "docker",
    module: ".",
    tags: "no_compose,osusergo,grpcnotrace",
    linking: "-s -w",
    plugin: { name: "docker", version: "5.2.0" },
  },
  {
    name: "pulumi-language-nodejs",
    folder: "language-nodejs",
    module: "github.com/pulumi/pulumi/sdk/nodejs/cmd/pulumi-language-nodejs/v3",
    tags: "osusergo,grpcnotrace",
    linking: stamped,
  },
  {
    name: "pulumi-resource-command",
    folder: "command",
    module: ".",
    tags: "osusergo,grpcnotrace",
    linking: "-s -w",
    plugin: { name: "command", version: "1.2.1" },
  },
];

/** Folder of a program's sources. */
export function sourceFolder(/** @type {Program} */ program, checkout = top) {
  return join(checkout, "toolchain", "pulumi", program.folder);
}

/** Where the build of a program lies, or will lie. */
export function buildOf(/** @type {Program} */ program, cache = cacheFolder(), checkout = top) {
  return join(cache, "pulumi", `${program.folder}-${sourceHash(program, checkout)}`, program.name);
}

/**
 * Hash of everything that decides what is built. Go's own release is not part of it: a newer
 * compiler is no reason to build again.
 * @param {Program} program
 * @param {string} checkout
 */
function sourceHash(program, checkout) {
  const folder = sourceFolder(program, checkout);
  const hash = createHash("sha256");
  const { name, module, tags, linking } = program;
  hash.update(JSON.stringify([name, module, tags, linking, platform(), arch()]));
  for (const path of sourcesOf(folder)) {
    hash.update(`\n${relative(folder, path)}\n`).update(readFileSync(path));
  }
  return hash.digest("hex").slice(0, 12);
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function sourcesOf(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.endsWith("_test.go"))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? sourcesOf(path) : [path];
    });
}

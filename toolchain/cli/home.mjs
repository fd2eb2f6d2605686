/** A Pulumi home of our own, for the Pulumi built here. Our plugins carry the names of the official
 *  ones: in the user's ~/.pulumi they would stand in for them everywhere. */

import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { cacheFolder, stateFolder } from "../ground/places.mjs";
import { buildOf, programs } from "./programs.mjs";

/** Folder of logins, selected stacks and plugins of the Pulumi built here. */
export function pulumiHome(state = stateFolder()) {
  return join(state, "pulumi-home");
}

/**
 * Puts the builds where the engine looks for them: the language host beside the CLI, the plugins in
 * the home, each under its version. Links, so that nothing is there twice.
 * @returns {string} the CLI
 */
export function assemble(cache = cacheFolder(), home = pulumiHome()) {
  for (const program of programs) {
    if (program.plugin !== undefined) {
      const { name, version } = program.plugin;
      const folder = join(home, "plugins", `resource-${name}-v${version}`);
      link(buildOf(program, cache), join(folder, program.name));
    }
  }
  return besideEachOther(cache);
}

/**
 * The engine looks for its language host in the folder its own file really lies in.
 * @param {string} cache
 */
function besideEachOther(cache) {
  const files = programs.filter(({ plugin }) => plugin === undefined).map((p) => buildOf(p, cache));
  const name = files.map((file) => basename(dirname(file)).replace(/^.*-/, "")).join("-");
  const folder = join(cache, "pulumi", `bin-${name}`);
  if (!existsSync(folder)) {
    const temporary = mkdtempSync(`${folder}-`);
    for (const file of files) {
      linkSync(file, join(temporary, basename(file)));
    }
    try {
      renameSync(temporary, folder);
    } catch {
      // Another run was faster; its folder is as good.
      rmSync(temporary, { recursive: true, force: true });
    }
  }
  return join(folder, "pulumi");
}

/**
 * Makes a symbolic link that leads to the file; one that leads elsewhere is replaced at once.
 * @param {string} file
 * @param {string} place
 */
function link(file, place) {
  if (targetOf(place) === file) {
    return;
  }
  mkdirSync(dirname(place), { recursive: true });
  const temporary = `${place}.${process.pid}`;
  symlinkSync(file, temporary);
  renameSync(temporary, place);
}

/** @param {string} place */
function targetOf(place) {
  try {
    return readlinkSync(place);
  } catch {
    return undefined;
  }
}

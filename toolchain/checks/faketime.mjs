/** The library that lies to a program about the time: for the drills with a wrong clock. */

import { existsSync, readdirSync } from "node:fs";
import { canInstall, installPackages } from "../engine/install.mjs";
import { say } from "../ground/progress.mjs";

const find = () =>
  readdirSync("/usr/lib")
    .map((folder) => `/usr/lib/${folder}/faketime/libfaketime.so.1`)
    .find((path) => existsSync(path));

/** Where it lies; installs it where that can be done. `undefined`: those drills are skipped. */
export async function faketimeLibrary() {
  if (find() === undefined && canInstall()) {
    await installPackages(["libfaketime"], "the drills set the clock of a member wrong");
  }
  const library = find();
  if (library === undefined) {
    say("No libfaketime here: the drills with a wrong clock are not run.");
  }
  return library;
}

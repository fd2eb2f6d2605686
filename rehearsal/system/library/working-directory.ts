/** The directory of each process, from which relative file names go out. */

import type { NativeProcess } from "../../objectscript/host.ts";
import type { LibraryEnvironment } from "./environment.ts";
import { directoryPath } from "./paths.ts";

const chosen = new WeakMap<NativeProcess, string>();

/** Where the process is, with a closing slash. */
export function currentDirectory(
  process: NativeProcess,
  { workingDirectory }: LibraryEnvironment,
): string {
  return chosen.get(process) ?? directoryPath(workingDirectory, "/");
}

/** Moves the process to another directory. */
export function changeDirectory(process: NativeProcess, directory: string): void {
  chosen.set(process, directory);
}

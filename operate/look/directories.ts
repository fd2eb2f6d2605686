/** Directories of this machine in which members have their data, and who mounts them. */

import { readdir, realpath, stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { LookOutput } from "../contract/look.ts";
import { ownerOf, type ListedContainer } from "./engine.ts";

type DirectorySeen = LookOutput["directories"][string];

/** What is known of each, by its path as it was given. */
export async function directoriesSeen(
  paths: readonly string[],
  listed: readonly ListedContainer[],
): Promise<Record<string, DirectorySeen>> {
  if (paths.length === 0) {
    return {};
  }
  const mounting = await Promise.all(
    listed.map(async (container) => ({
      container,
      places: await Promise.all(mountedDirectories(container.mounts).map(followed)),
    })),
  );
  const seen = paths.map(async (path): Promise<[string, DirectorySeen]> => {
    const real = await followed(resolve(path));
    const users = mounting
      .filter(({ places }) => places.some((place) => `${place}/`.startsWith(`${real}/`)))
      .map(({ container }) => ({ name: container.name, ...ownerOf(container) }));
    return [path, { kind: await kindOf(real), real, users }];
  });
  return Object.fromEntries(await Promise.all(seen));
}

/** The directories in the mounts column of `docker ps`; names of volumes do not begin with a
 *  slash. */
export function mountedDirectories(column: string): string[] {
  return column.split(",").filter((place) => place.startsWith("/"));
}

/** Without links; as it is where it does not exist. */
function followed(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}

/** An instance's directory may be closed to the user who looks: then it is not an empty one. */
async function kindOf(path: string): Promise<DirectorySeen["kind"]> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) {
    return "missing";
  }
  if (!found.isDirectory()) {
    return "file";
  }
  const names = await readdir(path).catch(() => undefined);
  return names?.length === 0 ? "empty" : "filled";
}

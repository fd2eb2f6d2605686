/** Whether a directory lies on a volume of the container. Pure. */

import { basename, dirname, join, normalize } from "node:path/posix";

/** True when something other than the container's own root is mounted at the directory or above.
 *  @param directory without links and doubled slashes
 *  @param mountInfo text of `/proc/self/mountinfo`: the mount point is its fifth field */
export function isOnVolume(directory: string, mountInfo: string): boolean {
  const wanted = directory.endsWith("/") ? directory : `${directory}/`;
  const points = mountInfo.split("\n").map((line) => unescaped(line.split(" ")[4] ?? ""));
  return points.some((point) => point.length > 1 && wanted.startsWith(`${point}/`));
}

/** The kernel writes blanks and their like as `\\040`. */
function unescaped(point: string): string {
  return point.replaceAll(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}

/** The path as mounts name it: without links as far as it is there, the rest as it is written. */
export function realPath(directory: string, resolve: (path: string) => string): string {
  const path = normalize(directory);
  try {
    return resolve(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : join(realPath(above, resolve), basename(path));
  }
}

/** Whether a directory lies on a volume of the container. Pure. */

/** True when something other than the container's own root is mounted at the directory or above.
 *  @param mountInfo text of `/proc/self/mountinfo`: the mount point is its fifth field */
export function isOnVolume(directory: string, mountInfo: string): boolean {
  const wanted = directory.endsWith("/") ? directory : `${directory}/`;
  const points = mountInfo.split("\n").map((line) => line.split(" ")[4] ?? "");
  return points.some((point) => point.length > 1 && wanted.startsWith(`${point}/`));
}

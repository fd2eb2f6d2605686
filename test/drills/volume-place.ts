/** Where the engine keeps the volume of a member. */

import { docker } from "../support/docker.ts";

const source = '{{range .Mounts}}{{if eq .Type "volume"}}{{println .Source}}{{end}}{{end}}';

/** Its directory on this machine.
 *  @throws Error when the container has not exactly one */
export async function volumePlace(container: string): Promise<string> {
  const place = (await docker(["inspect", "--format", source, container])).trim();
  if (place.startsWith("/") && !place.includes("\n")) return place;
  throw new Error(`${container} has not one volume: ${place}`);
}

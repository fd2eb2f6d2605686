/** Where a directory of an instance lies on the Docker engine, so that another container may reach
 *  it: in a volume, or in a directory of the host. */

import { dockerLabels, dockerFailure } from "../docker.ts";
import { anyText, list, openObject, optional, text, type OutOf } from "../contract/shape.ts";
import { MirrorError } from "../mirror-error.ts";
import type { World } from "../world.ts";

const inspected = list(
  openObject({
    Image: text,
    Config: openObject({ Labels: dockerLabels }),
    Mounts: list(
      openObject({ Type: text, Name: optional(anyText), Source: anyText, Destination: text }),
    ),
  }),
  1,
  1,
);
type Mount = OutOf<typeof inspected>[number]["Mounts"][number];

/** A directory, and the container that has it. */
export interface Place {
  readonly image: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly mount: Mount;
  /** From the mount to the directory, without slashes around it. */
  readonly path: string;
}

/** Finds the mount with the directory in it. @throws MirrorError `copy-failed` when it lies in the
 *  container itself, where no other container reaches it */
export async function placeOf(world: World, container: string, directory: string): Promise<Place> {
  const argv = ["container", "inspect", container];
  const answer = await world.docker(argv);
  if (answer.code !== 0) {
    throw dockerFailure(`docker ${argv.join(" ")}`, answer);
  }
  const [seen] = inspected.parse(JSON.parse(answer.stdout));
  const [mount] = (seen?.Mounts ?? [])
    .filter(({ Destination }) => directory.startsWith(`${Destination}/`))
    .toSorted((one, other) => other.Destination.length - one.Destination.length);
  if (seen === undefined || mount === undefined) {
    throw new MirrorError({
      code: "copy-failed",
      subject: container,
      seen: `${directory} lies on no volume, and would go with the container`,
      remedy: "Give the database a directory under the durable one.",
    });
  }
  const path = directory.slice(mount.Destination.length).replace(/^\/+|\/+$/g, "");
  return { image: seen.Image, labels: seen.Config.Labels, mount, path };
}

/** The option of `docker run` that gives a mount to another container. */
export function mountOption({ mount }: Place, target: string, mode: "read" | "write"): string {
  const source = mount.Type === "volume" ? mount.Name : mount.Source;
  const kind = mount.Type === "volume" ? "volume" : "bind";
  const only = mode === "read" ? ",readonly" : "";
  return `type=${kind},source=${String(source)},target=${target}${only}`;
}

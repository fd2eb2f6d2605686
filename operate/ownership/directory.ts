/** Gives an empty directory of the Docker host to the instance's user. One in which an instance
 *  lived is left as it is; what holds anything else is refused, never taken. Source: ADOCK (the
 *  durable directory must be writable by 51773). */

import type { ParsedInput, VerbOutput } from "../contract.ts";
import { contractVersion, irisOwner } from "../contract/common.ts";
import { mountedDirectories } from "../look/directories.ts";
import { listContainers } from "../look/engine.ts";
import { MirrorError } from "../mirror-error.ts";
import type { World } from "../world.ts";
import { findInside, giveArgv } from "./helper.ts";

type Input = ParsedInput<"own-volume">;

/** @throws MirrorError `foreign-directory`; `docker-refused` where there is none */
export async function ownDirectory(input: Input, world: World): Promise<VerbOutput<"own-volume">> {
  const result = { version: contractVersion, volume: input.volume } as const;
  const users = (await listContainers(world)).filter(({ mounts }) =>
    mountedDirectories(mounts).includes(input.volume),
  );
  const stranger = users.find((one) => one.stack !== input.stack || one.member !== input.member);
  if (stranger !== undefined) {
    throw new MirrorError({
      code: "foreign-directory",
      subject: input.volume,
      seen: `the container ${stranger.name} mounts it`,
      remedy: "Stop and remove that container; `docker rm` keeps the directory.",
    });
  }
  if (users.length > 0) {
    world.say(`${input.volume}: mounted by its own member, so it is left as it is`);
    return { ...result, changed: false };
  }
  const found = foundIn(await findInside(world, input, ["-maxdepth", "1", "-printf", "%U %P\\n"]));
  const isToGive = decide(input, found) === "give";
  return {
    ...result,
    changed: isToGive && (await findInside(world, input, giveArgv([]))).trim() !== "",
  };
}

/** Something in the directory, or the directory itself under an empty name. */
interface Entry {
  readonly owner: number;
  readonly name: string;
}

/** One line for each: the number of the owner, and the name. */
export function foundIn(printed: string): Entry[] {
  return printed.split("\n").flatMap((line) => {
    const [, owner, name] = /^(\d+) (.*)$/.exec(line) ?? [];
    return owner === undefined || name === undefined ? [] : [{ owner: Number(owner), name }];
  });
}

/** Whether the directory is to be given to the instance's user, or is to stay as it is.
 *  @throws MirrorError `foreign-directory` when an instance could not live in it */
export function decide(
  { volume, durable }: Pick<Input, "volume" | "durable">,
  found: readonly Entry[],
): "give" | "leave" {
  const entries = found.filter(({ name }) => name !== "");
  const own = found.find(({ name }) => name === "");
  const instance = entries.find(({ name }) => name === durable);
  const last = instance ?? own;
  if (last?.owner === irisOwner) {
    return "leave";
  }
  if (entries.length === 0) {
    return "give";
  }
  const holds = entries.slice(0, 3).map(({ name }) => name);
  throw new MirrorError({
    code: "foreign-directory",
    subject: volume,
    seen:
      `${instance === undefined ? "the directory" : `${durable} in it`} belongs to the user ` +
      `${String(last?.owner)} and holds ${holds.join(", ")}`,
    remedy:
      `Name an empty directory; or, if this one is the member's, give it to the instance's user: ` +
      `sudo chown ${instance === undefined ? "" : "-R "}${irisOwner}:${irisOwner} ` +
      `${volume}${instance === undefined ? "" : `/${durable}`}`,
  });
}

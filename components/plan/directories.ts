/** Directories of the host in place of members' volumes: what of them stands in the way. */

import { type Fault, pathText, shown } from "./fault.ts";
import type { NamedWish, RefusalWish } from "./refusals.ts";
import type { DirectorySeen, Seen } from "./seen.ts";

/** Whether something lies where a member's data are to lie: its volume exists, or the directory in
 *  its place is not empty. */
export function hasData(place: string, seen: Pick<Seen, "volumes" | "directories">): boolean {
  return seen.volumes[place]?.exists === true || seen.directories[place]?.kind === "filled";
}

/** Whether data lie in a directory of the host: a path never looks like a volume's name. */
export function isDirectory(place: string): boolean {
  return /^\.{0,2}\//.test(place);
}

/** A directory is never made here: a misspelt path would begin an empty member. And never two
 *  containers on one data directory: not through a link, and not one that is stopped either, for it
 *  can be started again. */
export function directoryFaults({ stack, data }: RefusalWish, seen: Seen): Fault[] {
  const wished = data.flatMap((named) => {
    const found = seen.directories[named.name];
    return found === undefined ? [] : [{ ...named, found }];
  });
  const absent = wished
    .filter(({ found }) => found.kind === "missing" || found.kind === "file")
    .map(({ path, name, found }) => ({
      path,
      given: `${shown(name)}, which ${found.kind === "file" ? "is a file" : "does not exist"}`,
      allowed: "a directory that exists: an empty one, or one an instance lived in",
      remedy: "make it (mkdir), or correct the path (a relative one starts at the project folder)",
    }));
  return [...absent, ...sharedFaults(stack, wished)];
}

/** A member's directory, and what was seen of it. */
interface Wished extends NamedWish {
  readonly found: DirectorySeen;
}

function sharedFaults(stack: string, wished: readonly Wished[]): Fault[] {
  return wished.flatMap(({ path, name, member, found }, index) => {
    const twin = wished.slice(0, index).find((other) => other.found.real === found.real);
    const users = found.users.filter((user) => user.stack !== stack || user.member !== member);
    return [
      ...(twin === undefined
        ? []
        : [
            {
              path,
              given: `${shown(name)}, which is the same directory as at ${twin.path}`,
              allowed: "a directory of its own for each member",
              remedy: "choose another directory",
            },
          ]),
      ...users.map((user) => ({
        path,
        given: `${shown(name)}, which the container ${shown(user.name)} mounts`,
        allowed: "a directory that no other container mounts, running or stopped",
        remedy: "stop and remove that container (docker rm keeps the directory), or choose another",
      })),
    ];
  });
}

/** A database of the mirror lies where it was made; nothing moves its file. */
export function movedDatabases(wish: RefusalWish, seen: Seen): Fault[] {
  return wish.databases.flatMap(({ name, directory }) => {
    const [first] = Object.entries(seen.members).flatMap(([key, member]) => {
      const held = member.reachable ? member.databases[name]?.directory : undefined;
      return held === undefined || withSlash(held) === directory ? [] : [{ key, held }];
    });
    if (first === undefined) return [];
    return [
      {
        path: pathText(["databases", name]),
        given: `the directory ${directory}, but on ${first.key} it is in ${first.held}`,
        allowed: "the directory that the database has",
        remedy: `write directory: ${first.held}, or put durableDirectory back`,
      },
    ];
  });
}

function withSlash(directory: string): string {
  return directory.endsWith("/") ? directory : `${directory}/`;
}

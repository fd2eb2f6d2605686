/** The files of a database inside a container, through the programs every image has. Each command
 *  is an argv; paths are never part of a program's text. */

import { dirname } from "node:path/posix";
import { dockerFailure } from "../docker.ts";
import { mapped, textLike } from "../contract/shape.ts";
import { MirrorError } from "../mirror-error.ts";
import type { World } from "../world.ts";

/** Name of a database's file. Source: GSA. */
export const databaseFile = "IRIS.DAT";
/** Name of one that is not whole yet. */
export const partFile = `${databaseFile}.part`;

/** Where a copy grows: beside the directory it is for, which is the same file system. */
export const growingPlace = (directory: string): string => `${withoutSlash(directory)}.seeding`;

const withoutSlash = (directory: string): string => directory.replace(/\/+$/, "");

/** Checksum and size as `cksum` prints them: `<CRC-32> <bytes>`. */
export const checksum = mapped(
  textLike(/^\s*\d+ \d+\b/, "the two numbers of cksum"),
  (given) => /\d+ \d+/.exec(given)?.[0] ?? "",
);

const wholeNumber = mapped(textLike(/\d+\s*$/, "a number"), (given) =>
  Number(/(\d+)\s*$/.exec(given)?.[1]),
);
const modeText = mapped(textLike(/^[0-7]{3,4}\s*$/, "an octal mode"), (given) => given.trim());

/** Runs a program in a container as the instance's user. @throws MirrorError `docker-refused` */
async function inside(
  world: World,
  container: string,
  argv: readonly string[],
  timeoutMs = world.budget("docker"),
): Promise<string> {
  const all = ["exec", container, ...argv];
  const answer = await world.docker(all, { timeoutMs });
  if (answer.code !== 0) {
    throw dockerFailure(`docker ${all.join(" ")}`, answer);
  }
  return answer.stdout;
}

/** One container with one directory of a database, with its closing slash. */
export interface Folder {
  readonly container: string;
  readonly directory: string;
}

/** How large the file is, and who may do what with file and folder. */
export interface FileFacts {
  readonly bytes: number;
  readonly fileMode: string;
  readonly folderMode: string;
}

export async function factsOf(world: World, { container, directory }: Folder): Promise<FileFacts> {
  const file = `${directory}${databaseFile}`;
  const stat = (format: string, path: string) =>
    inside(world, container, ["stat", "--format", format, path]);
  const [bytes, fileMode, folderMode] = await Promise.all([
    stat("%s", file),
    stat("%a", file),
    stat("%a", directory),
  ]);
  return {
    bytes: wholeNumber.parse(bytes),
    fileMode: modeText.parse(fileMode),
    folderMode: modeText.parse(folderMode),
  };
}

/** @throws MirrorError `no-room` when a file of that size does not fit beside what is there */
export async function refuseWithoutRoom(world: World, to: Folder, bytes: number): Promise<void> {
  const argv = ["df", "--block-size=1", "--output=avail", dirname(withoutSlash(to.directory))];
  const free = wholeNumber.parse(await inside(world, to.container, argv));
  if (free < bytes) {
    throw new MirrorError({
      code: "no-room",
      subject: to.container,
      seen: `a copy needs ${bytes} bytes beside ${to.directory}, ${free} are free`,
      remedy: "Make room on that volume; set-aside databases are folders named *.aside-*.",
    });
  }
}

/** Removes what an interrupted copy left. */
export async function clear(world: World, { container, directory }: Folder): Promise<void> {
  await inside(world, container, ["rm", "-rf", "--", growingPlace(directory)]);
}

/** Writes a copy through to the disk, reads it again, and only then gives it its name.
 *  @throws MirrorError `copy-failed` when it is not what was read from the source */
export async function seal(
  world: World,
  { container, directory }: Folder,
  wanted: { readonly sum: string; readonly facts: FileFacts },
): Promise<void> {
  const folder = growingPlace(directory);
  const part = `${folder}/${partFile}`;
  const timeoutMs = world.budget("sealCopy");
  await inside(world, container, ["chmod", wanted.facts.fileMode, part]);
  await inside(world, container, ["chmod", wanted.facts.folderMode, folder]);
  await inside(world, container, ["sync", part], timeoutMs);
  const sum = checksum.parse(await inside(world, container, ["cksum", part], timeoutMs));
  if (sum !== wanted.sum) {
    throw new MirrorError({
      code: "copy-failed",
      subject: container,
      seen: `the copy in ${folder} has the checksum ${sum}, its source ${wanted.sum}`,
      remedy: "Run the same command again: it copies anew. Then look at the disk of that volume.",
    });
  }
  await inside(world, container, ["mv", "-T", part, `${folder}/${databaseFile}`]);
  await inside(world, container, ["sync", folder]);
}

/** Puts the sealed copy in its place. What stood there is moved beside it, never deleted; a folder
 *  with nothing in it is nothing.
 *  @returns where it is now, `undefined` when nothing was there */
export async function putInPlace(
  world: World,
  { container, directory }: Folder,
): Promise<string | undefined> {
  const place = withoutSlash(directory);
  if (await exists(world, container, place)) {
    await inside(world, container, ["rmdir", "--ignore-fail-on-non-empty", place]);
  }
  const aside = (await exists(world, container, place))
    ? await freeName(world, container, `${place}.aside-`)
    : undefined;
  if (aside !== undefined) {
    await inside(world, container, ["mv", "-T", place, aside]);
  }
  await inside(world, container, ["mv", "-T", growingPlace(directory), place]);
  await inside(world, container, ["sync", dirname(place)]);
  return aside;
}

/** The first of the numbered names that nothing has. */
async function freeName(world: World, container: string, start: string): Promise<string> {
  for (let number = 1; ; number++) {
    if (!(await exists(world, container, `${start}${number}`))) {
      return `${start}${number}`;
    }
  }
}

async function exists(world: World, container: string, path: string): Promise<boolean> {
  const argv = ["exec", container, "test", "-e", path];
  const answer = await world.docker(argv);
  if (answer.code === 0 || answer.code === 1) {
    return answer.code === 0;
  }
  throw dockerFailure(`docker ${argv.join(" ")}`, answer);
}

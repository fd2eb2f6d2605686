/** Copies the file of a database from one volume to another of the same Docker engine, in a helper
 *  container that sees nothing else, and tells how far it is. */

import { progressMs } from "../budgets.ts";
import { irisOwner, labels } from "../contract/common.ts";
import { dockerFailure } from "../docker.ts";
import type { World } from "../world.ts";
import { checksum, databaseFile, partFile } from "./files.ts";
import { mountOption, type Place } from "./place.ts";

/** One copy. */
export interface CopyJob {
  /** Name of the helper container. One that an interrupted run left is ended first. */
  readonly name: string;
  /** The database's directory at its source. */
  readonly from: Place;
  /** Where the copy grows. */
  readonly to: Place;
  readonly bytes: number;
  /** When it is given up. */
  readonly limitMs: number;
  /** What is copied where, for a person. */
  readonly what: string;
}

/** The checksum is of the bytes that were written, without reading them twice: CRC-32, because a
 *  cryptographic one costs as much as the copy. Arguments are paths; `dd` tells how far it is. */
const program =
  "set -o pipefail; " + 'mkdir -p "$2" && dd if="$1" bs=4M status=progress | tee "$2/$3" | cksum';

/** Arguments of `docker` for a copy. */
export function copyArgv({ name, from, to }: CopyJob): string[] {
  const owner = `${irisOwner}:${irisOwner}`;
  const stack = to.labels[labels.stack];
  return [
    ...["run", "--rm", "--init", "--name", name, "--user", owner, "--network", "none"],
    ...(stack === undefined ? [] : ["--label", `${labels.stack}=${stack}`]),
    ...["--mount", mountOption(from, "/from", "read"), "--mount", mountOption(to, "/to", "write")],
    ...["--entrypoint", "bash", to.image, "-c", program, "copy"],
    ...[`/from/${from.path}/${databaseFile}`, `/to/${to.path}`, partFile],
  ];
}

/** Copies. @returns the checksum of what was read. @throws MirrorError `docker-refused` */
export async function copyFile(world: World, job: CopyJob): Promise<string> {
  const answer = await world.docker(copyArgv(job), {
    timeoutMs: job.limitMs,
    heard: progressOf(world, job),
  });
  if (answer.code !== 0) {
    await endHelper(world, job.name);
    throw dockerFailure(`copying ${job.what}`, answer);
  }
  return checksum.parse(answer.stdout);
}

/** Ends a helper that an interrupted run left; the engine goes on when its caller is gone. */
export async function endHelper(world: World, name: string): Promise<void> {
  const answer = await world.docker(["rm", "--force", name]);
  if (answer.code !== 0 && !/no such container/i.test(answer.stderr)) {
    throw dockerFailure(`docker rm --force ${name}`, answer);
  }
}

/** Says how far the copy is, in what `dd` tells each second. */
function progressOf(world: World, { bytes, what }: CopyJob): (part: string) => void {
  const startedAt = world.clock.now();
  let toldAt = startedAt;
  return (part) => {
    const now = world.clock.now();
    const done = bytesIn(part);
    if (done === undefined || now - toldAt < progressMs) {
      return;
    }
    toldAt = now;
    world.say(`${what}: ${progressText({ done, bytes, elapsedMs: now - startedAt })}`);
  };
}

/** Bytes copied so far, from the last line that `dd` wrote: `4194304 bytes (4.2 MB, …) copied`. */
export function bytesIn(part: string): number | undefined {
  const last = [...part.matchAll(/(\d+) bytes/g)].at(-1);
  return last === undefined ? undefined : Number(last[1]);
}

/** `40 of 100 MB, 12 s left`. */
export function progressText(progress: {
  readonly done: number;
  readonly bytes: number;
  readonly elapsedMs: number;
}): string {
  const { done, bytes, elapsedMs } = progress;
  const left = done > 0 ? Math.max(0, (elapsedMs * (bytes - done)) / done) : 0;
  return `${megabytes(done)} of ${megabytes(bytes)} MB, ${Math.round(left / 1000)} s left`;
}

/** Millions of bytes, as disks count. */
export function megabytes(bytes: number): string {
  return String(Math.ceil(bytes / 1_000_000));
}

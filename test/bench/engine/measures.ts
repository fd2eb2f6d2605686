/** What the rehearsal engine does in a container, measured as an administrator could: by `docker`,
 *  `iris` and sessions. Times of writes are the instances' own clocks, which are the machine's. */

import { docker } from "../../support/docker.ts";
import { line } from "../../support/session.ts";
import { timed } from "../measure.ts";

/** Sets of one run: some seconds of work, so that what a session costs does not count. */
const sets = { local: 200_000, mirrored: 50_000 } as const;
/** Sessions that commit at the same time, and how often each. */
const commits = { sessions: 8, each: 400 } as const;

/** `docker run` until `iris qlist` says that the instance runs, in milliseconds. */
export function untilRunning(container: string, image: string, label: string): Promise<number> {
  return timed(async () => {
    await docker(["run", "-d", "--label", label, "--name", container, image]);
    // One look after another inside the container: a client's start for each would be measured too.
    const look = "until iris qlist IRIS | cut -d^ -f4 | grep -q '^running'; do :; done";
    await docker(["exec", container, "sh", "-c", look]);
  });
}

/** A session that writes one line, from `docker exec` to its end, in milliseconds. */
export function oneLine(container: string): Promise<number> {
  return timed(async () => {
    const answer = await line(container, "USER", "write 6*7");
    if (answer !== "42") throw new Error(`The session answered "${answer}".`);
  });
}

/** Plain sets of one session in a loop, per second. */
export async function plainSets(container: string): Promise<number> {
  const [begun, ended] = await times(container, "USER", loop("bench", sets.local));
  return (sets.local * 1000) / (ended - begun);
}

/** Plain sets of one session on a primary until its backup has the last of them in its database,
 *  per second. */
export async function mirroredSets(primary: string, backup: string): Promise<number> {
  const [begun] = await times(primary, "COMPANY", loop("bench", sets.mirrored));
  // A client waits on the backup and looks every 10 ms.
  const wait = `for { quit:$data(^bench(${sets.mirrored}))  hang 0.01 }`;
  const [, arrived] = await times(backup, "COMPANY", wait);
  return (sets.mirrored * 1000) / (arrived - begun);
}

/** Transactions of one set that are committed synchronously by eight sessions side by side, per
 *  second over all. The instance must commit synchronously already. */
export async function synchronousCommits(primary: string): Promise<number> {
  const { sessions, each } = commits;
  const spans = await Promise.all(
    Array.from({ length: sessions }, (_, session) =>
      times(
        primary,
        "COMPANY",
        `for i=1:1:${each} { tstart  set ^commit(${session},i)=i tcommit }`,
      ),
    ),
  );
  const begun = Math.min(...spans.map(([start]) => start));
  const ended = Math.max(...spans.map(([, end]) => end));
  return (sessions * each * 1000) / (ended - begun);
}

/** Anonymous memory of all processes of a container, in bytes. */
export async function anonymousMemory(container: string): Promise<number> {
  const text = await docker(["exec", container, "sh", "-c", "cat /proc/[0-9]*/status"]);
  const found = [...text.matchAll(/^RssAnon:\s+(\d+) kB$/gm)];
  return found.reduce((sum, [, kilobytes]) => sum + Number(kilobytes) * 1024, 0);
}

const loop = (global: string, count: number): string =>
  `for i=1:1:${count} { set ^${global}(i)="a record as applications write them^"_i }`;

/** Runs a line; milliseconds of the clock before and after it. */
async function times(container: string, namespace: string, text: string) {
  const all = `set before=$ztimestamp ${text} write before,"/",$ztimestamp`;
  const answer = await line(container, namespace, all);
  const [, ...parts] = /^(\d+),([\d.]+)\/(\d+),([\d.]+)$/.exec(answer) ?? [];
  const [firstDay, first, lastDay, last] = parts.map(Number);
  if (firstDay === undefined || first === undefined || lastDay === undefined || last === undefined)
    throw new Error(`${container} answered "${answer}" to: ${text}`);
  return [(firstDay * 86_400 + first) * 1000, (lastDay * 86_400 + last) * 1000] as const;
}

/** What Docker knows of containers and volumes. Everything it prints is parsed here. */

import type { Finished } from "./child-process.ts";
import {
  anyText,
  integer,
  list,
  mapped,
  nullable,
  openObject,
  optional,
  record,
  text,
  truth,
  type OutOf,
} from "./contract/shape.ts";
import { MirrorError } from "./mirror-error.ts";
import type { World } from "./world.ts";

/** Labels; Docker prints `null` for none. */
export const dockerLabels = mapped(
  optional(nullable(record(anyText))),
  (given): Readonly<Record<string, string>> => given ?? {},
);

const count = integer(0, Number.MAX_SAFE_INTEGER);

const inspectedContainer = openObject({
  Id: text,
  Name: text,
  RestartCount: count,
  State: openObject({ Status: text, Restarting: truth, ExitCode: integer(-1, 255) }),
  Config: openObject({ Labels: dockerLabels }),
});

const inspectedContainers = list(
  mapped(inspectedContainer, (given) => ({
    id: given.Id,
    name: given.Name.replace(/^\//, ""),
    restarts: given.RestartCount,
    state: given.State.Restarting ? "restarting" : given.State.Status,
    exitCode: given.State.ExitCode,
    labels: given.Config.Labels,
  })),
);
export type Container = OutOf<typeof inspectedContainers>[number];

const inspectedVolumes = list(
  mapped(
    openObject({ Name: text, CreatedAt: optional(anyText), Labels: dockerLabels }),
    (given) => ({
      name: given.Name,
      createdAt: given.CreatedAt ?? "",
      labels: given.Labels,
    }),
  ),
);
export type Volume = OutOf<typeof inspectedVolumes>[number];

/** The containers of these names that exist. */
export async function findContainers(world: World, names: readonly string[]): Promise<Container[]> {
  return inspectedContainers.parse(await inspect(world, "container", names));
}

/** The container of that name, or `undefined`. */
export async function findContainer(world: World, name: string): Promise<Container | undefined> {
  const [found] = await findContainers(world, [name]);
  return found;
}

/** The volumes of these names that exist. */
export async function findVolumes(world: World, names: readonly string[]): Promise<Volume[]> {
  return inspectedVolumes.parse(await inspect(world, "volume", names));
}

/** The last lines of a container's log, standard output and error together. */
export async function lastLogLines(world: World, container: string, lines = 15): Promise<string> {
  const log = await world.docker(["logs", "--tail", String(lines), container]);
  return `${log.stdout}${log.stderr}`.trimEnd();
}

async function inspect(
  world: World,
  kind: "container" | "volume",
  names: readonly string[],
): Promise<unknown> {
  if (names.length === 0) {
    return [];
  }
  const answer = await world.docker([kind, "inspect", ...names]);
  if (answer.code !== 0 && !onlyAbsent(answer)) {
    throw dockerFailure(`docker ${kind} inspect ${names.join(" ")}`, answer);
  }
  // An absent object is `[]` on standard output; nothing at all means the same.
  return JSON.parse(answer.stdout.trim() || "[]") as unknown;
}

/** Docker fails when one of several names is absent, and prints what it found all the same. */
function onlyAbsent(answer: Finished): boolean {
  const complaints = answer.stderr.split("\n").filter((line) => line.trim() !== "");
  return complaints.length > 0 && complaints.every((line) => /no such/i.test(line));
}

/** A command that Docker did not carry out, as an error with what it said. */
export function dockerFailure(subject: string, answer: Finished): MirrorError {
  const said = answer.stderr.trim() || answer.stdout.trim();
  if (answer.timedOut || /cannot connect|error during connect|permission denied/i.test(said)) {
    return new MirrorError({
      code: "docker-unreachable",
      subject,
      seen: answer.timedOut ? "no answer from the Docker engine in time" : firstLines(said),
      remedy: "Start Docker, or set DOCKER_HOST to the engine that runs the mirror.",
    });
  }
  return new MirrorError({
    code: "docker-refused",
    subject,
    seen: firstLines(said) || `ended with ${String(answer.code)}`,
    remedy: "Remove the cause that Docker names, then run the same command again.",
  });
}

function firstLines(text: string): string {
  return text.split("\n").slice(0, 4).join(" / ");
}

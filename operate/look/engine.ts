/** What the Docker engine tells of a stack: five questions, all at once. */

import { hostname } from "node:os";
import { labels } from "../contract/common.ts";
import type { LookInput, LookOutput } from "../contract/look.ts";
import { anyText, list, openObject, text, type OutOf } from "../contract/shape.ts";
import { dockerFailure, dockerLabels, findVolumes } from "../docker.ts";
import { MirrorError } from "../mirror-error.ts";
import type { World } from "../world.ts";
import { directoriesSeen } from "./directories.ts";
import { takenPorts } from "./ports.ts";

export type EngineSeen = Pick<
  LookOutput,
  "docker" | "images" | "containers" | "volumes" | "directories" | "network" | "ports"
>;

/** Everything of the stack that Docker knows; `reachable: false` and nothing else when there is no
 *  engine. `images` are looked up beside those of the input. */
export async function lookAtEngine(
  world: World,
  input: LookInput,
  images: Promise<readonly string[]>,
): Promise<EngineSeen> {
  try {
    const [engine, listed, volumes, network, imageIds] = await Promise.all([
      askEngine(world),
      listContainers(world),
      findVolumes(world, volumesOf(input)),
      findNetwork(world, input.network),
      images.then((more) => findImages(world, [...new Set([...input.images, ...more])])),
    ]);
    const found = new Map(volumes.map((volume) => [volume.name, volume]));
    return {
      docker: { reachable: true, id: engine.id, version: engine.version },
      images: imageIds,
      containers: containersOfInterest(input, listed),
      volumes: Object.fromEntries(
        volumesOf(input).map((name) => {
          const volume = found.get(name);
          return [name, volume === undefined ? { exists: false } : volumeSeen(volume)];
        }),
      ),
      directories: await directoriesSeen(input.directories, listed),
      network,
      ports: (await takenPorts(input.ports, listed, engine.name === hostname())).map(
        ({ holder, ...place }) =>
          typeof holder === "string"
            ? { ...place, holder }
            : { ...place, holder: `container "${holder.name}"`, ...ownerOf(holder) },
      ),
    };
  } catch (problem) {
    if (problem instanceof MirrorError && problem.code === "docker-unreachable") {
      return withoutEngine(`${problem.seen}. ${problem.remedy}`);
    }
    throw problem;
  }
}

function withoutEngine(why: string): EngineSeen {
  return {
    docker: { reachable: false, why },
    images: {},
    containers: {},
    volumes: {},
    directories: {},
    network: null,
    ports: [],
  };
}

const engineAnswer = openObject({ id: text, version: text, name: text });

async function askEngine(world: World): Promise<OutOf<typeof engineAnswer>> {
  const format = '{"id":{{json .ID}},"version":{{json .ServerVersion}},"name":{{json .Name}}}';
  return engineAnswer.parse(JSON.parse(await ask(world, ["info", "--format", format])));
}

const listedContainer = openObject({
  id: anyText,
  name: anyText,
  state: anyText,
  /** As `docker ps` prints them: `0.0.0.0:52775->52773/tcp, 1972/tcp`. */
  ports: anyText,
  /** Volumes and directories, with commas between them. */
  mounts: anyText,
  stack: anyText,
  member: anyText,
  kind: anyText,
  specification: anyText,
});
export type ListedContainer = OutOf<typeof listedContainer>;

const labelFields = Object.entries(labels).map(
  ([field, label]) => `"${field}":{{json (.Label "${label}")}}`,
);
/** One JSON object per line: ports, state and our labels of every container. */
const containerFormat =
  `{"id":{{json .ID}},"name":{{json .Names}},"state":{{json .State}},` +
  `"ports":{{json .Ports}},"mounts":{{json .Mounts}},${labelFields.join(",")}}`;

/** All containers of the engine, with ports, state and our labels. */
export async function listContainers(world: World): Promise<ListedContainer[]> {
  const text = await ask(world, ["ps", "--all", "--no-trunc", "--format", containerFormat]);
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => listedContainer.parse(JSON.parse(line)));
}

/** The named containers (those that are not there as absent), and all others of the stack. */
export function containersOfInterest(
  input: LookInput,
  listed: readonly ListedContainer[],
): LookOutput["containers"] {
  const named = [...input.members.map((one) => one.address.container), ...input.containers];
  const relevant = listed.filter((one) => one.stack === input.stack || named.includes(one.name));
  return {
    ...Object.fromEntries(named.map((name) => [name, { state: "absent" }])),
    ...Object.fromEntries(
      relevant.map(({ name, state, id, ...marks }) => [
        name,
        {
          ...{ state, id },
          ...ownerOf(marks),
          ...(marks.kind === "" ? {} : { kind: marks.kind }),
          ...(marks.specification === "" ? {} : { specification: marks.specification }),
        },
      ]),
    ),
  };
}

/** Stack and member, where the labels are there. */
export function ownerOf(marks: { readonly stack?: string; readonly member?: string }): {
  stack?: string;
  member?: string;
} {
  return {
    ...(marks.stack === undefined || marks.stack === "" ? {} : { stack: marks.stack }),
    ...(marks.member === undefined || marks.member === "" ? {} : { member: marks.member }),
  };
}

function labelledOwner(given: Readonly<Record<string, string>>): ReturnType<typeof ownerOf> {
  return ownerOf({ stack: given[labels.stack] ?? "", member: given[labels.member] ?? "" });
}

function volumesOf(input: LookInput): string[] {
  return input.members.flatMap((one) => (one.volume === undefined ? [] : [one.volume]));
}

function volumeSeen(volume: {
  readonly createdAt: string;
  readonly labels: Readonly<Record<string, string>>;
}): LookOutput["volumes"][string] {
  return { exists: true, createdAt: volume.createdAt, ...labelledOwner(volume.labels) };
}

const inspectedNetworks = list(openObject({ Id: text, Labels: dockerLabels }));

async function findNetwork(world: World, name: string | undefined): Promise<LookOutput["network"]> {
  if (name === undefined) {
    return null;
  }
  const answer = await world.docker(["network", "inspect", name]);
  if (answer.code !== 0 && !/no such network|not found/i.test(answer.stderr)) {
    throw dockerFailure(`docker network inspect ${name}`, answer);
  }
  const [found] = inspectedNetworks.parse(JSON.parse(answer.stdout));
  return found === undefined ? null : { id: found.Id, ...labelledOwner(found.Labels) };
}

/** Ids of images. Docker prints what it found in the order asked for and complains about each of
 *  the others by name, so that one command does for all; each starts a client of 30 ms. */
async function findImages(
  world: World,
  references: readonly string[],
): Promise<LookOutput["images"]> {
  if (references.length === 0) {
    return {};
  }
  const answer = await world.docker(["image", "inspect", "--format", "{{.Id}}", ...references]);
  const complaints = answer.stderr.split("\n");
  const found = references.filter(
    (reference) => !complaints.some((line) => line.endsWith(`image: ${reference}`)),
  );
  const ids = answer.stdout.split("\n").filter((line) => line !== "");
  if (ids.length !== found.length) {
    throw dockerFailure(`docker image inspect ${references.join(" ")}`, answer);
  }
  return Object.fromEntries(
    references.map((reference) => [reference, ids[found.indexOf(reference)] ?? null]),
  );
}

async function ask(world: World, argv: readonly string[]): Promise<string> {
  const answer = await world.docker(argv);
  if (answer.code !== 0) {
    throw dockerFailure(`docker ${argv.slice(0, 1).join(" ")}`, answer);
  }
  return answer.stdout;
}

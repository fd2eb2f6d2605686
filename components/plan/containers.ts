/** What each container is created from. */

import type { ArbiterWish, Draft, MemberWish } from "../topology/schema.ts";
import type { Images } from "./image.ts";
import { durableRoot, licenseTarget, type PhysicalNames } from "./names.ts";
import type { ContainerSpecification, MountSpecification } from "./specification.ts";

/** Where things are: what containers have in common. */
export interface Place {
  readonly draft: Draft;
  readonly names: PhysicalNames;
  readonly images: Images;
  /** Turns a path of the topology into an absolute one. */
  readonly resolve: (path: string) => string;
}

/** Ports of the product. Source: GHA_mirror_set (superserver 1972, ISCAgent 2188). */
const superserverPort = 1972;
const agentPort = 2188;

/** The container of a failover member. */
export function memberContainer(
  key: string,
  member: MemberWish,
  place: Place,
): ContainerSpecification {
  const { draft, names, images } = place;
  const published = [
    { host: member.webPort, inside: images.webServerPort },
    { host: member.superserverPort, inside: superserverPort },
  ];
  return {
    name: names.container(key),
    image: images.member,
    hostname: key,
    network: names.network,
    command: mainOptions(member, draft.licenseKey !== undefined),
    environment: { ISC_DATA_DIRECTORY: draft.durableDirectory },
    mounts: memberMounts(key, member, place),
    ports: published.flatMap(({ host, inside }) =>
      host === undefined ? [] : [{ address: draft.publishAddress, host, inside }],
    ),
    stopGraceSeconds: draft.stopGraceSeconds,
    init: false,
    ...(member.cpus === undefined ? {} : { cpus: member.cpus }),
  };
}

/** Options of iris-main. Source: ADOCK_iris_iscmain. */
function mainOptions(member: MemberWish, hasKey: boolean): string[] {
  const hooks = { "--before": member.before, "--after": member.after, "--exit": member.exit };
  return [
    ...["--check-caps", "false"],
    ...(hasKey ? ["--key", licenseTarget] : []),
    ...(member.agentPort === agentPort ? [] : ["--ISCAgentPort", String(member.agentPort)]),
    ...Object.entries(hooks).flatMap(([option, command]) =>
      command === undefined ? [] : [option, command],
    ),
  ];
}

function memberMounts(key: string, member: MemberWish, place: Place): MountSpecification[] {
  const { licenseKey } = place.draft;
  const target = durableRoot(place.draft);
  return [
    member.data === undefined
      ? { volume: place.names.volume(key), target }
      : { source: place.resolve(member.data.bind), target, readOnly: false },
    ...(licenseKey === undefined
      ? []
      : [{ source: place.resolve(licenseKey), target: licenseTarget, readOnly: true }]),
    ...member.mounts.map(({ source, target, readOnly }) => ({
      source: place.resolve(source),
      target,
      readOnly,
    })),
  ];
}

/** The container of the arbiter: no state, no configuration, no published port. */
export function arbiterContainer(arbiter: ArbiterWish, place: Place): ContainerSpecification {
  return {
    name: place.names.container(arbiter.name),
    image: place.images.arbiter,
    hostname: arbiter.name,
    network: place.names.network,
    command: arbiter.command,
    environment: {},
    mounts: [],
    ports: [],
    stopGraceSeconds: arbiterGraceSeconds,
    init: true,
  };
}

/** An ISCAgent keeps nothing; Docker's own ten seconds are plenty. */
const arbiterGraceSeconds = 10;

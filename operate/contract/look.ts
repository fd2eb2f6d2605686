/** What `look` sees of a whole stack, at once and without changing anything. */

import {
  anyText,
  choice,
  integer,
  list,
  nullable,
  object,
  oneOf,
  optional,
  record,
  text,
  truth,
  withDefault,
  type OutOf,
} from "./shape.ts";
import { instanceSettings, settingNames } from "./settings.ts";
import { databaseSettings, mappings, memberAddress, port, versioned } from "./common.ts";

export const lookInput = object({
  ...versioned,
  stack: text,
  /** Mirror set name, upper case. */
  mirror: text,
  members: list(
    object({
      address: memberAddress,
      /** Name of the Docker volume; absent where a directory is in its place. */
      volume: optional(text),
    }),
  ),
  /** Further containers, for example the arbiter's. Those of the members and all that carry the
   *  stack's label are looked at anyway. */
  containers: withDefault(list(text), []),
  /** Directories of this machine with members' data, absolute or from the working directory. */
  directories: withDefault(list(text), []),
  network: optional(text),
  /** Ports of the Docker host that are to be published. */
  ports: withDefault(list(object({ address: text, port })), []),
  images: withDefault(list(text), []),
  /** Paths on this machine, absolute or from the working directory. */
  files: withDefault(list(text), []),
  /** Databases that are to be mirrored: where ordinary ones are looked for in every member. */
  databases: withDefault(list(databaseSettings), []),
  /** Sample applications by folder of install/apps: hashed, and looked for in every member. */
  apps: withDefault(list(object({ name: text, namespace: text })), []),
  /** Namespaces to look for in every member. */
  namespaces: withDefault(list(text), []),
  /** Resources and roles to look for in every member. */
  settings: withDefault(settingNames, { resources: [], roles: [] }),
});
export type LookInput = OutOf<typeof lookInput>;

/** The part of our labels that an object carries. */
const owner = {
  stack: optional(text),
  member: optional(text),
};

const containerSeen = object({
  /** Docker's word (`running`, `exited`, …), or `absent`. */
  state: anyText,
  id: optional(text),
  ...owner,
  /** `member` or `arbiter`. */
  kind: optional(text),
  specification: optional(text),
});

const volumeSeen = object({
  exists: truth,
  /** When it was created, as Docker writes it. */
  createdAt: optional(text),
  ...owner,
});

const directorySeen = object({
  /** `filled` when something is in it, or when it cannot be read. */
  kind: oneOf("missing", "file", "empty", "filled"),
  /** Where it is when links are followed. */
  real: anyText,
  /** Containers that mount it, or a directory in it. */
  users: list(object({ name: anyText, ...owner })),
});

const portSeen = object({
  address: anyText,
  port,
  /** Who has it, in words. */
  holder: anyText,
  ...owner,
});

/** The mirror as one member's configuration has it. */
const mirrorSeen = object({
  name: anyText,
  guid: anyText,
  /** `host|port`, or absent. */
  arbiter: optional(text),
  qosTimeoutMs: integer(0, 300_000),
});
export type MirrorSeen = OutOf<typeof mirrorSeen>;

const reachedMember = object({
  reachable: oneOf(true),
  /** PRIMARY, BACKUP, … Source: %SYSTEM.Mirror GetStatus. */
  status: anyText,
  /** Failover, Disaster Recovery, … Source: %SYSTEM.Mirror GetMemberType. */
  type: anyText,
  mirror: optional(mirrorSeen),
  /** The mirror service is enabled. */
  service: truth,
  /** Hash of the loaded install/cls, or empty. */
  code: anyText,
  /** Names of its classes that are not as they were loaded, spaces between. */
  altered: withDefault(anyText, ""),
  /** Mirrored databases by their name in the mirror, upper case. */
  databases: record(object({ directory: anyText, status: anyText })),
  /** Bytes of the ordinary databases among those asked for, by name. */
  ordinary: record(integer(0, Number.MAX_SAFE_INTEGER)),
  /** Those asked for that exist, by name, upper case; without mappings to the product's own
   *  databases. */
  namespaces: record(object({ globals: anyText, routines: anyText, ...mappings })),
  /** Applications whose namespace exists, by name: hash of what was loaded, and when the first data
   *  were entered; both may be empty. */
  apps: record(object({ code: anyText, entered: anyText })),
  /** Resources and roles among those asked for; absent where none were, or the instance has classes
   *  of before that question. */
  settings: optional(instanceSettings),
});

const memberSeen = choice(reachedMember, object({ reachable: oneOf(false), why: anyText }));
export type MemberSeen = OutOf<typeof memberSeen>;

const dockerSeen = choice(
  object({ reachable: oneOf(true), id: anyText, version: anyText }),
  object({ reachable: oneOf(false), why: anyText }),
);

export const lookOutput = object({
  ...versioned,
  docker: dockerSeen,
  /** Hash of install/cls in this checkout: input of `load-code`. */
  code: anyText,
  /** Hashes of the asked-for applications; none for one that has no class. */
  apps: record(anyText),
  /** Image references of the rehearsal for this checkout's content, by release. */
  rehearsal: record(object({ member: anyText, arbiter: anyText })),
  /** Image references to ids; null for one that is not on the engine. */
  images: record(nullable(anyText)),
  containers: record(containerSeen),
  volumes: record(volumeSeen),
  directories: record(directorySeen),
  network: nullable(object({ id: text, ...owner })),
  /** The asked-for ports that are taken. */
  ports: list(portSeen),
  files: record(oneOf("file", "directory", "missing", "unreadable")),
  /** By the member's name in the topology; those that it names no more too, while they run. */
  members: record(memberSeen),
  /** What could not be seen, as sentences. */
  warnings: list(anyText),
});
export type LookOutput = OutOf<typeof lookOutput>;

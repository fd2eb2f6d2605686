/** The parts that several verbs share: how a member is reached, what a mirror and
 *  its databases are. */

import {
  integer,
  list,
  object,
  oneOf,
  record,
  text,
  textLike,
  optional,
  withDefault,
  type OutOf,
} from "./shape.ts";

/** Version of every input and output written by this checkout. A step in an old state keeps the
 *  version it was written with, so `delete` verbs accept every version that ever was. */
export const contractVersion = 1;

/** First field of every input and output. */
export const versioned = { version: oneOf(contractVersion) };

/** Labels on containers, volumes and networks: by them a Docker object tells whose it is. */
export const labels = {
  /** Name of the Pulumi stack. */
  stack: "io.iris-mirror.stack",
  /** Name in the topology: a member, or `arbiter`. */
  member: "io.iris-mirror.member",
  /** `member` or `arbiter`. */
  kind: "io.iris-mirror.kind",
  /** Hash of everything a container was created from. */
  specification: "io.iris-mirror.spec",
} as const;

/** User and group that own an instance and its files in every image of the product.
 *  Source: ADOCK "Ownership and Directories". */
export const irisOwner = 51773;

/** Where a member's data lie. */
export const place = {
  /** Name of a Docker volume, or the absolute path of a directory on the Docker host. */
  volume: text,
  /** Folder with durable %SYS in a directory. */
  durable: withDefault(text, "iconfig"),
};

/** A TCP port. */
export const port = integer(1, 65_535);

/** One IRIS instance as a verb reaches it. */
export const memberAddress = object({
  /** Hostname on the mirror's network, and key in the topology. */
  name: text,
  /** Name of the Docker container. */
  container: text,
  /** Name in the mirror, upper case. */
  memberName: text,
  /** Name of the IRIS instance inside the container. */
  instance: withDefault(text, "IRIS"),
  superserverAddress: text,
  mirrorAddress: text,
  agentAddress: text,
  agentPort: port,
});
export type MemberAddress = OutOf<typeof memberAddress>;

/** A member of which only key and container are known: enough to talk to it, not to join. */
export function addressByContainer(name: string, container: string): MemberAddress {
  return {
    ...{ name, container, memberName: name.toUpperCase(), instance: "IRIS" },
    ...{ superserverAddress: name, mirrorAddress: name, agentAddress: name, agentPort: 2188 },
  };
}

/** The part of an address that a session needs. */
export type InstanceAddress = Pick<MemberAddress, "name" | "container" | "instance">;

/** As what an instance is in a mirror, in the topology's words. Source: GHA_mirror_set. */
const eligibility = oneOf("failover", "dr", "reportingReadOnly", "reportingReadWrite");
export type Eligibility = OutOf<typeof eligibility>;

/** What an async is. */
const asyncType = oneOf("dr", "reportingReadOnly", "reportingReadWrite");
export type AsyncType = OutOf<typeof asyncType>;

/** All failover members of the topology: where a mirror and its primary are looked for. */
export const failoverMembers = list(memberAddress, 1, 2);

/** What is fixed when a mirror is created; the product changes none of it without a person. */
export const mirrorSettings = object({
  /** Mirror set name, upper case. */
  name: text,
  /** `host|port`, or absent: a mirror without arbiter. */
  arbiter: optional(text),
  qosTimeoutMs: integer(0, 300_000),
});
export type MirrorSettings = OutOf<typeof mirrorSettings>;

/** An async with what it is to hold. */
export const asyncMember = object({
  member: memberAddress,
  type: asyncType,
  /** Names of its databases, upper case. */
  databases: list(text),
});
export type AsyncToVerify = OutOf<typeof asyncMember>;

export const databaseSettings = object({
  /** Name in the instance and in the mirror, upper case. */
  name: text,
  /** Directory inside the container, with a closing slash. */
  directory: textLike(/^\/.*\/$/, "a directory: begins and ends with a slash"),
});
export type DatabaseSettings = OutOf<typeof databaseSettings>;

/** Mappings of one kind: name or pattern to database. */
const mappingsOfKind = record(text);

/** Mappings of a namespace, as fields of it. */
export const mappings = {
  /** Globals: `company`, or `company.*` for all whose names begin so. */
  globalMappings: withDefault(mappingsOfKind, {}),
  /** Packages of classes, with what lies below them: `Sample.Company`. */
  packageMappings: withDefault(mappingsOfKind, {}),
  /** Routines: `ACC`, or `ACC*`. */
  routineMappings: withDefault(mappingsOfKind, {}),
};

export const namespaceSettings = object({
  name: text,
  /** Database that holds the globals. */
  globals: text,
  /** Database that holds the routines and classes. */
  routines: text,
  ...mappings,
});
export type NamespaceSettings = OutOf<typeof namespaceSettings>;

/** A sample application. */
export const appSettings = object({
  /** Its folder in install/apps. */
  name: text,
  /** Upper case; where its classes and first data go. */
  namespace: text,
  /** Hash of its classes as `look` saw them; others on disk are refused. */
  hash: text,
});

/** Input of `join` and `leave`. */
export const joinInput = object({
  ...versioned,
  mirror: text,
  member: memberAddress,
  /** Where the mirror is looked for. */
  failover: failoverMembers,
  /** Inputs of before there were asyncs say `failover`. */
  eligibility,
});

/** Input of `database` and `remove-database`. */
export const databaseInput = object({
  ...versioned,
  mirror: text,
  database: databaseSettings,
  failover: failoverMembers,
});

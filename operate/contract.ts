/** What every verb takes and gives: the one border between what Pulumi declares and what is done
 *  to instances. Inputs and outputs are JSON with a version; unknown keys are faults. */

import { z } from "zod";

/** Version of every input and output of this file. A step in an old state keeps the version it
 *  was written with, so `delete` verbs must accept all of them. */
export const contractVersion = 1;

const versioned = { version: z.literal(contractVersion) };

/** One IRIS instance as a verb reaches it. */
export const memberAddress = z.strictObject({
  /** Hostname on the mirror's network, and key in the topology. */
  name: z.string(),
  /** Name of the Docker container. */
  container: z.string(),
  /** Name in the mirror, upper case. */
  memberName: z.string(),
  /** Name of the IRIS instance inside the container. */
  instance: z.string().default("IRIS"),
  superserverAddress: z.string(),
  mirrorAddress: z.string(),
  agentAddress: z.string(),
  agentPort: z.int(),
});
export type MemberAddress = z.infer<typeof memberAddress>;

export const mirrorSettings = z.strictObject({
  /** Mirror set name, upper case. */
  name: z.string(),
  /** `host|port`, or absent: a mirror without arbiter. */
  arbiter: z.string().optional(),
  qosTimeoutMs: z.int(),
});

export const databaseSettings = z.strictObject({
  /** Name in the instance and in the mirror, upper case. */
  name: z.string(),
  /** Directory inside the container, with a closing slash. */
  directory: z.string(),
});

export const namespaceSettings = z.strictObject({
  name: z.string(),
  globals: z.string(),
  routines: z.string(),
  /** Global mappings: global name (`demo.*` allowed) to database. */
  globalMappings: z.record(z.string(), z.string()).default({}),
});

export const verbs = {
  "own-volume": {
    input: z.strictObject({
      ...versioned,
      volume: z.string(),
      image: z.string(),
      stack: z.string(),
      member: z.string(),
    }),
    output: z.strictObject({ ...versioned, volume: z.string(), changed: z.boolean() }),
  },
  ready: {
    input: z.strictObject({ ...versioned, member: memberAddress, containerId: z.string() }),
    output: z.strictObject({
      ...versioned,
      member: z.string(),
      containerId: z.string(),
      /** `$zversion` of the instance. */
      product: z.string(),
    }),
  },
  "load-code": {
    input: z.strictObject({ ...versioned, member: memberAddress, hash: z.string() }),
    output: z.strictObject({ ...versioned, hash: z.string(), changed: z.boolean() }),
  },
  service: {
    input: z.strictObject({ ...versioned, member: memberAddress }),
    output: z.strictObject({ ...versioned, enabled: z.literal(true), changed: z.boolean() }),
  },
  form: {
    input: z.strictObject({
      ...versioned,
      mirror: mirrorSettings,
      /** All failover members; the first one creates the mirror when it exists nowhere. */
      failover: z.array(memberAddress).min(1).max(2),
    }),
    output: z.strictObject({
      ...versioned,
      mirror: z.string(),
      guid: z.string(),
      changed: z.boolean(),
    }),
  },
  join: {
    input: z.strictObject({
      ...versioned,
      mirror: z.string(),
      member: memberAddress,
      /** Where the mirror is looked for. */
      failover: z.array(memberAddress).min(1).max(2),
      eligibility: z.literal("failover"),
    }),
    output: z.strictObject({ ...versioned, mirror: z.string(), changed: z.boolean() }),
  },
  database: {
    input: z.strictObject({
      ...versioned,
      mirror: z.string(),
      database: databaseSettings,
      failover: z.array(memberAddress).min(1).max(2),
    }),
    output: z.strictObject({ ...versioned, database: z.string(), changed: z.boolean() }),
  },
  databases: {
    input: z.strictObject({
      ...versioned,
      mirror: z.string(),
      member: memberAddress,
      databases: z.array(databaseSettings),
    }),
    output: z.strictObject({ ...versioned, databases: z.array(z.string()), changed: z.boolean() }),
  },
  namespaces: {
    input: z.strictObject({
      ...versioned,
      member: memberAddress,
      namespaces: z.array(namespaceSettings),
    }),
    output: z.strictObject({ ...versioned, namespaces: z.array(z.string()), changed: z.boolean() }),
  },
  verify: {
    input: z.strictObject({
      ...versioned,
      mirror: mirrorSettings,
      failover: z.array(memberAddress).min(1).max(2),
      databases: z.array(databaseSettings),
      /** Results of all steps before, so that a change of any of them verifies again. */
      after: z.array(z.string()),
    }),
    output: z.strictObject({
      ...versioned,
      /** Role of each member when it was verified: `Primary`, `Backup`. */
      roles: z.record(z.string(), z.string()),
      failoverMode: z.string(),
      replicated: z.boolean(),
    }),
  },
} as const;

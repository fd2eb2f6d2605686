/** One instance as the tests of the verbs have it: a few facts in memory. */

import type { MemberAddress } from "../contract/common.ts";
import type { MirrorError } from "../mirror-error.ts";

export interface FakeDatabase {
  readonly directory: string;
  mirror: string;
  mirrorName: string;
  isDismounted?: boolean;
  /** What it holds. */
  content?: string;
  /** What a copy still needs. */
  needs?: "activation" | "catchup";
}

export interface FakeNamespace {
  globals: string;
  routines: string;
  /** `Globals company.*` to database. */
  readonly mappings: Map<string, string>;
}

export interface FakeRole {
  Description: string;
  Resources: string;
  GrantedRoles: string;
}

/** One instance. Tests change it by hand to make what they need. */
export class FakeInstance {
  readonly address: MemberAddress;
  service = true;
  code = "0123";
  status = "NOTINIT";
  /** What it is in its mirror. */
  type = "Failover";
  /** What its mirrored databases are, when not what the role says. */
  readonly databaseStatus = new Map<string, string>();
  mirror: { name: string; guid: string; arbiter: string; qosTimeoutMs: number } | undefined;
  /** Configured databases: name to directory. */
  readonly configured = new Map<string, string>();
  /** Database files by directory. */
  readonly files = new Map<string, FakeDatabase>();
  /** Copies that are not in their place yet, by folder. */
  readonly growing = new Map<string, FakeDatabase>();
  /** Those of them that have their last name. */
  readonly sealed = new Set<string>();
  /** Folders without anything in them. */
  readonly emptyFolders = new Set<string>();
  /** A container that copies to it still runs. */
  hasHelper = false;
  /** Limit of the last freeze in seconds. */
  frozenFor = 0;
  /** Who froze it. */
  frozen: "nobody" | "a step" | "somebody else" = "nobody";
  /** The journals a copy needs to catch up are gone. */
  hasLostJournals = false;
  /** Bytes free on its volume. */
  free = 1_000_000;
  /** Who was last told that it may go. */
  going = { member: "", container: "" };
  readonly namespaces = new Map<string, FakeNamespace>();
  /** Description of each resource. */
  readonly resources = new Map<string, string>();
  /** Roles with the values of a merge file. */
  readonly roles = new Map<string, FakeRole>();
  /** Why the instance cannot be asked; undefined when it can. */
  problem: MirrorError | undefined;

  constructor(name: string) {
    this.address = {
      name,
      container: `dev-${name}`,
      memberName: name.toUpperCase(),
      instance: "IRIS",
      superserverAddress: name,
      mirrorAddress: name,
      agentAddress: name,
      agentPort: 2188,
    };
  }
}

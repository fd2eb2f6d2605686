/** What a look at the engine saw, as far as the plan needs it. */

import type { InstanceSettings } from "./settings.ts";

/** Whose a Docker object is: our labels on it, absent on a foreign one. */
export interface OwnerSeen {
  readonly stack?: string | undefined;
  readonly member?: string | undefined;
}

interface ContainerSeen extends OwnerSeen {
  /** Docker's word, or `absent`. */
  readonly state: string;
  /** Specification hash it was created from. */
  readonly specification?: string | undefined;
}

interface VolumeSeen extends OwnerSeen {
  readonly exists: boolean;
  /** When it was created, as Docker writes it. */
  readonly createdAt?: string | undefined;
}

/** A directory of this machine in which a member has its data, or is to have them. */
export interface DirectorySeen {
  /** `filled` when something is in it, or when it cannot be read. */
  readonly kind: "missing" | "file" | "empty" | "filled";
  /** Where it is when links are followed. */
  readonly real: string;
  /** Containers that mount it, or a directory in it. */
  readonly users: readonly (OwnerSeen & { readonly name: string })[];
}

interface NetworkSeen extends OwnerSeen {
  readonly id: string;
}

/** A port of the Docker host that is taken. */
interface PortSeen extends OwnerSeen {
  readonly address: string;
  readonly port: number;
  /** Who has it, in words. */
  readonly holder: string;
}

export interface MirrorSeen {
  readonly name: string;
  readonly guid: string;
  /** `host|port`; absent without arbiter. */
  readonly arbiter?: string | undefined;
  readonly qosTimeoutMs: number;
}

/** A namespace with its mappings, but for those to the product's own databases. */
export interface NamespaceSeen {
  readonly globals: string;
  readonly routines: string;
  /** Name or pattern to database. */
  readonly globalMappings: Readonly<Record<string, string>>;
  readonly packageMappings: Readonly<Record<string, string>>;
  readonly routineMappings: Readonly<Record<string, string>>;
}

/** An instance that answered. */
export interface ReachedMember {
  readonly reachable: true;
  /** `PRIMARY`, `BACKUP`, … Source: %SYSTEM.Mirror.GetStatus. */
  readonly status: string;
  /** `Failover`, `Disaster Recovery`, … Source: %SYSTEM.Mirror.GetMemberType. */
  readonly type: string;
  readonly mirror?: MirrorSeen | undefined;
  readonly service: boolean;
  /** Hash of the loaded classes, or empty. */
  readonly code: string;
  /** Names of the classes that are not as they were loaded, spaces between. @default none */
  readonly altered?: string | undefined;
  /** Mirrored databases by name, upper case. */
  readonly databases: Readonly<
    Record<string, { readonly directory: string; readonly status: string }>
  >;
  /** Bytes of the ordinary databases that stand where mirrored ones are wanted, by name. */
  readonly ordinary: Readonly<Record<string, number>>;
  /** Those namespaces that are asked for, by name, upper case. */
  readonly namespaces: Readonly<Record<string, NamespaceSeen>>;
  /** Applications whose namespace is there, by name: hash of what was loaded, and when the first
   *  data were entered; both may be empty. */
  readonly apps: Readonly<Record<string, { readonly code: string; readonly entered: string }>>;
  /** Resources and roles among those asked for; absent where it told none. */
  readonly settings?: InstanceSettings | undefined;
}

export type MemberSeen = ReachedMember | { readonly reachable: false; readonly why: string };

/** The whole stack at one moment. */
export interface Seen {
  readonly docker:
    | { readonly reachable: true; readonly id: string }
    | { readonly reachable: false; readonly why: string };
  /** Hash of the classes in this checkout. */
  readonly code: string;
  /** Hashes of the applications' classes in this checkout, by name. */
  readonly apps: Readonly<Record<string, string>>;
  /** Rehearsal images of this checkout's content, by release. */
  readonly rehearsal: Readonly<
    Record<string, { readonly member: string; readonly arbiter: string }>
  >;
  /** Image references to ids; null for one that is not on the engine. */
  readonly images: Readonly<Record<string, string | null>>;
  /** Containers by name: those asked for, and all others of this stack. */
  readonly containers: Readonly<Record<string, ContainerSeen>>;
  readonly volumes: Readonly<Record<string, VolumeSeen>>;
  /** Directories in place of volumes, by their path as the topology has it. */
  readonly directories: Readonly<Record<string, DirectorySeen>>;
  readonly network: NetworkSeen | null;
  /** Asked-for ports that are taken. */
  readonly ports: readonly PortSeen[];
  /** What each asked-for path is. */
  readonly files: Readonly<Record<string, "file" | "directory" | "missing" | "unreadable">>;
  /** Members by their key in the topology. */
  readonly members: Readonly<Record<string, MemberSeen>>;
  /** What could not be seen, as sentences. */
  readonly warnings: readonly string[];
}

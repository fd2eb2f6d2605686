/** What a mirror is configured to be, as every member keeps it in its iris.cpf. */

/** How an async member is used. Source: GHA_mirror_set (types of async members). */
export type AsyncType = "disasterRecovery" | "readOnlyReporting" | "readWriteReporting";

/** One member of the mirror, as all members know it. Source: Config.MapMirrors. */
export interface MemberEntry {
  /** Mirror member name, upper case, unique in the mirror. */
  readonly name: string;
  readonly guid: string;
  /** What it may become. Which of two failover members is primary stands nowhere: it changes. */
  readonly eligibility: "failover" | AsyncType;
  readonly agentAddress: string;
  readonly agentPort: number;
  /** Mirror private address: where the data channel goes. */
  readonly mirrorAddress: string;
  /** Superserver address, for clients. */
  readonly ecpAddress: string;
  readonly superserverPort: number;
  /** Durable directory of the instance, with its closing slash. */
  readonly instanceDirectory: string;
}

/** Where the arbiter is reached. */
export interface ArbiterAddress {
  readonly address: string;
  readonly port: number;
}

/** The mirror as a whole. Source: Config.Mirrors. */
export interface MirrorConfiguration {
  /** Name, 1 to 15 alphanumeric characters, upper case. */
  readonly mirror: string;
  readonly mirrorGuid: string;
  readonly arbiter: ArbiterAddress | undefined;
  readonly qosTimeoutMs: number;
  /** "No failover": name of the primary that must not lose its role, or `undefined`. The product
   *  keeps it as `DefinedPrimary`. */
  readonly definedPrimary: string | undefined;
  /** Kept and shown, without effect here. */
  readonly compression: {
    readonly failover: number;
    readonly async: number;
    readonly failoverType: number;
    readonly asyncType: number;
  };
  /** Kept and shown, without effect here. */
  readonly parallelDejournaling: number;
  /** Sorted by name. */
  readonly members: readonly MemberEntry[];
}

/** What a member keeps about itself alone. Source: Config.MirrorMember, RACS_mirrormember. */
export interface LocalMembership {
  readonly name: string;
  /** False: the mirror configuration is ignored at start. StopMirror makes it so, StartMirror
   *  undoes it. Assumed: that a stop holds over restarts is documented, how is not. */
  readonly joinsMirror: boolean;
  /** False: never becomes primary by itself, asks the primary for its role first. */
  readonly isValidated: boolean;
}

/** At most two failover members, and 14 asyncs beside them. Source: GHA_mirror_set. */
export const failoverMembersMax = 2;
/** Most async members of one mirror. Source: GHA_mirror_set. */
export const asyncMembersMax = 14;

/** The entry of a member; `undefined` when the mirror has none of that name. */
export function entryOf(configuration: MirrorConfiguration, name: string): MemberEntry | undefined {
  return configuration.members.find((entry) => entry.name === name);
}

/** True for an async member of that name; false also where there is none. */
export function isAsync(configuration: MirrorConfiguration, name: string): boolean {
  const eligibility = entryOf(configuration, name)?.eligibility;
  return eligibility !== undefined && eligibility !== "failover";
}

/** All failover members, sorted by name. */
export function failoverMembers({
  members,
}: Pick<MirrorConfiguration, "members">): readonly MemberEntry[] {
  return members.filter((entry) => entry.eligibility === "failover");
}

/** The other failover member; `undefined` when there is none. */
export function partnerOf(
  configuration: MirrorConfiguration,
  name: string,
): MemberEntry | undefined {
  return failoverMembers(configuration).find((entry) => entry.name !== name);
}

/** The same mirror with `entry` added, or in place of the member of its name. */
export function withMember(
  configuration: MirrorConfiguration,
  entry: MemberEntry,
): MirrorConfiguration {
  const others = configuration.members.filter((member) => member.name !== entry.name);
  const members = [...others, entry].sort((one, other) => (one.name < other.name ? -1 : 1));
  return { ...configuration, members };
}

/** The same mirror without that member. */
export function withoutMember(
  configuration: MirrorConfiguration,
  name: string,
): MirrorConfiguration {
  const members = configuration.members.filter((entry) => entry.name !== name);
  const isDefinedPrimary = configuration.definedPrimary === name;
  return {
    ...configuration,
    members,
    definedPrimary: isDefinedPrimary ? undefined : configuration.definedPrimary,
  };
}

/** The mirror's sections of iris.cpf: [Mirrors], [MapMirrors.X], [MirrorMember].
 *  Source: RACS, and a file written by an instance of 2026. */

import type {
  LocalMembership,
  MemberEntry,
  MirrorConfiguration,
} from "../../core/configuration.ts";

/** The part of the instance's configuration file that is needed here. */
export interface CpfFile {
  entries(section: string): readonly { readonly key: string; readonly value: string }[];
  set(section: string, key: string, value: string): void;
  removeSection(section: string): void;
  save(): void;
}

/** What the file says. */
export interface StoredMembership {
  readonly configuration: MirrorConfiguration;
  readonly local: LocalMembership;
}

/** Sections that do not say what they must. */
export class CpfMirrorFault extends Error {}

/** Types of asyncs by their numbers. Source: SYS.Mirror.JoinMirrorAsAsyncMember. */
export const asyncTypes = ["disasterRecovery", "readOnlyReporting", "readWriteReporting"] as const;

function wholeNumber(value: string | undefined, what: string): number {
  const number = Number(value === "" || value === undefined ? "0" : value);
  if (!Number.isSafeInteger(number) || number < 0) {
    throw new CpfMirrorFault(`iris.cpf: ${what} is "${value}", it must be a whole number`);
  }
  return number;
}

/** Membership as the file has it; `undefined` where this instance is no member.
 *  @throws CpfMirrorFault for what cannot be understood */
export function readMembership(file: CpfFile): StoredMembership | undefined {
  const mirrors = file.entries("Mirrors");
  const [mirror] = mirrors;
  if (mirror === undefined) return undefined;
  if (mirrors.length > 1) throw new CpfMirrorFault("not simulated: a member of several mirrors");
  const own = new Map(file.entries("MirrorMember").map(({ key, value }) => [key, value]));
  const asyncType = wholeNumber(own.get("AsyncMemberType"), "AsyncMemberType");
  const members = file
    .entries(`MapMirrors.${mirror.key}`)
    .map(({ key, value }) => readMember(key, value, asyncType));
  const name = own.get("SystemName") ?? "";
  return {
    configuration: { ...readMirror(mirror.key, mirror.value), members },
    local: {
      name,
      joinsMirror: own.get("JoinMirror") !== "0",
      isValidated: own.get("ValidatedMember") !== "0",
    },
  };
}

/** `GUID,2,1,DefinedPrimary,QOSTimeout,0,UseSSL,VirtualAddress,0,Arbiter|port,CompFailover,
 *  CompAsync,ParallelDejrn,CompTypeF,CompTypeA` */
function readMirror(mirror: string, line: string): Omit<MirrorConfiguration, "members"> {
  const fields = line.split(",");
  const [mirrorGuid = "", , , definedPrimary = "", qos] = fields;
  if (fields[6] === "1") throw new CpfMirrorFault("not simulated: a mirror with TLS");
  const [address = "", port] = (fields[9] ?? "").split("|");
  return {
    mirror,
    mirrorGuid,
    definedPrimary: definedPrimary === "" ? undefined : definedPrimary,
    qosTimeoutMs: wholeNumber(qos, "QOSTimeout"),
    arbiter:
      address === "" ? undefined : { address, port: wholeNumber(port, "port of the arbiter") },
    compression: {
      failover: wholeNumber(fields[10], "compression"),
      async: wholeNumber(fields[11], "compression"),
      failoverType: wholeNumber(fields[13], "compression"),
      asyncType: wholeNumber(fields[14], "compression"),
    },
    parallelDejournaling: wholeNumber(fields[12], "AllowParallelDejournaling"),
  };
}

/** agent address, agent port, –, superserver address, GUID, instance directory, member type
 *  (0 failover, 2 async), mirror private address, superserver port, SSL name, EncryptCommunication,
 *  –, type of async, –. Assumed: where the type of an async stands is not documented. */
function readMember(name: string, line: string, ownAsyncType: number): MemberEntry {
  const fields = line.split(",");
  const [agentAddress = "", agentPort, , ecpAddress = "", guid = "", instanceDirectory = ""] =
    fields;
  const isAsync = fields[6] === "2";
  const asyncType = fields[12] === "" ? ownAsyncType : wholeNumber(fields[12], "async type");
  return {
    name,
    guid,
    eligibility: isAsync ? (asyncTypes[asyncType] ?? "disasterRecovery") : "failover",
    agentAddress,
    agentPort: wholeNumber(agentPort, "agent port"),
    mirrorAddress: fields[7] ?? "",
    ecpAddress,
    superserverPort: wholeNumber(fields[8], "superserver port"),
    instanceDirectory,
  };
}

/** Writes the sections, in place of what was there, and saves the file. */
export function writeMembership(file: CpfFile, stored: StoredMembership | undefined): void {
  for (const { key } of file.entries("Mirrors")) file.removeSection(`MapMirrors.${key}`);
  file.removeSection("Mirrors");
  file.removeSection("MirrorMember");
  if (stored !== undefined) setSections(file, stored);
  file.save();
}

/** Another member is made primary while this instance is down: keeps that mirror, and
 *  ValidatedMember=0. */
export function writeGivenWay(file: CpfFile, configuration: MirrorConfiguration): void {
  const stored = readMembership(file);
  if (stored === undefined) throw new Error("there is no mirror in the configuration file");
  writeMembership(file, { configuration, local: { ...stored.local, isValidated: false } });
}

function setSections(file: CpfFile, { configuration, local }: StoredMembership): void {
  file.set("Mirrors", configuration.mirror, mirrorLine(configuration));
  for (const entry of configuration.members) {
    file.set(`MapMirrors.${configuration.mirror}`, entry.name, memberLine(entry));
  }
  const own = configuration.members.find((entry) => entry.name === local.name);
  const section: Readonly<Record<string, string>> = {
    AgentAddress: "",
    AsyncMemberGUID: own?.eligibility === "failover" ? "" : (own?.guid ?? ""),
    AsyncMemberType: String(asyncTypeNumber(own)),
    AsyncUseSystemPurgeInterval: "0",
    JoinMirror: local.joinsMirror ? "1" : "0",
    SystemName: local.name,
    ValidatedMember: local.isValidated ? "1" : "0",
    VirtualAddressInterface: "",
  };
  for (const [key, value] of Object.entries(section)) file.set("MirrorMember", key, value);
}

function asyncTypeNumber(entry: MemberEntry | undefined): number {
  return Math.max(
    0,
    asyncTypes.findIndex((type) => type === entry?.eligibility),
  );
}

function mirrorLine(configuration: MirrorConfiguration): string {
  const { arbiter, compression } = configuration;
  return [
    configuration.mirrorGuid,
    2,
    1,
    configuration.definedPrimary ?? "",
    configuration.qosTimeoutMs,
    0,
    0,
    "",
    0,
    arbiter === undefined ? "" : `${arbiter.address}|${arbiter.port}`,
    compression.failover,
    compression.async,
    configuration.parallelDejournaling,
    compression.failoverType,
    compression.asyncType,
  ].join(",");
}

function memberLine(entry: MemberEntry): string {
  const isAsync = entry.eligibility !== "failover";
  return [
    entry.agentAddress,
    entry.agentPort,
    "",
    entry.ecpAddress,
    entry.guid,
    entry.instanceDirectory,
    isAsync ? 2 : 0,
    entry.mirrorAddress,
    entry.superserverPort,
    "",
    0,
    "",
    isAsync ? asyncTypeNumber(entry) : "",
    0,
  ].join(",");
}

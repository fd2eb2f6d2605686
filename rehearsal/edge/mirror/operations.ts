/** Making a mirror and joining one: what is checked, what is asked of whom.
 *  Source: SYS.Mirror.CreateNewMirrorSet, JoinMirrorAsFailoverMember. Which call returns which
 *  error is not documented.
 *  Assumed: the numbers whose texts fit. */

import type {
  LocalMembership,
  MemberEntry,
  MirrorConfiguration,
} from "../../core/configuration.ts";
import type { AgentPlace, JoinAnswer, JoinRequest } from "../../core/messages.ts";
import type { Clock } from "../../storage/clock.ts";
import { AgentUnreachable, anyInstance, askToJoin, probeAgent } from "./agent-client.ts";
import type { AgentFailure } from "./agent-requests.ts";
import * as names from "./names.ts";
import type { MirrorRuntimeOptions } from "./options.ts";
import { MirrorRefusal } from "./refusal.ts";

/** Arguments of CreateNewMirrorSet. */
export interface CreateRequest {
  readonly mirror: string;
  /** Empty: host and instance. */
  readonly systemName: string;
  /** Keys as the class documents them. */
  readonly mirrorInfo: Readonly<Record<string, string>>;
}

/** Arguments of JoinMirrorAsFailoverMember and JoinMirrorAsAsyncMember. */
export interface JoinCall {
  readonly mirror: string;
  readonly systemName: string;
  /** Instance name of the primary. */
  readonly instance: string;
  readonly agentAddress: string;
  readonly agentPort: number;
  readonly localInfo: Readonly<Record<string, string>>;
  /** What it joins as. */
  readonly eligibility: MemberEntry["eligibility"];
}

/** Own membership, once it is made. */
export interface Made {
  readonly configuration: MirrorConfiguration;
  readonly local: LocalMembership;
}

/** What both calls look at. */
export interface Circumstances {
  readonly options: MirrorRuntimeOptions;
  readonly clock: Clock;
  /** Port the data channel really has. */
  readonly superserverPort: number;
  /** Mirror this instance is a member of; empty for none. */
  readonly currentMirror: string;
  /** What it is there; `undefined` where it is no member. */
  readonly current: MemberEntry["eligibility"] | undefined;
}

/** The own agent answers at once or not at all. */
const ownAgentMs = 1000;

const addressKeys = ["ECPAddress", "MirrorAddress", "AgentAddress", "AgentPort"];
const localKeys = [...addressKeys, "VirtualAddressInterface"];
const mirrorKeys = [
  ...localKeys,
  "ArbiterNode",
  "QOSTimeout",
  "UseSSL",
  "VirtualAddress",
  "CompressionForFailoverMembers",
  "CompressionForAsyncMembers",
  "CompressionTypeForFailoverMembers",
  "CompressionTypeForAsyncMembers",
  "AllowParallelDejournaling",
];

/** A member may belong to one mirror; only reporting asyncs may join more, always as the same type.
 *  Source: GHA_mirror_set_config, Error Reference 2134, 2142, 2149. */
function secondMirror(
  current: MemberEntry["eligibility"],
  wanted: MemberEntry["eligibility"],
): MirrorRefusal {
  if (current === "failover" || wanted === "failover") return new MirrorRefusal(2134);
  if (current === "disasterRecovery" || wanted === "disasterRecovery") {
    return new MirrorRefusal(2149);
  }
  if (current !== wanted) return new MirrorRefusal(2142);
  return new MirrorRefusal(5001, "not simulated: a reporting async in a second mirror");
}

async function checkMayMirror(
  { options, currentMirror, current }: Circumstances,
  mirror: string,
  eligibility: MemberEntry["eligibility"],
): Promise<void> {
  const { service, license } = options.mayMirror();
  if (!license) throw new MirrorRefusal(2099);
  if (!service) throw new MirrorRefusal(2066);
  if (currentMirror === mirror) throw new MirrorRefusal(2101, mirror);
  if (current !== undefined) throw secondMirror(current, eligibility);
  if (options.hasLeftoverJournal?.(mirror) === true) throw new MirrorRefusal(2174);
  // Only failover and DR async members need an ISCAgent. Source: GHA_mirror_set_config.
  if (eligibility.endsWith("Reporting")) return;
  if (!(await probeAgent("127.0.0.1", options.agentPort, ownAgentMs))) {
    throw new MirrorRefusal(2118);
  }
}

/** Everything for a new mirror with this instance as its first member.
 *  @throws MirrorRefusal */
export async function prepareCreate(around: Circumstances, call: CreateRequest): Promise<Made> {
  const { options } = around;
  const mirror = names.mirrorNameFrom(call.mirror);
  const name = ownName(options, call.systemName);
  await checkMayMirror(around, mirror, "failover");
  const info = call.mirrorInfo;
  names.onlyKnown(info, mirrorKeys);
  if (isOn(info["UseSSL"])) throw new MirrorRefusal(5001, "not simulated: UseSSL");
  if ((info["VirtualAddress"] ?? "") !== "") {
    throw new MirrorRefusal(5001, "not simulated: VirtualAddress");
  }
  const small = (key: string): number =>
    info[key] === undefined || info[key] === "" ? 0 : names.numberFrom(key, info[key], 0, 2);
  const configuration: MirrorConfiguration = {
    mirror,
    mirrorGuid: options.newGuid(),
    arbiter: names.arbiterFrom(info["ArbiterNode"] ?? ""),
    qosTimeoutMs: names.qosFrom(info["QOSTimeout"]),
    definedPrimary: undefined,
    compression: {
      failover: small("CompressionForFailoverMembers"),
      async: small("CompressionForAsyncMembers"),
      failoverType: small("CompressionTypeForFailoverMembers"),
      asyncType: small("CompressionTypeForAsyncMembers"),
    },
    parallelDejournaling: small("AllowParallelDejournaling"),
    members: [ownEntry(around, { name, eligibility: "failover" }, info)],
  };
  return { configuration, local: { name, joinsMirror: true, isValidated: true } };
}

function isOn(value: string | undefined): boolean {
  return value !== undefined && value !== "" && value !== "0";
}

function ownName(options: MirrorRuntimeOptions, given: string): string {
  return names.systemNameFrom(given, names.defaultSystemName(options.hostName, options.instance));
}

function ownEntry(
  { options, superserverPort }: Circumstances,
  { name, eligibility }: Pick<MemberEntry, "name" | "eligibility">,
  info: Readonly<Record<string, string>>,
): MemberEntry {
  const given = (key: string, usual: string): string => {
    const value = info[key] ?? "";
    return value === "" ? usual : value;
  };
  const ecpAddress = given("ECPAddress", options.hostName);
  return {
    name,
    guid: options.memberGuid ?? options.newGuid(),
    eligibility,
    agentAddress: given("AgentAddress", ecpAddress),
    agentPort: names.portFrom("AgentPort", info["AgentPort"], options.agentPort),
    mirrorAddress: given("MirrorAddress", ecpAddress),
    ecpAddress,
    superserverPort,
    instanceDirectory: options.instanceDirectory,
  };
}

/** Asks the primary, through its agent, to take this instance in. An async may ask the agent of any
 *  failover member: a backup names its primary.
 *  @throws MirrorRefusal */
export async function askToBeTakenIn(around: Circumstances, call: JoinCall): Promise<Made> {
  const { options, clock } = around;
  const mirror = names.mirrorNameFrom(call.mirror);
  const name = ownName(options, call.systemName);
  await checkMayMirror(around, mirror, call.eligibility);
  names.onlyKnown(call.localInfo, localKeys);
  const entry = ownEntry(around, { name, eligibility: call.eligibility }, call.localInfo);
  const agent = { address: call.agentAddress, port: call.agentPort };
  const request = { mirror, entry };
  const first = await ask(agent, { instance: call.instance, request }, clock);
  const primary = "primary" in first ? first.primary : undefined;
  const answer =
    primary === undefined ? first : await ask(primary, { instance: anyInstance, request }, clock);
  const configuration = configurationIn(answer, call);
  return { configuration, local: { name, joinsMirror: true, isValidated: true } };
}

async function ask(
  agent: AgentPlace,
  request: { readonly instance: string; readonly request: JoinRequest },
  clock: Clock,
): Promise<JoinAnswer | AgentFailure> {
  try {
    return await askToJoin(agent, request, clock);
  } catch (error) {
    if (!(error instanceof AgentUnreachable)) throw error;
    throw new MirrorRefusal(2086, agent.address, error.message);
  }
}

function configurationIn(
  answer: JoinAnswer | AgentFailure,
  { mirror, agentAddress }: JoinCall,
): MirrorConfiguration {
  switch (answer.kind) {
    case "accepted":
      return answer.configuration;
    case "refused":
      throw new MirrorRefusal(answer.refusal.number, ...answer.refusal.args);
    case "noInstance":
      throw new MirrorRefusal(2083, answer.why);
    case "unclear":
      throw new MirrorRefusal(2037, mirror, agentAddress, "the instance does not answer");
    case "failed":
      throw new MirrorRefusal(2037, mirror, agentAddress, answer.why);
  }
}

/** States and events for tests of single rows: member A of mirror MIR, its partner is B. */

import type { MemberEntry, MirrorConfiguration } from "../configuration.ts";
import type { FileMark, History } from "../history.ts";
import type { ChannelMessage, Invitation, PartnerAnswer, PartnerQuestion } from "../messages.ts";
import type { Phase } from "../phases.ts";
import { switchedOff, type MemberState, type Peer } from "../state.ts";

/** An entry of the member list. */
export function entry(name: string, more: Partial<MemberEntry> = {}): MemberEntry {
  return {
    name,
    guid: `guid-${name}`,
    eligibility: "failover",
    agentAddress: name,
    agentPort: 2188,
    mirrorAddress: name,
    ecpAddress: name,
    superserverPort: 1972,
    instanceDirectory: "/dur/",
    ...more,
  };
}

/** The mirror with these members. */
export function mirrorOf(
  names: readonly string[],
  more: Partial<MirrorConfiguration> = {},
): MirrorConfiguration {
  return {
    mirror: "MIR",
    mirrorGuid: "guid-MIR",
    arbiter: { address: "arbiter", port: 2188 },
    qosTimeoutMs: 8000,
    definedPrimary: undefined,
    compression: { failover: 0, async: 0, failoverType: 0, asyncType: 0 },
    parallelDejournaling: 0,
    members: names.map((name) => entry(name)),
    ...more,
  };
}

/** A is the first of a pair, in this phase. */
export function memberIn(phase: Phase, more: Partial<MemberState> = {}): MemberState {
  return {
    ...switchedOff,
    configuration: mirrorOf(["A", "B"]),
    local: { name: "A", joinsMirror: true, isValidated: true },
    phase,
    lastNumber: 100,
    ...more,
  };
}

/** B as a connected member. */
export function peerB(stage: Peer["stage"], offset = 50): Peer {
  return {
    member: "B",
    link: "from-B",
    stage,
    acknowledged: { file: 1, offset },
    target: undefined,
    hasArbiter: true,
  };
}

/** A journal of files with these lineages, the last one that long. */
export function historyOf(lineages: readonly string[], offset = 100): History {
  const files = lineages.map((lineage, index): FileMark => ({
    file: index + 1,
    lineage,
    previousEnd: index === 0 ? 0 : 100,
    primary: lineage.slice(0, 1),
  }));
  return { files, end: { file: files.length, offset } };
}

/** B's question. */
export function questionOfB(kind: PartnerQuestion["kind"], history: History): PartnerQuestion {
  return { kind, mirrorGuid: "guid-MIR", member: "B", memberGuid: "guid-B", history };
}

/** B's hello. */
export function helloOfB(
  history: History,
  invitation?: Invitation,
): Extract<ChannelMessage, { kind: "hello" }> {
  return {
    kind: "hello",
    mirrorGuid: "guid-MIR",
    member: "B",
    memberGuid: "guid-B",
    history,
    invitation,
  };
}

/** B's consent. */
export function consentOfB(history: History | undefined): PartnerAnswer {
  return { kind: "granted", isDown: true, history };
}

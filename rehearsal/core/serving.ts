/** The primary and the members connected to it. */

import { backupPeer } from "./acknowledgement.ts";
import { entryOf, isAsync } from "./configuration.ts";
import { considerEpoch, endEpoch, epochLeft, epochTaken, freeControl } from "./control.ts";
import { membership } from "./deciding.ts";
import type { Effect } from "./effects.ts";
import type { EventOf } from "./events.ts";
import { fit } from "./history.ts";
import * as log from "./log-lines.ts";
import { stay, andThen, type Scene } from "./machine.ts";
import { sameEpoch, type ChannelMessage, type ChannelRefusal } from "./messages.ts";
import { broadcast, removeMember, setNoFailover } from "./membership.ts";
import { promotionTaken, reassign } from "./reassigning.ts";
import type { PhaseName, primaryPhases } from "./phases.ts";
import { beforeHistory, reaches, type JournalPosition } from "./position.ts";
import { isBound, type MemberState, type Peer, type Step } from "./state.ts";

type Hello = Extract<ChannelMessage, { kind: "hello" }>;

/** A backup this near to the primary's end is made active: the primary then waits for the rest. An
 *  async this near counts as caught up. */
const activationBytes = 1024 * 1024;

/** Turns a member away. */
export function refuse(state: MemberState, link: string, why: ChannelRefusal): Step {
  return stay(
    state,
    { do: "send", link, message: { kind: "refused", why } },
    { do: "close", link },
  );
}

/** True when a hello answers the newest invitation, and is the first to do so. A hello that was
 *  given up and arrives late must not count: the member may use an epoch since. */
export function isInvited({ invitation }: MemberState, hello: Hello): boolean {
  return invitation !== undefined && sameEpoch(invitation, hello.invitation);
}

/** A failover member says hello. The hello also says that it uses no epoch of before any more: it
 *  gave up its epoch before it asked for the invitation. */
export function greet({ state, event }: Scene<PhaseName, "memberCame">): Step {
  const { configuration } = membership(state);
  const { hello, link, own } = event;
  const entry = entryOf(configuration, hello.member);
  const isKnown = hello.mirrorGuid === configuration.mirrorGuid && entry?.guid === hello.memberGuid;
  if (!isKnown) return refuse(state, link, "notMember");
  const isPartner = entry.eligibility === "failover";
  if (isPartner && !isInvited(state, hello)) return refuse(state, link, "notInvited");
  const dropped = dropPeer(isPartner ? { ...state, invitation: undefined } : state, hello.member);
  const freed = isPartner ? andThen(dropped, freeControl) : dropped;
  const fits = fit(hello.history, own);
  if (fits.kind === "purged" || fits.kind === "foreign") {
    const why = fits.kind === "purged" ? "purged" : "inconsistent";
    return andThen(freed, (next) => refuse(next, link, why));
  }
  const meeting = fits.kind === "truncates" ? fits.to : undefined;
  const peer: Peer = {
    member: hello.member,
    link,
    stage: "greeted",
    acknowledged: beforeHistory,
    target: undefined,
    hasArbiter: false,
  };
  return andThen(freed, (next) =>
    stay(
      withPeer(next, peer),
      { do: "log", line: log.backupConnected(hello.member) },
      { do: "send", link, message: { kind: "welcome", configuration, meeting } },
    ),
  );
}

/** Forgets a connected member and closes its channel. */
function dropPeer(state: MemberState, member: string): Step {
  const peer = state.peers[member];
  if (peer === undefined) return stay(state);
  return stay(withoutPeer(state, member), { do: "close", link: peer.link });
}

function withPeer(state: MemberState, peer: Peer): MemberState {
  return { ...state, peers: { ...state.peers, [peer.member]: peer } };
}

/** The state without a connected member. */
export function withoutPeer(state: MemberState, member: string): MemberState {
  const peers = Object.entries(state.peers).filter(([name]) => name !== member);
  return { ...state, peers: Object.fromEntries(peers) };
}

/** The connected member that uses this channel. */
function peerOn(state: MemberState, link: string): Peer | undefined {
  return Object.values(state.peers).find((peer) => peer.link === link);
}

/** True when this channel is the one of the active backup. */
export function isActiveBackup(state: MemberState, link: string): boolean {
  const backup = backupPeer(state);
  return backup?.link === link && backup.stage === "active";
}

/** A channel of a member that nobody waits for is gone. */
export function peerGone({ state, event }: Scene<PhaseName, "linkLost">): Step {
  const peer = peerOn(state, event.link);
  if (peer === undefined) return stay(state);
  const isBackup = backupPeer(state)?.link === event.link;
  const line = isBackup ? log.inactiveBackupDown() : log.backupWent(peer.member);
  const gone = stay(withoutPeer(state, peer.member), { do: "log", line });
  // Not active means that no epoch can be shared with it.
  return isBackup && !isBound(state.control) ? andThen(gone, freeControl) : gone;
}

/** What connected members say. */
export function heardFromMember({
  state,
  event,
}: Scene<(typeof primaryPhases)[number], "received">): Step {
  const peer = peerOn(state, event.link);
  if (peer === undefined) return stay(state);
  const { message } = event;
  switch (message.kind) {
    case "ready":
      return ready(state, peer, event);
    case "acknowledged":
      return progress(state, { ...peer, acknowledged: message.position }, event.end);
    case "arbiterLink": {
      const told = withPeer(state, { ...peer, hasArbiter: message.isConnected });
      if (backupPeer(state)?.member !== peer.member) return stay(told);
      return message.isConnected ? considerEpoch(told) : endEpoch(told);
    }
    case "epochTaken":
      return epochTaken(state, message.epoch);
    case "epochLeft":
      return epochLeft(state, message.epoch);
    case "goodbye":
      return goodbye(state, peer, message.leaves);
    case "wantsReassignment":
      return reassign(state, {
        kind: message.change,
        member: peer.member,
        link: peer.link,
        token: message.token,
      });
    case "promotionTaken":
      return promotionTaken(state, peer.member);
    case "wantsNoFailover":
      return setNoFailover(state, message.isSet);
    default:
      return stay(state);
  }
}

function ready(state: MemberState, peer: Peer, event: EventOf<"received">): Step {
  if (event.message.kind !== "ready" || peer.stage !== "greeted") return stay(state);
  const { position, hasArbiter } = event.message;
  const caughtUp: Peer = { ...peer, stage: "catchingUp", acknowledged: position, hasArbiter };
  const streaming = stay(state, { do: "stream", link: peer.link, from: position });
  return andThen(streaming, (next) => progress(next, caughtUp, event.end));
}

/** A member has more than before: perhaps it becomes the active backup; an async never does. */
function progress(state: MemberState, peer: Peer, end: JournalPosition): Step {
  if (isAsync(membership(state).configuration, peer.member)) {
    const stage = isNear(peer.acknowledged, end) ? "caughtUp" : "catchingUp";
    return stay(withPeer(state, { ...peer, stage }));
  }
  if (state.phase.name !== "primary") return stay(withPeer(state, peer));
  const near = peer.stage === "catchingUp" && isNear(peer.acknowledged, end);
  const activating: Peer = near ? { ...peer, stage: "activating", target: end } : peer;
  const { target } = activating;
  const isThere =
    activating.stage === "activating" &&
    target !== undefined &&
    reaches(activating.acknowledged, target);
  if (!isThere) return stay(withPeer(state, activating));
  const active = withPeer(state, { ...activating, stage: "active", target: undefined });
  const told = stay(
    active,
    { do: "log", line: log.backupActive(peer.member) },
    { do: "send", link: peer.link, message: { kind: "active" } },
  );
  return andThen(told, considerEpoch);
}

function isNear(acknowledged: JournalPosition, end: JournalPosition): boolean {
  if (reaches(acknowledged, end)) return true;
  return acknowledged.file === end.file && end.offset - acknowledged.offset <= activationBytes;
}

/** A member goes of its own will: nobody needs to wait for it. */
function goodbye(state: MemberState, peer: Peer, leaves: boolean): Step {
  const wasBackup = backupPeer(state)?.member === peer.member;
  const line: Effect = { do: "log", line: log.backupStopped(peer.member) };
  const gone = stay(withoutPeer(state, peer.member), line, { do: "close", link: peer.link });
  const freed = wasBackup ? andThen(gone, freeControl) : gone;
  return leaves
    ? andThen(freed, (next) => andThen(removeMember(next, peer.member), broadcast))
    : freed;
}

/** True when this primary has a backup that can take over. */
export function heirOf(state: MemberState): string | undefined {
  const backup = backupPeer(state);
  const isForbidden = state.configuration?.definedPrimary !== undefined;
  return backup?.stage === "active" && !isForbidden ? backup.member : undefined;
}

/** What makes an instance the member it is to be, from what it and its partners say. Pure. */

import type { Eligibility, MemberAddress } from "../contract/common.ts";
import { isOtherType, productTypes } from "../member-types.ts";
import { holds, inWords, isPrimaryOf, isReached, type Asked, type Reached } from "../members.ts";
import { MirrorError } from "../mirror-error.ts";

/** The member that is to join, as what, and where its mirror is looked for. */
export interface Joining {
  readonly mirror: string;
  readonly member: MemberAddress;
  readonly eligibility: Eligibility;
}

export type Decision =
  | { readonly act: "join"; readonly member: Reached; readonly through: Reached }
  | {
      readonly act: "stay";
      readonly member: Reached;
      /** Somebody stopped mirroring on it. */
      readonly start: boolean;
      /** The primary of which it becomes the partner again: somebody demoted it. */
      readonly promoteBeside: Reached | undefined;
    };

/** `asked` holds the member itself first, then its partners.
 *  @throws MirrorError where what is there leaves a choice that only a person can make */
export function decide(input: Joining, asked: readonly Asked[]): Decision {
  const [member, ...partners] = asked;
  if (member === undefined) {
    throw new RangeError("nobody was asked");
  }
  if (!isReached(member)) {
    throw member.problem;
  }
  const through = partners.filter(isReached).find((one) => holds(one.state, input.mirror));
  if (member.state.mirror === undefined) {
    if (through === undefined) {
      throw mirrorAbsent(input, partners);
    }
    return { act: "join", member, through };
  }
  refuseOtherMirror(input, member, through);
  return {
    act: "stay",
    member,
    start: member.state.status === "STOPPED",
    promoteBeside: isOtherType(member.state.type, input.eligibility)
      ? primaryBeside(input, member, partners)
      : undefined,
  };
}

function refuseOtherMirror(input: Joining, member: Reached, through: Reached | undefined): void {
  const own = member.state.mirror;
  if (!holds(member.state, input.mirror)) {
    throw new MirrorError({
      code: "other-mirror",
      subject: input.member.name,
      seen: `it belongs to the mirror ${String(own?.name)}, wanted: ${input.mirror}`,
      remedy: "Take it out of that mirror, or give it another volume.",
    });
  }
  const other = through?.state.mirror;
  if (other !== undefined && other.guid !== own?.guid) {
    throw new MirrorError({
      code: "two-mirrors",
      subject: input.mirror,
      seen: `${input.member.name} holds ${String(own?.guid)}, its partner ${other.guid}`,
      remedy: "Decide which holds the data you want; take the other one out with `^MIRROR`.",
    });
  }
}

/** A failover member that was demoted goes back to its place beside the primary, if that is free.
 *  @throws MirrorError `other-type` for every other difference: a person decides */
function primaryBeside(input: Joining, member: Reached, partners: readonly Asked[]): Reached {
  const isDemoted = input.eligibility === "failover" && member.state.type === productTypes.dr;
  const primary = partners.filter(isReached).find((one) => isPrimaryOf(one.state, input.mirror));
  if (isDemoted && primary !== undefined) {
    return primary;
  }
  throw otherType(input, member.state.type);
}

/** The member is in the mirror as something that only a person may change. */
export function otherType(input: Joining, type: string): MirrorError {
  return new MirrorError({
    code: "other-type",
    subject: input.member.name,
    seen: `it is in the mirror as ${type}, wanted: ${productTypes[input.eligibility]}`,
    remedy: "Write in the topology what it is, or take it out and put it in under another name.",
  });
}

function mirrorAbsent(input: Joining, partners: readonly Asked[]): MirrorError {
  const unseen = partners.find((one) => !isReached(one));
  return new MirrorError({
    code: "mirror-absent",
    subject: input.member.name,
    seen: `no partner shows the mirror ${input.mirror}: ${inWords(partners) || "there is none"}`,
    remedy:
      unseen === undefined
        ? "Run `npx pulumi up`: its step form creates the mirror."
        : `Start ${unseen.member.container}, then run the same command again.`,
  });
}

/** What an ISCAgent is asked, and what it answers. */

import type { JoinRequest, PartnerQuestion } from "../../core/messages.ts";
import type { JournalPosition } from "../../core/position.ts";
import { joinRequest, partnerQuestion, position } from "./message-parsers.ts";
import { count, shape, text, variants, type Parser } from "./parse.ts";

/** A member that left tells the others. */
export interface LeaveNotice {
  readonly mirrorGuid: string;
  readonly member: string;
  readonly memberGuid: string;
}

/** What goes to the instance, if it runs. */
export type InstanceRequest =
  | { readonly kind: "partner"; readonly question: PartnerQuestion }
  | { readonly kind: "join"; readonly request: JoinRequest }
  | { readonly kind: "leave"; readonly notice: LeaveNotice };

/** What an agent is asked. Each request is answered by one message, except `arbiter`: from there on
 *  the connection is a session with the arbiter; and `journal`, which journal bytes answer. */
export type AgentRequest =
  | { readonly kind: "probe" }
  | { readonly kind: "partner"; readonly question: PartnerQuestion }
  | { readonly kind: "join"; readonly instance: string; readonly request: JoinRequest }
  | { readonly kind: "leave"; readonly notice: LeaveNotice }
  | {
      readonly kind: "journal";
      readonly mirror: string;
      readonly mirrorGuid: string;
      readonly from: JournalPosition;
      readonly limit: number;
    }
  | { readonly kind: "arbiter" };

const leaveNotice = shape<LeaveNotice>({ mirrorGuid: text, member: text, memberGuid: text });

/** A request to an agent. */
export const agentRequest: Parser<AgentRequest> = variants<AgentRequest>({
  probe: {},
  partner: { question: partnerQuestion },
  join: { instance: text, request: joinRequest },
  leave: { notice: leaveNotice },
  journal: { mirror: text, mirrorGuid: text, from: position, limit: count },
  arbiter: {},
});

/** A request an agent passes on to its instance. */
export const instanceRequest: Parser<InstanceRequest> = variants<InstanceRequest>({
  partner: { question: partnerQuestion },
  join: { request: joinRequest },
  leave: { notice: leaveNotice },
});

/** When an agent cannot do what it was asked. */
export type AgentFailure =
  /** No instance of that name. */
  | { readonly kind: "noInstance"; readonly why: string }
  /** The instance does not run, or does not answer. */
  | { readonly kind: "unclear" }
  /** A journal that cannot be read. */
  | { readonly kind: "failed"; readonly why: string };

/** An agent's failure. */
export const agentFailure: Parser<AgentFailure> = variants<AgentFailure>({
  noInstance: { why: text },
  unclear: {},
  failed: { why: text },
});

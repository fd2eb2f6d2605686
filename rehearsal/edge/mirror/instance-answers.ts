/** What the instance answers when the own ISCAgent passes a request on. */

import { noHistory } from "../../core/history.ts";
import type { Refusal } from "../../core/messages.ts";
import { instanceRequest, type InstanceRequest } from "./agent-requests.ts";
import type { MirrorEngine } from "./engine.ts";
import { historyOf } from "./journal-history.ts";
import type { MirrorRuntimeOptions } from "./options.ts";
import { ParseFault } from "./parse.ts";

type Store = MirrorRuntimeOptions["store"];

/** Answers, or says `failed` with the reason when the request is none. */
export async function answerInstance(
  engine: MirrorEngine,
  store: Store,
  request: unknown,
): Promise<unknown> {
  let asked: InstanceRequest;
  try {
    asked = instanceRequest(request, "request");
  } catch (error) {
    if (error instanceof ParseFault) return { kind: "failed", why: error.message };
    throw error;
  }
  switch (asked.kind) {
    case "partner": {
      const { question } = asked;
      return engine.partners.ask((token) =>
        engine.driver.happen({ type: "partnerAsked", token, question, own: ownHistory(store) }),
      );
    }
    case "join": {
      const { request: wanted } = asked;
      return engine.joiners.ask((token) =>
        engine.driver.happen({ type: "joinAsked", token, request: wanted }),
      );
    }
    case "leave":
      await removeFromList(engine, asked.notice.member, asked.notice.memberGuid);
      return { kind: "left" };
  }
}

function ownHistory({ journal }: Store) {
  return journal === undefined ? noHistory : historyOf(journal);
}

/** Takes a member off the primary's list.
 *  @returns why not, where the primary refuses or this is none */
export function removeFromList(
  engine: MirrorEngine,
  member: string,
  memberGuid: string,
): Promise<Refusal | undefined> {
  return engine.operators.ask((token) =>
    engine.driver.happen({ type: "leaveAsked", token, member, memberGuid }),
  );
}

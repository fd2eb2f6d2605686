/** Questions to the agent of another host: answered once, or the agent is not reachable. */

import type { PartnerAnswer, PartnerQuestion } from "../messages.ts";
import { givenWay } from "../promotion.ts";
import type { JournalPosition } from "../position.ts";
import type { MemberDisk } from "./disk.ts";
import type { Stretch } from "./journal-model.ts";
import type { MemberProcess } from "./process.ts";
import type { World } from "./world.ts";

/** Records in one answer of an agent that is asked for journal. */
const stretchRecords = 20;

/** How long a caller waits for an agent, in milliseconds, least and most. */
const patienceMs = [200, 3000] as const;

/** Who is asked, and what. */
export interface AgentQuestion {
  readonly member: string;
  readonly kind: PartnerQuestion["kind"];
  /** Who stays failover member beside the one that is promoted. */
  readonly partner?: string | undefined;
}

/** Journal of whose agent, and from where on. */
export interface JournalQuestion {
  readonly member: string;
  readonly from: JournalPosition;
}

/** Asks another member, through its agent. An instance that runs answers itself. */
export function askAgent(
  world: World,
  asker: MemberProcess,
  { member: to, kind, partner }: AgentQuestion,
  done: (answer: PartnerAnswer | undefined) => void,
): void {
  const { configuration } = asker.state;
  if (configuration === undefined) return;
  const entry = configuration.members.find((member) => member.name === asker.host);
  const question: PartnerQuestion = {
    kind,
    partner,
    mirrorGuid: configuration.mirrorGuid,
    member: asker.host,
    memberGuid: entry?.guid ?? "",
    history: asker.disk.journal.history(),
  };
  // Without a partner the core has no name to ask: nobody answers.
  call(world, { from: asker.host, to }, done, (reply: (answer: PartnerAnswer) => void) => {
    const { disk, process } = world.machine(to);
    if (process === undefined) {
      reply(answerOfAgent(world, disk, question));
      return;
    }
    process.ask(
      (token) => ({ type: "partnerAsked", token, question, own: disk.journal.history() }),
      (answer) => {
        if (answer.kind !== "accepted" && answer.kind !== "refused") reply(answer);
      },
    );
  });
}

/** The agent speaks for an instance that is down; a consent to give way is on its disk before. */
function answerOfAgent(
  { rules }: World,
  disk: MemberDisk,
  question: PartnerQuestion,
): PartnerAnswer {
  const { configuration, local, journal } = disk;
  const sight = { kind: "down", configuration, history: journal.history() } as const;
  const answer = rules.agentAnswer(sight, question);
  const next = configuration && givenWay(configuration, question);
  if (question.kind !== "promote" || answer.kind !== "granted") return answer;
  if (next === undefined || local === undefined) return { kind: "no", why: "unclear" };
  Object.assign(disk, { configuration: next, local: { ...local, isValidated: false } });
  return answer;
}

/** Gets journal from the agent of a member's host. */
export function fetchJournal(
  world: World,
  asker: MemberProcess,
  { member: to, from }: JournalQuestion,
  done: (stretch: Stretch | "end" | undefined) => void,
): void {
  call(world, { from: asker.host, to }, done, (reply: (stretch: Stretch | "end") => void) => {
    reply(world.machine(to).disk.journal.read(from, stretchRecords) ?? "end");
  });
}

function call<Answer>(
  { agenda, network, random, ...world }: Pick<World, "agenda" | "network" | "random" | "machines">,
  { from, to }: { readonly from: string; readonly to: string },
  done: (answer: Answer | undefined) => void,
  serve: (reply: (answer: Answer) => void) => void,
): void {
  let isOver = false;
  const finish = (answer: Answer | undefined): void => {
    if (isOver) return;
    isOver = true;
    done(answer);
  };
  agenda.after(random.between(...patienceMs), () => finish(undefined));
  agenda.after(network.delay(), () => {
    if (network.isCut(from, to) || world.machines.get(to)?.isAgentUp !== true) return;
    serve((answer) => {
      agenda.after(network.delay(), () => {
        if (!network.isCut(to, from)) finish(answer);
      });
    });
  });
}

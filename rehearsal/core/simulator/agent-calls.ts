/** Questions to the agent of another host: answered once, or the agent is not reachable. */

import type { PartnerAnswer, PartnerQuestion } from "../messages.ts";
import type { JournalPosition } from "../position.ts";
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
}

/** Asks another member, through its agent. An instance that runs answers itself. */
export function askAgent(
  world: World,
  asker: MemberProcess,
  { member: to, kind }: AgentQuestion,
  done: (answer: PartnerAnswer | undefined) => void,
): void {
  const { configuration } = asker.state;
  if (configuration === undefined) return;
  const entry = configuration.members.find((member) => member.name === asker.host);
  const question: PartnerQuestion = {
    kind,
    mirrorGuid: configuration.mirrorGuid,
    member: asker.host,
    memberGuid: entry?.guid ?? "",
    history: asker.disk.journal.history(),
  };
  // Without a partner the core has no name to ask: nobody answers.
  call(world, { from: asker.host, to }, done, (reply: (answer: PartnerAnswer) => void) => {
    const { disk, process } = world.machine(to);
    if (process === undefined) {
      const { configuration: known, journal } = disk;
      const sight = { kind: "down", configuration: known, history: journal.history() } as const;
      reply(world.rules.agentAnswer(sight, question));
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

/** Gets journal from the agent of the partner's host. */
export function fetchJournal(
  world: World,
  asker: MemberProcess,
  from: JournalPosition,
  done: (stretch: Stretch | "end" | undefined) => void,
): void {
  const { partner: to } = asker;
  if (to === undefined) return;
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

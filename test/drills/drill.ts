/** A drill: real faults on a real mirror, while clients write on both members and both are watched.
 *  When everything has healed: nothing acknowledged is lost, nothing is there that nobody was told,
 *  both members hold the same, and the members served in exactly the order that was said. */

import { expect, it } from "vitest";
import { budgets } from "../support/budgets.ts";
import { instanceStatus, wholePair, type PairMember } from "../support/mirror-state.ts";
import { run } from "../support/run.ts";
import { line } from "../support/session.ts";
import { TestStack } from "../support/test-stack.ts";
import { waitFor } from "../support/wait.ts";
import { allSayTheSame } from "./agreement.ts";
import { Clients } from "./clients.ts";
import { Faults } from "./faults.ts";
import { Load } from "./load.ts";
import { report, writeGap } from "./report.ts";
import { drillStack, qosTimeoutMs, type Kind } from "./stacks.ts";
import { Watch } from "./watch.ts";

/** Writes before the first fault and after the last: enough for clients to be in their stride. */
const strideWrites = 20;

/** Lines of a member's log that a failure shows. */
const tailLines = 25;

/** What a drill's story can do and see. */
export interface Stage {
  readonly primary: PairMember;
  readonly backup: PairMember;
  readonly faults: Faults;
  readonly watch: Watch;
  /** Waits until a member acknowledges writes again. */
  readonly writes: (member: PairMember) => Promise<void>;
  /** Waits until no write was acknowledged by anybody for so long. */
  readonly silent: (forMs: number) => Promise<void>;
  /** Waits until `$SYSTEM.Mirror.GetStatus()` of a member is this word. */
  readonly is: (member: PairMember, status: string) => Promise<void>;
  /** Waits until `IsFailoverReady()` of a member says so; with an arbiter configured it is true in
   *  arbiter controlled mode only. Source: SYS.Mirror.IsFailoverReady. */
  readonly ready: (member: PairMember, isReady: boolean) => Promise<void>;
  /** Runs one line in %SYS and gives what it printed. */
  readonly run: (member: PairMember, text: string) => Promise<string>;
  /** Whoever is asked about these members, and however, says the same. */
  readonly agree: (...members: readonly PairMember[]) => Promise<void>;
  /** Waits until the instance in a container that lives is down. */
  readonly down: (member: PairMember) => Promise<void>;
}

/** What must be seen. */
export interface Expected {
  readonly on: Kind;
  /** Who serves, in this order; several orders where the documentation leaves it open. */
  readonly served: readonly (readonly ("primary" | "backup")[])[];
  /** Longest time in which no write is acknowledged; not given where nobody may take over. */
  readonly gapMs?: number;
}

/** Rounds of every drill, and from which one on the machine is busy with something else, too. */
const times = Number(process.env["IRIS_MIRROR_DRILL_TIMES"] ?? 1);
const firstUnderLoad = Math.ceil(times * 0.7);

/** Declares a drill. `story` leaves both members running; the rest is waited for here. */
export function drill(
  title: string,
  expected: Expected,
  story: (stage: Stage) => Promise<void>,
): void {
  for (let round = 1; round <= times; round++) {
    const isLoaded = times > 1 && round > firstUnderLoad;
    const which = times > 1 ? ` (${round} of ${times}${isLoaded ? ", under load" : ""})` : "";
    it(title + which, async () => {
      using load = isLoaded ? new Load() : undefined;
      await play(title + which, expected, story);
      expect(load?.isBusy ?? true).toBe(true);
    });
  }
}

async function play(
  title: string,
  expected: Expected,
  story: (stage: Stage) => Promise<void>,
): Promise<void> {
  const { name, folder } = drillStack(expected.on);
  const stack = TestStack.existing(name, folder);
  const { primary, backup } = await wholePair(stack);
  const containers = { mirrorA: stack.container("mirrorA"), mirrorB: stack.container("mirrorB") };
  const clients = new Clients(containers, `drill${Date.now()}`);
  const watch = new Watch(containers);
  const stage = stageOf(stack, { primary, backup }, clients, watch);
  const begun = performance.now();
  const problems: unknown[] = [];
  const attempt = async (what: () => Promise<unknown>) => {
    await what().catch((problem: unknown) => problems.push(problem));
  };
  await attempt(async () => {
    await Promise.all([primary, backup].map((member) => stage.ready(member, true)));
    await watch.serves(primary, budgets.memberBackMs);
    await clients.taken(primary, strideWrites);
    await story(stage);
    const healed = await wholePair(stack);
    await clients.taken(healed.primary, strideWrites);
    await Promise.all([primary, backup].map((member) => stage.ready(member, true)));
    await stage.agree(primary, backup);
  });
  // All of it ends whatever went wrong, and nothing that went wrong hides another.
  await attempt(() => clients.stop());
  await attempt(() => watch.stop());
  if (problems.length > 0) {
    // What a runner shows of an error with several causes is the causes alone.
    console.log(await whatMembersSay(containers));
    // The next drill finds a whole mirror where that can be had.
    await stage.faults.undo(expected.on === "withArbiter").catch(() => undefined);
    throw new AggregateError(problems, title);
  }
  await wholePair(stack);
  const balances = await Promise.all(
    Object.values(containers).map((container) => clients.balance(container)),
  );
  const gapMs = writeGap(clients.heard());
  console.log(report({ title, begun, balance: balances[0], gapMs, timeline: watch.timeline() }));
  for (const { lost, unexpected } of balances) {
    expect({ lost, unexpected }).toEqual({ lost: [], unexpected: [] });
  }
  const names = { primary, backup };
  const allowed = expected.served.map((order) => order.map((role) => names[role]));
  expect(allowed).toContainEqual(watch.served());
  if (expected.gapMs !== undefined) expect(gapMs).toBeLessThanOrEqual(expected.gapMs);
}

/** The ends of both members' logs, for whoever must find out. */
async function whatMembersSay(containers: Readonly<Record<string, string>>): Promise<string> {
  const tails = Object.values(containers).map(async (container) => {
    const { text } = await run("docker", ["logs", "--tail", String(tailLines), container]);
    return `--- ${container}\n${text}`;
  });
  return (await Promise.all(tails)).join("\n");
}

function stageOf(
  stack: TestStack,
  roles: { readonly primary: PairMember; readonly backup: PairMember },
  clients: Clients,
  watch: Watch,
): Stage {
  const seen = async (what: string, budgetMs: number, look: () => Promise<boolean>) => {
    await waitFor(what, budgetMs, async () => ((await look()) ? true : undefined));
  };
  const agree = async (...members: readonly PairMember[]) => {
    for (const member of members) await allSayTheSame(stack.container(member));
  };
  const say = (member: PairMember, text: string) => line(stack.container(member), "%SYS", text);
  return {
    ...roles,
    faults: new Faults(stack),
    watch,
    run: say,
    writes: (member) => clients.taken(member, strideWrites),
    silent: (forMs) =>
      seen(`no write for ${forMs} ms`, forMs + budgets.memberBackMs, () => {
        const last = clients.heard().at(-1)?.at ?? 0;
        return Promise.resolve(performance.now() - last >= forMs);
      }),
    is: async (member, status) => {
      await seen(`${member} is ${status}`, decisionBudgetMs, async () => {
        return (await say(member, "write $SYSTEM.Mirror.GetStatus()")) === status;
      });
      await agree(member);
    },
    agree,
    ready: (member, isReady) =>
      seen(
        `${member} is ${isReady ? "" : "not "}ready for a failover`,
        decisionBudgetMs,
        async () => {
          const text = "write $listget(##class(SYS.Mirror).IsFailoverReady(),1)";
          return (await say(member, text)) === (isReady ? "1" : "0");
        },
      ),
    down: (member) =>
      seen(`the instance of ${member} is down`, decisionBudgetMs, async () => {
        return (await instanceStatus(stack, member)).startsWith("down");
      }),
  };
}

/** In this time a member has decided whatever the documentation lets it decide: the trouble timeout
 *  (twice QoS, at least 5 s), the arbiter's wait, and a start of an instance. */
const decisionBudgetMs = Math.max(5000, 2 * qosTimeoutMs) + qosTimeoutMs + budgets.memberBackMs;

/** Longest write gap of a killed primary: QoS and two seconds. Source: GHA_mirror_set 3.3.5. */
export const killGapMs = qosTimeoutMs + 2000;
/** Longest write gap of a graceful stop. */
export const stopGapMs = 3000;
/** So long nobody must take over before it counts as shown: longer than every decision. */
export const nobodyMs = Math.max(5000, 2 * qosTimeoutMs) + qosTimeoutMs;

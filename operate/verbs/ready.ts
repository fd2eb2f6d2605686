/** Waits until the instance in a container admits sessions and its ISCAgent runs. Never asks the
 *  image's health check: it follows the System Monitor and turns bad on harmless messages.
 *  Source: GCM (the monitor), ADOCK (the check). */

import { number } from "../answers.ts";
import { askAnywayMs, lookAgainMs } from "../budgets.ts";
import type { ParsedInput, VerbOutput } from "../contract.ts";
import { contractVersion } from "../contract/common.ts";
import { anyText, fit, openObject } from "../contract/shape.ts";
import { findContainer, lastLogLines, type Container } from "../docker.ts";
import type { Hint } from "../log-hint.ts";
import { MirrorError } from "../mirror-error.ts";
import { sessionArgv } from "../session.ts";
import { plainLines, readTurn, tidy } from "../session-text.ts";
import { waitUntil, type Seen } from "../wait.ts";
import type { World } from "../world.ts";

type Input = ParsedInput<"ready">;

const greeting = openObject({ product: anyText, agent: number });

/** Asked before any code of ours is loaded, so in plain lines.
 *  Assumed: SYS.Agent.IsRunning returns 1 for a running agent; its page was not read. */
const greetingLines = plainLines(
  1,
  [
    "set o={}",
    'do o.%Set("product",$zversion)',
    'do o.%Set("agent",##class(SYS.Agent).IsRunning())',
  ],
  "o.%ToJSON()",
);

/** What iris-main and messages.log print when an instance has started; public waiters look for
 *  the same (seen in published container logs). Only a hint: the greeting decides. */
const started = /Enabling logons|started InterSystems IRIS instance/;

export async function run(input: Input, world: World): Promise<VerbOutput<"ready">> {
  const { member } = input;
  const hint = world.follow(member.container, started);
  try {
    const product = await waitUntil(world, {
      subject: member.container,
      until: "the instance admits sessions and its ISCAgent runs",
      budgetMs: world.budget("instanceStart"),
      everyMs: lookAgainMs,
      remedy: `Look into \`docker logs ${member.container}\`.`,
      probe: probeWith(input, hint, world),
    });
    return {
      version: contractVersion,
      member: member.name,
      containerId: input.containerId,
      product,
    };
  } finally {
    hint.stop();
  }
}

/** Looks when the log says so, or anyway after a while; fails when waiting is vain. */
function probeWith(input: Input, hint: Hint, world: World): () => Promise<Seen<string>> {
  let first: Container | undefined;
  return async () => {
    await hint.wait(askAnywayMs);
    const greeted = await greet(world, input);
    if ("done" in greeted) {
      return greeted;
    }
    const container = await findContainer(world, input.member.container);
    const problem = whyWaitingIsVain(input, container, first);
    if (problem !== undefined) {
      throw await withLog(world, input, problem);
    }
    first ??= container;
    return greeted;
  };
}

async function greet(world: World, input: Input): Promise<Seen<string>> {
  const answer = await world.docker(sessionArgv(input.member), {
    stdin: `${greetingLines.join("\n")}\nhalt\n`,
    timeoutMs: world.budget("sessionOpen"),
  });
  return readGreeting(answer.stdout, answer.stderr);
}

/** What a session's output says of the instance. */
export function readGreeting(stdout: string, stderr: string): Seen<string> {
  const turn = readTurn(stdout, 1);
  if (turn?.json === undefined) {
    return { still: tidy(`${stdout}\n${stderr}`) || "no session yet" };
  }
  const read = fit(greeting, JSON.parse(turn.json));
  if ("misfit" in read) {
    return { still: `the session said: ${turn.said}` };
  }
  return read.value.agent === 1
    ? { done: read.value.product }
    : { still: "the instance runs, its ISCAgent does not" };
}

/** Why the container will never become ready, or `undefined`. `first` is what it was at the
 *  first look: a container that has restarted since then will restart again. */
export function whyWaitingIsVain(
  input: Input,
  container: Container | undefined,
  first: Container | undefined,
): string | undefined {
  if (container === undefined) {
    return "there is no container of that name any more";
  }
  if (container.id !== input.containerId) {
    return "another container has taken that name";
  }
  if (container.state === "restarting" || container.restarts > (first?.restarts ?? Infinity)) {
    return `the container restarts again and again, ${container.restarts} times so far`;
  }
  if (container.state !== "running" && container.state !== "created") {
    return `the container is ${container.state}, exit status ${container.exitCode}`;
  }
  return undefined;
}

async function withLog(world: World, input: Input, problem: string): Promise<MirrorError> {
  const log = await lastLogLines(world, input.member.container);
  return new MirrorError({
    code: "container-ended",
    subject: input.member.container,
    seen: problem,
    remedy: "Remove the cause (licence, ownership of the volume, hooks), then run `npx pulumi up`.",
    details: `Last lines of its log:\n${log}`,
  });
}

/** Everything a verb may do to the outside, as one value: tests give a scripted one. */

import { run, type Finished, type RunOptions } from "./child-process.ts";
import { budgets, patienceOf, type BudgetName } from "./budgets.ts";
import type { InstanceAddress } from "./contract/common.ts";
import { followLog, type Hint } from "./log-hint.ts";
import { MirrorError } from "./mirror-error.ts";
import { DockerSession, type Session } from "./session.ts";
import { systemClock, type Clock } from "./wait.ts";

export interface World {
  /** Runs `docker` with these arguments. The endpoint comes from the environment (DOCKER_HOST or
   *  the current context), as for every Docker client. */
  docker(argv: readonly string[], options?: Partial<RunOptions>): Promise<Finished>;
  /** Opens a session in the instance of a member. Its first call tells when none can be had. */
  open(member: InstanceAddress): Session;
  /** Follows the log of a container for lines that tell that looking is worth while. */
  follow(container: string, line: RegExp): Hint;
  /** Tells a person what goes on; goes to standard error. */
  say(sentence: string): void;
  /** A budget in milliseconds, patience included. */
  budget(name: BudgetName): number;
  readonly clock: Clock;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The real one. */
export function realWorld(environment: Readonly<Record<string, string | undefined>>): World {
  const patience = patienceOf(environment);
  const budget = (name: BudgetName): number => budgets[name] * patience;
  const world: World = {
    docker: (argv, options) => runDocker(argv, { timeoutMs: budget("docker"), ...options }),
    follow: followLog,
    open: (member) => new DockerSession(world, member),
    say: (sentence) => process.stderr.write(`${sentence}\n`),
    budget,
    clock: systemClock,
    environment,
  };
  return world;
}

async function runDocker(argv: readonly string[], options: RunOptions): Promise<Finished> {
  try {
    return await run(["docker", ...argv], options);
  } catch (cause) {
    throw new MirrorError({
      code: "docker-unreachable",
      subject: "docker",
      seen: `the program could not be started: ${cause instanceof Error ? cause.message : "unknown"}`,
      remedy: "Put the Docker client on PATH.",
      cause,
    });
  }
}

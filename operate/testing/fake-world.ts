/** Two instances that answer the primitives of install/cls from memory, for tests of the verbs'
 *  order of steps. It proves nothing about the product: not its refusals, not its timing, not that
 *  the ObjectScript compiles. Those are proven on real containers. */

import { budgets, type BudgetName } from "../budgets.ts";
import type { Finished } from "../child-process.ts";
import type { InstanceAddress, MemberAddress } from "../contract/common.ts";
import type { Hint } from "../log-hint.ts";
import { MirrorError } from "../mirror-error.ts";
import type { Session } from "../session.ts";
import type { World } from "../world.ts";
import { FakeInstance } from "./fake-instance.ts";
import { answerPrimitive, type Argument } from "./fake-primitives.ts";

/** A world whose instances are fakes, and which can end at a chosen call. */
export class FakeWorld implements World {
  readonly instances: readonly FakeInstance[];
  readonly said: string[] = [];
  /** Primitives that changed something, in order. */
  readonly acts: string[] = [];
  environment: Record<string, string> = {};
  /** Names of lost members that the mirror still lists. */
  stillListed: string[] = [];
  entryAddress: string | undefined;
  refusesForget = false;
  readonly hadData = new Set<string>();
  readonly records = new Map<string, string>();
  readonly apps = new Map<string, { code: string; entered: string }>();
  /** Calls left until everything breaks, as when the step is killed. */
  callsLeft = Infinity;
  /** Runs before each primitive, for changes in the midst of a verb. */
  beforeCall: (primitive: string) => void = () => undefined;
  dockerAnswers: (argv: readonly string[]) => Partial<Finished> = () => ({});
  /** What plain lines print. */
  plainAnswer: (commands: readonly string[]) => unknown = () => ({ altered: "" });
  readonly dockerCalls: string[] = [];
  #now = 0;

  constructor(...names: string[]) {
    this.instances = names.map((name) => new FakeInstance(name));
  }

  readonly clock = {
    now: () => this.#now,
    pause: (ms: number) => {
      this.#now += ms;
      return Promise.resolve();
    },
    within: <T>(_ms: number, work: Promise<T>): Promise<T | undefined> => work,
  };

  get members(): MemberAddress[] {
    return this.instances.map((one) => one.address);
  }

  docker(argv: readonly string[]): Promise<Finished> {
    if (this.callsLeft-- <= 0) {
      return Promise.reject(new Error("killed"));
    }
    this.dockerCalls.push(argv.join(" "));
    const answer = { code: 0, stdout: "", stderr: "", timedOut: false };
    return Promise.resolve({ ...answer, ...this.dockerAnswers(argv) });
  }

  follow(): Hint {
    return { wait: (limitMs) => this.clock.pause(limitMs), stop: () => undefined };
  }

  say(sentence: string): void {
    this.said.push(sentence);
  }

  budget(name: BudgetName): number {
    return budgets[name];
  }

  open(member: InstanceAddress): Session {
    const instance = this.instances.find((one) => one.address.container === member.container);
    let isBusy = false;
    return {
      member,
      // A real session reads its answers one after another.
      call: async (primitive, argument) => {
        if (isBusy) throw new Error(`${primitive}: two calls at once in one session`);
        isBusy = true;
        try {
          return await this.#call(member, instance, { primitive, argument });
        } finally {
          isBusy = false;
        }
      },
      plain: (commands) => Promise.resolve({ answer: this.plainAnswer(commands), said: "" }),
      close: () => undefined,
    };
  }

  async #call(
    member: InstanceAddress,
    instance: FakeInstance | undefined,
    { primitive, argument = {} }: { primitive: string; argument?: object | undefined },
  ): Promise<unknown> {
    if (this.callsLeft-- <= 0) {
      throw new Error("killed");
    }
    this.beforeCall(primitive);
    if (instance === undefined) {
      throw problemOf("container-absent", member);
    }
    if (instance.problem !== undefined) {
      throw instance.problem;
    }
    const answer = answerPrimitive(this, instance, primitive, argument as Argument);
    // As JSON, so that a test meets what the wire would carry.
    return Promise.resolve(JSON.parse(JSON.stringify(answer)) as unknown);
  }
}

/** Why a member cannot be asked. */
export function problemOf(
  code: "container-absent" | "container-stopped" | "instance-down" | "no-answer",
  member: InstanceAddress,
): MirrorError {
  return new MirrorError({ code, subject: member.container, seen: code, remedy: "-" });
}

/** Who serves: both members are asked all the time what they are, in sessions that stay open. A
 *  primary in trouble holds all writes, so it does not serve. */

import { budgets } from "../support/budgets.ts";
import { lookUntil, pause, waitFor } from "../support/wait.ts";
import { Conversation } from "./conversation.ts";

/** Between two looks: short beside the shortest hand-over seen. */
const lookAgainMs = 50;
/** An answer takes milliseconds; a member that gives none in this time serves nobody. */
const answerMs = 1000;

/** Status and, in trouble, a second word. Source: %SYSTEM.Mirror.GetMemberStatus. */
const question = 'write "status ",$listtostring($SYSTEM.Mirror.GetMemberStatus()),!';

/** Since when who serves: a member, `nobody`, or `both`. */
export interface Serving {
  readonly at: number;
  readonly who: string;
}

/** Looks until it is stopped. */
export class Watch {
  private readonly seen: Serving[] = [];
  private readonly stopped = new AbortController();
  private readonly ended: Promise<void>;
  private lastLookAt = 0;

  /** @param containers by member */
  constructor(containers: Readonly<Record<string, string>>) {
    this.ended = this.live(Object.entries(containers).map((one) => new Eye(...one)));
  }

  /** Everything that was seen, one entry per change. */
  timeline(): readonly Serving[] {
    return this.seen;
  }

  /** Who served, in order, whenever anybody did. `both` in two looks in a row is a fault; a
   *  hand-over within one look is not. */
  served(): string[] {
    const members = this.seen.map(({ who }) => who).filter((who) => who !== "nobody");
    return members.filter((who, index) => who !== members[index - 1]);
  }

  /** Waits until this member serves. */
  async serves(member: string, budgetMs: number): Promise<void> {
    await waitFor(`${member} serves`, budgetMs, () => {
      return Promise.resolve(this.seen.at(-1)?.who === member ? true : undefined);
    });
  }

  /** Waits until nobody has served for so long, without a break. */
  async nobodyServed(forMs: number): Promise<void> {
    await waitFor(`nobody serves for ${forMs} ms`, forMs + budgets.memberBackMs, () => {
      const last = this.seen.at(-1);
      const isLong = last?.who === "nobody" && this.lastLookAt - last.at >= forMs;
      return Promise.resolve(isLong ? true : undefined);
    });
  }

  /** Waits until this member has served for so long, without a break. */
  async servedFor(member: string, forMs: number): Promise<void> {
    await waitFor(`${member} serves for ${forMs} ms`, forMs + budgets.memberBackMs, () => {
      const last = this.seen.at(-1);
      const isLong = last?.who === member && this.lastLookAt - last.at >= forMs;
      return Promise.resolve(isLong ? true : undefined);
    });
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.ended;
  }

  private async live(eyes: readonly Eye[]): Promise<void> {
    let previous = "";
    await lookUntil(this.stopped.signal, lookAgainMs, async () => {
      const answers = await Promise.all(eyes.map((eye) => eye.isServing()));
      const serving = eyes.filter((_, index) => answers[index]).map(({ member }) => member);
      const who = serving.length > 1 ? "both" : (serving[0] ?? "nobody");
      // The two answers of one look are not from the same moment: `both` counts when it lasts.
      if (who !== "both" || previous === "both") this.note(who);
      previous = who;
    });
    await Promise.all(eyes.map((eye) => eye.close()));
  }

  private note(who: string): void {
    this.lastLookAt = performance.now();
    if (this.seen.at(-1)?.who !== who) this.seen.push({ at: this.lastLookAt, who });
  }
}

/** Looks at one member. */
class Eye {
  readonly member: string;
  private readonly container: string;
  private session: Conversation | undefined;

  constructor(member: string, container: string) {
    this.member = member;
    this.container = container;
  }

  async isServing(): Promise<boolean> {
    this.session ??= new Conversation(this.container, "%SYS");
    const asked = this.session.ask(question, (line) => line.startsWith("status "));
    const answer = await Promise.race([asked, pause(answerMs)]);
    if (answer === undefined) {
      this.session.drop();
      this.session = undefined;
    }
    return answer === "status Primary";
  }

  async close(): Promise<void> {
    await this.session?.close();
  }
}

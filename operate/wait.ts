import { progressMs } from "./budgets.ts";
import type { ErrorCode } from "./contract/errors.ts";
import { MirrorError } from "./mirror-error.ts";

/** Time as the verbs see it; tests give their own. */
export interface Clock {
  now(): number;
  pause(ms: number): Promise<void>;
  /** What the work gives, or `undefined` when it takes longer. */
  within<T>(ms: number, work: Promise<T>): Promise<T | undefined>;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  pause: (ms) =>
    new Promise((resolve) => {
      setTimeout(resolve, ms);
    }),
  async within(ms, work) {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => {
        resolve(undefined);
      }, ms);
    });
    try {
      return await Promise.race([work, limit]);
    } finally {
      clearTimeout(timer);
    }
  },
};

/** What a look found: the wanted state, or what is there instead. */
export type Seen<T> = { readonly done: T } | { readonly still: string };

export interface Wait<T> {
  /** Whose state is waited for; begins every sentence about it. */
  readonly subject: string;
  /** The wanted state, as words that follow "waiting until". */
  readonly until: string;
  readonly budgetMs: number;
  /** Pause before the next look; 0 when the look itself waits inside the instance. */
  readonly everyMs: number;
  readonly probe: () => Promise<Seen<T>>;
  readonly remedy: string;
  /** Code of the failure when the budget is used up. @default time-over */
  readonly code?: ErrorCode;
}

/** Looks again and again until the state is there. The last look is after the budget's end, so a
 *  state that came in time is never missed. @throws MirrorError when it did not come. */
export async function waitUntil<T>(
  world: { readonly clock: Clock; readonly say: (sentence: string) => void },
  wait: Wait<T>,
): Promise<T> {
  const started = world.clock.now();
  let told = started;
  let toldState = "";
  for (;;) {
    const elapsed = world.clock.now() - started;
    const seen = await wait.probe();
    if ("done" in seen) {
      return seen.done;
    }
    if (elapsed >= wait.budgetMs) {
      throw new MirrorError({
        code: wait.code ?? "time-over",
        subject: wait.subject,
        seen: `${seen.still} after ${inSeconds(elapsed)}, wanted: ${wait.until}`,
        remedy: wait.remedy,
      });
    }
    const now = world.clock.now();
    if (now - told >= progressMs && (seen.still !== toldState || now - told >= 5 * progressMs)) {
      told = now;
      toldState = seen.still;
      world.say(
        `${wait.subject}: waiting until ${wait.until}; ${seen.still} (${inSeconds(now - started)})`,
      );
    }
    await world.clock.pause(wait.everyMs);
  }
}

function inSeconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}

/** Follows a container's log for a line that tells that looking is worth while now. A hint only:
 *  the look decides. Asking an instance that starts costs a session each time, on the very
 *  processors it starts on; following its log costs one client that sleeps. */

import { end, start } from "./child-process.ts";

export interface Hint {
  /** Resolves when a line came that was not told before, when the log has ended, or after the
   *  limit: then looking is worth while anyway. */
  wait(limitMs: number): Promise<void>;
  stop(): void;
}

/** Follows from the beginning of the log, so that a line that came before is told too. */
export function followLog(container: string, line: RegExp): Hint {
  const child = start(["docker", "logs", "--follow", container]);
  const state = { seen: 0, told: 0, isOver: false, wake: (): void => undefined };
  const over = (): void => {
    state.isOver = true;
    state.wake();
  };
  child.once("error", over);
  child.once("close", over);
  for (const stream of [child.stdout, child.stderr]) {
    const count = lineCounter(line);
    stream.setEncoding("utf8").on("data", (part: string) => {
      const found = count(part);
      state.seen += found;
      if (found > 0) {
        state.wake();
      }
    });
  }
  return {
    async wait(limitMs) {
      if (state.seen === state.told && !state.isOver) {
        await new Promise<void>((resolve) => {
          const limit = setTimeout(resolve, limitMs);
          state.wake = () => {
            clearTimeout(limit);
            resolve();
          };
        });
      }
      state.told = state.seen;
    },
    stop: () => {
      end(child);
    },
  };
}

/** Counts the lines that match in a text that comes in parts. */
export function lineCounter(line: RegExp): (part: string) => number {
  let rest = "";
  return (part) => {
    const lines = `${rest}${part}`.split("\n");
    rest = lines.pop() ?? "";
    return lines.filter((one) => line.test(one)).length;
  };
}

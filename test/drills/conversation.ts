/** A session that stays open: one line is sent, one answer awaited, as often as wanted. */

import { createInterface } from "node:readline";
import { execa } from "execa";

const open = (args: readonly string[]) => execa("docker", args, { reject: false, buffer: false });

/** One `iris session` in a container. It ends with the instance, or by `close`. */
export class Conversation {
  private readonly child: ReturnType<typeof open>;
  private readonly ended: Promise<unknown>;
  private waiting:
    { isAnswer: (line: string) => boolean; give: (line?: string) => void } | undefined;
  private isOver = false;

  constructor(container: string, namespace: string) {
    const args = ["exec", "-i", container, "iris", "session", "IRIS", "-U", namespace];
    this.child = open(args);
    // What is sent to a session that is gone gets no answer; `ended` says so.
    this.child.stdin.on("error", () => undefined);
    createInterface({ input: this.child.stdout }).on("line", (line) => {
      if (this.waiting?.isAnswer(line) === true) this.answer(line);
    });
    this.ended = this.child.finally(() => {
      this.isOver = true;
      this.answer(undefined);
    });
  }

  /** Sends a line and gives the first line that is an answer to it; `undefined` when the session
   *  ended before. One question at a time. */
  ask(text: string, isAnswer: (line: string) => boolean): Promise<string | undefined> {
    if (this.isOver) return Promise.resolve(undefined);
    return new Promise((give) => {
      this.waiting = { isAnswer, give };
      this.child.stdin.write(`${text}\n`);
    });
  }

  /** Lets the session end by itself, as at the end of a file. */
  async close(): Promise<void> {
    this.child.stdin.end();
    await this.ended;
  }

  /** Gives up a session that does not answer. */
  drop(): void {
    this.child.kill("SIGKILL");
  }

  private answer(line: string | undefined): void {
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.give(line);
  }
}

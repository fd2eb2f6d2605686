/** The principal device of a session: output goes to the connected client, input comes from it. */

import { StringDecoder } from "node:string_decoder";
import type { Device, Running } from "../../objectscript/host.ts";
import { systemClock } from "../../storage/clock.ts";

/** What a device hands its output to. */
export type Output = (bytes: Buffer) => void;

/** Output is gathered for one turn of the event loop, so that a line written in ten pieces is one
 *  packet; above this many characters it goes at once. */
const gatherCharactersMax = 32 * 1024;

/** Standard input and output of one session. */
export class SessionDevice implements Device {
  readonly name = "|TRM|:|1";
  column = 0;
  private gathered = "";
  private isFlushPlanned = false;
  private input = "";
  private inputHasEnded = false;
  private wake: (() => void) | undefined;
  private readonly decoder = new StringDecoder("utf8");
  private readonly output: Output;

  constructor(output: Output) {
    this.output = output;
  }

  write(text: string): void {
    this.gathered += text;
    if (this.gathered.length >= gatherCharactersMax) this.flush();
    if (this.isFlushPlanned) return;
    this.isFlushPlanned = true;
    setImmediate(() => {
      this.isFlushPlanned = false;
      this.flush();
    });
  }

  flush(): void {
    if (this.gathered === "") return;
    const bytes = Buffer.from(this.gathered, "utf8");
    this.gathered = "";
    this.output(bytes);
  }

  *readLine(timeoutMs: number | undefined): Running<string | undefined> {
    const deadline = timeoutMs === undefined ? undefined : performance.now() + timeoutMs;
    for (;;) {
      const line = this.takeLine();
      if (line !== undefined) return line;
      if (this.inputHasEnded) return this.takeRest();
      const leftMs = deadline === undefined ? undefined : deadline - performance.now();
      if (leftMs !== undefined && leftMs <= 0) return undefined;
      yield { kind: "wait", until: this.moreInput(leftMs) };
    }
  }

  /** Takes bytes of standard input. */
  feed(bytes: Buffer): void {
    this.input += this.decoder.write(bytes);
    this.wake?.();
  }

  /** Standard input has ended. */
  endInput(): void {
    this.input += this.decoder.end();
    this.inputHasEnded = true;
    this.wake?.();
  }

  private takeLine(): string | undefined {
    const end = this.input.indexOf("\n");
    if (end < 0) return undefined;
    const line = this.input.slice(0, end);
    this.input = this.input.slice(end + 1);
    return line.endsWith("\r") ? line.slice(0, -1) : line;
  }

  private takeRest(): string | undefined {
    if (this.input === "") return undefined;
    const rest = this.input;
    this.input = "";
    return rest;
  }

  private moreInput(timeoutMs: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const over = () => resolve();
      const cancel = timeoutMs === undefined ? undefined : systemClock.after(timeoutMs, over);
      this.wake = () => {
        cancel?.();
        this.wake = undefined;
        resolve();
      };
    });
  }
}

/** Device of a job without anybody to talk to: output is dropped, input has ended. */
export class NullDevice implements Device {
  readonly name = "/dev/null";
  column = 0;

  write(): void {
    // Nobody reads what a job writes.
  }

  // eslint-disable-next-line require-yield -- input of a job has ended: nothing to wait for
  *readLine(): Running<string | undefined> {
    return undefined;
  }
}

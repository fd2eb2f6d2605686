/** A client that sets numbered records without transactions, as fast as it can, until its
 *  connection breaks: what it was told promises nothing. */

import { createInterface } from "node:readline";
import { execa } from "execa";

/** Sets `^<global>(1)`, `(2)`, … in namespace COMPANY. */
export class PlainSets {
  readonly global: string;
  private newest = 0;
  private readonly ended: Promise<unknown>;

  constructor(container: string, global: string) {
    this.global = global;
    const args = ["exec", "-i", container, "iris", "session", "IRIS", "-U", "COMPANY"];
    const input = `for i=1:1 { set ^${global}(i)=i write i,! }\n`;
    const child = execa("docker", args, { input, reject: false, buffer: false });
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (/^\d+$/.test(line)) this.newest = Number(line);
    });
    this.ended = child;
  }

  /** The last set whose statement is known to have returned. */
  get last(): number {
    return this.newest;
  }

  async over(): Promise<void> {
    await this.ended;
  }
}

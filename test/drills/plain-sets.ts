/** A client that sets numbered records without transactions, as fast as it can, until its
 *  connection breaks: what it was told promises nothing. */

import { createInterface } from "node:readline";
import { execa } from "execa";
import { budgets } from "../support/budgets.ts";
import { waitFor } from "../support/wait.ts";

const toldEvery = 10;
/** So many looks without anything new: whatever was on its way has arrived. */
const quietLooks = 10;

/** Sets `^<global>(1)`, `(2)`, … in namespace COMPANY. */
export class PlainSets {
  readonly global: string;
  private newest = 0;
  private readonly ended: Promise<unknown>;

  constructor(container: string, global: string) {
    this.global = global;
    const args = ["exec", "-i", container, "iris", "session", "IRIS", "-U", "COMPANY"];
    // Told rarely, so that nobody waits for a reader and the sets run ahead of the journal.
    const input = `for i=1:1 { set ^${global}(i)=i write:i#${toldEvery}=0 i,! }\n`;
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

  /** Resolves when everything that was said has arrived. */
  async quiet(): Promise<void> {
    let seen = -1;
    let looks = 0;
    await waitFor("the rest of what was said", budgets.memberBackMs, () => {
      looks = seen === this.newest ? looks + 1 : 0;
      seen = this.newest;
      return Promise.resolve(looks >= quietLooks ? true : undefined);
    });
  }

  async over(): Promise<void> {
    await this.ended;
  }
}

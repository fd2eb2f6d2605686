/** Those who wait for the core's answer: operators, agents' questions, requests to join. */

/** Numbered promises. */
export class Waiting<Answer> {
  private readonly pending = new Map<number, (answer: Answer) => void>();
  private lastToken = 0;

  /** Starts something with a new token; resolves with the answer to it. */
  ask(start: (token: number) => void): Promise<Answer> {
    this.lastToken += 1;
    const token = this.lastToken;
    return new Promise((resolve) => {
      this.pending.set(token, resolve);
      start(token);
    });
  }

  answer(token: number, answer: Answer): void {
    this.pending.get(token)?.(answer);
    this.pending.delete(token);
  }
}

/** The one way into an instance: one `iris session` per verb and member, kept open, so that a verb
 *  pays for one `docker exec` and may ask as often as it needs.
 *
 *  The exit status of a session says nothing (it is 0 after errors too): the absence of the marker
 *  is the error. Assumed: the terminal writes out what it has printed before it reads the next
 *  line; no source says otherwise, and a terminal that did not could not be typed at. */

import { closed, collect, end, release, start } from "./child-process.ts";
import type { InstanceAddress } from "./contract/common.ts";
import { whyNoSession } from "./diagnosis.ts";
import { MirrorError } from "./mirror-error.ts";
import { callLines, plainLines, readTurn, tidy, type Turn } from "./session-text.ts";
import type { World } from "./world.ts";

export interface Session {
  readonly member: InstanceAddress;
  /** Runs a primitive of install/cls, named `Class.Method`, and gives its answer.
   *  @throws MirrorError `instance-refused` with the product's own words, `code-missing`,
   *  `no-answer`, or why no session could be had. */
  call(primitive: string, argument?: object): Promise<unknown>;
  /** Runs plain commands, one line each, and gives the value of an expression that is JSON text;
   *  `undefined` when nothing was printed. `said` is all the session wrote, errors included. */
  plain(
    commands: readonly string[],
    expression: string,
  ): Promise<{ readonly answer: unknown; readonly said: string }>;
  /** Lets the session end; one in the midst of a line is cut off. */
  close(): void;
}

/** Arguments of `docker` that open a session in %SYS, where all system classes live.
 *  Source: GSA; ADOCK: the container's user needs no password. */
export function sessionArgv(member: InstanceAddress): string[] {
  return ["exec", "-i", member.container, "iris", "session", member.instance, "-U", "%SYS"];
}

/** A session over `docker exec`. It starts at once; whether it could be had shows at its first
 *  line. */
export class DockerSession implements Session {
  readonly member: InstanceAddress;
  readonly #world: World;
  readonly #child: ReturnType<typeof start>;
  readonly #stdout: () => string;
  readonly #stderr: () => string;
  #isOver = false;
  #isBusy = false;
  #turns = 0;
  #consumed = 0;
  #wake: () => void = () => undefined;

  constructor(world: World, member: InstanceAddress) {
    this.#world = world;
    this.member = member;
    this.#child = start(["docker", ...sessionArgv(member)]);
    this.#stdout = collect(this.#child.stdout);
    this.#stderr = collect(this.#child.stderr);
    this.#child.stdout.on("data", () => {
      this.#wake();
    });
    void closed(this.#child)
      .catch(() => undefined)
      .then(() => {
        this.#isOver = true;
        this.#wake();
      });
  }

  async call(primitive: string, argument: object = {}): Promise<unknown> {
    const id = ++this.#turns;
    const { json, said } = await this.#turn(id, callLines(id, primitive, argument));
    return answerOf(this.member, primitive, json, said);
  }

  async plain(
    commands: readonly string[],
    expression: string,
  ): Promise<{ readonly answer: unknown; readonly said: string }> {
    const id = ++this.#turns;
    const { json, said } = await this.#turn(id, plainLines(id, commands, expression));
    return { answer: json === undefined ? undefined : parseJson(this.member, json), said };
  }

  close(): void {
    if (this.#isBusy) {
      end(this.#child);
    } else {
      release(this.#child, "halt\n");
    }
  }

  async #turn(id: number, lines: readonly string[]): Promise<Turn> {
    this.#isBusy = true;
    this.#child.stdin.write(`${lines.join("\n")}\n`);
    const waiting = { isTooLong: false };
    const limit = setTimeout(
      () => {
        waiting.isTooLong = true;
        this.#wake();
      },
      this.#world.budget(id === 1 ? "sessionOpen" : "sessionLine"),
    );
    try {
      for (;;) {
        const turn = readTurn(this.#unread(), id);
        if (turn !== undefined) {
          this.#isBusy = false;
          this.#consumed = this.#stdout().length - turn.rest.length;
          return turn;
        }
        if (waiting.isTooLong || this.#isOver) {
          throw await this.#lost(waiting.isTooLong);
        }
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      clearTimeout(limit);
    }
  }

  #unread(): string {
    return this.#stdout().slice(this.#consumed);
  }

  async #lost(timedOut: boolean): Promise<MirrorError> {
    end(this.#child);
    const said = tidy(`${this.#unread()}\n${this.#stderr()}`);
    if (this.#turns === 1 && !timedOut) {
      return whyNoSession(this.#world, this.member, said);
    }
    return new MirrorError({
      code: "no-answer",
      subject: this.member.container,
      seen: timedOut ? `the session is silent; last output: ${said}` : `the session ended: ${said}`,
      remedy: "Run the same command again: it looks first and goes on from what is there.",
    });
  }
}

/** The answer of a primitive: `ZIrisMirror.Call` prints `{"answer":…}` or `{"error":"…"}`. */
function answerOf(
  member: InstanceAddress,
  primitive: string,
  json: string | undefined,
  said: string,
): unknown {
  if (json === undefined) {
    const isMissing = /<(CLASS|METHOD) DOES NOT EXIST>[^/]*ZIrisMirror/.test(said);
    throw new MirrorError({
      code: isMissing ? "code-missing" : "no-answer",
      subject: member.container,
      seen: `${primitive} printed no answer but: ${said}`,
      remedy: isMissing
        ? "Run `npx pulumi up`: its step load-code puts install/cls into the instance."
        : "Read the session's words above; then run the same command again.",
    });
  }
  const reply = parseJson(member, json);
  if (typeof reply === "object" && reply !== null && "answer" in reply) {
    return reply.answer;
  }
  const problem =
    typeof reply === "object" && reply !== null && "error" in reply ? reply.error : json;
  throw new MirrorError({
    code: "instance-refused",
    subject: member.container,
    seen: `${primitive} failed: ${String(problem)}`,
    remedy: "Remove the cause the product names, then run the same command again.",
  });
}

function parseJson(member: InstanceAddress, json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch (cause) {
    throw new MirrorError({
      code: "no-answer",
      subject: member.container,
      seen: `the session printed something that is not JSON: ${json.slice(0, 200)}`,
      remedy: "Report this with the container's messages.log.",
      cause,
    });
  }
}

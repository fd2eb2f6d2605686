/** Every line of ObjectScript the project hands to an instance, and every class it loads there.
 *  The lines are not written down here: verbs run on instances in memory, and what they send is
 *  kept. */

import { readApp, readCode } from "../../operate/code.ts";
import { stateWithOrWithoutCode } from "../../operate/plain-state.ts";
import { MirrorError } from "../../operate/mirror-error.ts";
import type { Session } from "../../operate/session.ts";
import { callLines, plainLines } from "../../operate/session-text.ts";
import { deploy, verbs } from "../../operate/testing/deployment.ts";
import { FakeWorld } from "../../operate/testing/fake-world.ts";
import * as app from "../../operate/verbs/app.ts";
import * as loadCode from "../../operate/verbs/load-code.ts";
import { hashOfCode } from "../../operate/code.ts";

/** A piece of ObjectScript with what it is called in a report. */
export interface Sent {
  readonly name: string;
  readonly kind: "class" | "line";
  readonly text: string;
}

/** A world that keeps the lines of its sessions. */
class Listening extends FakeWorld {
  readonly lines = new Set<string>();
  #turns = 0;

  override open(member: Session["member"]): Session {
    const session = super.open(member);
    const keep = (lines: readonly string[]): void => lines.forEach((line) => this.lines.add(line));
    return {
      ...session,
      call: (primitive, argument) => {
        keep(callLines(++this.#turns, primitive, argument ?? {}));
        return session.call(primitive, argument);
      },
      plain: (commands, expression) => {
        keep(plainLines(++this.#turns, commands, expression));
        return session.plain(commands, expression);
      },
    };
  }
}

/** The verb may fail here, an instance in memory compiles nothing; it has sent its lines. */
async function sending(work: Promise<unknown>): Promise<void> {
  await work.catch((problem: unknown) => {
    if (!(problem instanceof MirrorError)) throw problem;
  });
}

async function sentLines(): Promise<ReadonlySet<string>> {
  const world = new Listening("mirrorA", "mirrorB");
  await deploy(world);
  await verbs.removeDatabase(world);
  const [member] = world.members;
  const [instance] = world.instances;
  if (member === undefined || instance === undefined) throw new Error("there is no member");
  world.plainAnswer = () => ({ code: "before", problems: "" });
  const hash = hashOfCode(await readCode());
  await sending(loadCode.run({ version: 1, member, hash }, world));
  const phonebook = hashOfCode(await readApp("PHONEBOOK"));
  await sending(
    app.run(
      {
        ...{ version: 1, mirror: "MIRRORSET", failover: world.members },
        app: { name: "PHONEBOOK", namespace: "PHONEBOOK", hash: phonebook },
      } as const,
      world,
    ),
  );
  const session = world.open(member);
  await session.call("Instance.State", { long: "x".repeat(2500) });
  instance.problem = new MirrorError({
    ...{ code: "code-missing", subject: "mirrorA", seen: "no classes", remedy: "-" },
  });
  await sending(stateWithOrWithoutCode(session));
  return world.lines;
}

/** All of it. */
export async function everythingSent(): Promise<readonly Sent[]> {
  const apps = ["COMPANY", "PHONEBOOK"].map((name) => readApp(name));
  const files = (await Promise.all([readCode(), ...apps])).flat();
  const classes = files.map(({ path, content }): Sent => ({
    name: path,
    kind: "class",
    text: content,
  }));
  const lines = [...(await sentLines())].map((text): Sent => ({
    name: `session line: ${text.slice(0, 120)}`,
    kind: "line",
    text,
  }));
  return [...classes, ...lines];
}

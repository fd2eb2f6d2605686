/** The steps of scripts that make a mirror: each is run on real members, in order. */

import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { testPatience } from "../../edge/mirror/testing/wait.ts";
import { configured, place, serviceOn } from "../testing/app-database.ts";
import { TestInstance } from "../testing/test-instance.ts";
import { mirrorSteps, type MirrorStep } from "./mirror.ts";

vi.setConfig(testPatience);

const members = new Map<MirrorStep["on"], TestInstance>();

/** Both with the ordinary database APP, which is not in use on the second one. */
beforeAll(async () => {
  for (const name of ["ONE", "TWO"] as const) {
    const member = await TestInstance.start();
    members.set(name, member);
    const create = `do ##class(SYS.Database).CreateDatabase("${place(member)}")`;
    await member.lines("%SYS", serviceOn, ...configured(member), create);
  }
  await memberOf("ONE").lines("APP", "set ^x=1");
  await memberOf("TWO").lines(
    "%SYS",
    `do ##class(SYS.Database).DismountDatabase("${place(memberOf("TWO"))}")`,
  );
});

afterAll(async () => {
  for (const member of members.values()) await member[Symbol.asyncDispose]();
});

function memberOf(name: MirrorStep["on"]): TestInstance {
  const found = members.get(name);
  if (found === undefined) throw new Error(`there is no member ${name}`);
  return found;
}

/** What the last line prints. */
async function printed({ on, lines }: MirrorStep): Promise<string> {
  const member = memberOf(on);
  const other = memberOf(on === "ONE" ? "TWO" : "ONE");
  const typed = lines.map((line) =>
    line
      .replaceAll("@DIR@", member.directory)
      .replaceAll("@OTHER@", other.directory)
      .replaceAll("@AGENT@", String(other.agentPort)),
  );
  return (await member.lines("%SYS", ...typed)).at(-1) ?? "";
}

it.for(mirrorSteps.map((step) => [step.name, step] as const))("%s", async ([, step]) => {
  const first = await printed(step);
  if (first === step.comesTo) return;
  // What changes the mirror is done once; what only looks is asked until it has come about.
  const changes = step.lines.some((line) => /SYS\.\w+\)|ExternalFreeze/.test(line));
  expect(changes, first).toBe(false);
  await vi.waitFor(async () => expect(await printed(step)).toBe(step.comesTo), 20_000);
});

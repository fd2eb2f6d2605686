/** Instances with the classes of install/cls, called as the steps call them. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { testPatience } from "../../edge/mirror/testing/wait.ts";
import { TestInstance } from "./test-instance.ts";

const instances: TestInstance[] = [];

/** Ends all that were prepared. */
export async function endAll(): Promise<void> {
  for (const instance of instances.splice(0)) await instance[Symbol.asyncDispose]();
}

const classes = join(import.meta.dirname, "../../../install/cls/ZIrisMirror");

/** An instance with the classes loaded and the mirror service on. */
export async function prepared(): Promise<TestInstance> {
  const made = await TestInstance.start();
  instances.push(made);
  const load = readdirSync(classes).map(
    (file) => `write $system.OBJ.Load("${join(classes, file)}","ck-d")`,
  );
  const loaded = await made.lines("%SYS", ...load);
  for (const line of loaded) expect(line).toMatch(/1$/);
  await call(made, "Service.Enable");
  return made;
}

/** The line of a session that runs a primitive as a step does. */
export function lineOf(primitive: string, argument: object = {}): string {
  const [name = "", method = ""] = primitive.split(".");
  const json = JSON.stringify(argument).replaceAll('"', '""');
  return `do ##class(ZIrisMirror.Call).Run(1,"${name}","${method}","${json}")`;
}

/** Runs a primitive in a session of its own.
 *  @throws Error with what it printed instead of an answer */
export async function call(
  instance: TestInstance,
  primitive: string,
  argument: object = {},
): Promise<unknown> {
  const [printed = ""] = await instance.lines("%SYS", lineOf(primitive, argument));
  return answerIn(printed);
}

/** The answer in what a line printed. @throws Error with it when there is none */
export function answerIn(printed: string): unknown {
  const reply = /<<irismirror 1 (.*) irismirror 1>>/.exec(printed)?.[1] ?? "{}";
  const { answer } = JSON.parse(reply) as { answer?: unknown };
  if (answer === undefined) throw new Error(printed);
  return answer;
}

/** Asks until the answer is as wanted. */
export async function comes(ask: () => Promise<unknown>, wanted: object): Promise<void> {
  const end = performance.now() + testPatience.testTimeout / 2;
  for (;;) {
    const seen = await ask();
    try {
      expect(seen).toMatchObject(wanted);
      return;
    } catch (difference) {
      if (performance.now() > end) throw difference;
    }
  }
}

const addresses = {
  superserverAddress: "localhost",
  mirrorAddress: "localhost",
  agentAddress: "localhost",
};

async function agentPort(instance: TestInstance): Promise<number> {
  return Number((await instance.lines("%SYS", "write ##class(SYS.Agent).GetApplicationPort()"))[0]);
}

/** Joins the mirror of another instance as an async. */
export async function joins(two: TestInstance, one: TestInstance, type: number): Promise<void> {
  await call(two, "Mirror.JoinAsync", {
    ...{ ...addresses, mirror: "MIR", memberName: "TWO", agentPort: await agentPort(two), type },
    ...{ partnerInstance: "IRIS", partnerAgentAddress: "localhost" },
    partnerAgentPort: await agentPort(one),
  });
  await comes(() => call(two, "Mirror.Status"), { status: "CONNECTED" });
}

/** A primary of the mirror MIR, which has no database yet. */
export async function primaryWithout(): Promise<TestInstance> {
  const one = await prepared();
  const own = { ...addresses, agentPort: await agentPort(one), memberName: "ONE" };
  await call(one, "Mirror.Create", { ...own, mirror: "MIR", arbiter: "", qosTimeoutMs: 2000 });
  await comes(() => call(one, "Mirror.Status"), { status: "PRIMARY" });
  return one;
}

/** The classes of install/cls on this engine, as the steps call them: an async joins, is seen,
 *  holds a database, releases it and leaves. Not shown: that the product takes the same calls. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { testPatience } from "../../edge/mirror/testing/wait.ts";
import { TestInstance } from "../testing/test-instance.ts";

vi.setConfig(testPatience);
const instances: TestInstance[] = [];
afterEach(async () => {
  for (const instance of instances.splice(0)) await instance[Symbol.asyncDispose]();
});

const classes = join(import.meta.dirname, "../../../install/cls/ZIrisMirror");

/** An instance with the classes loaded and the mirror service on. */
async function prepared(): Promise<TestInstance> {
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

/** Runs a primitive as a step does. @throws Error with what it printed instead of an answer */
async function call(
  instance: TestInstance,
  primitive: string,
  argument: object = {},
): Promise<unknown> {
  const [name = "", method = ""] = primitive.split(".");
  const json = JSON.stringify(argument).replaceAll('"', '""');
  const line = `do ##class(ZIrisMirror.Call).Run(1,"${name}","${method}","${json}")`;
  const [printed = ""] = await instance.lines("%SYS", line);
  const reply = /<<irismirror 1 (.*) irismirror 1>>/.exec(printed)?.[1] ?? "{}";
  const { answer } = JSON.parse(reply) as { answer?: unknown };
  if (answer === undefined) throw new Error(printed);
  return answer;
}

/** Asks until the answer is as wanted. */
async function comes(ask: () => Promise<unknown>, wanted: object): Promise<void> {
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

/** A primary with the mirrored database APP, which already holds a record. */
async function primary(): Promise<TestInstance> {
  const one = await prepared();
  const own = { ...addresses, agentPort: await agentPort(one), memberName: "ONE" };
  await call(one, "Mirror.Create", { ...own, mirror: "MIR", arbiter: "", qosTimeoutMs: 2000 });
  await comes(() => call(one, "Mirror.Status"), { status: "PRIMARY" });
  await holds(one, true);
  await call(one, "Namespace.Define", { name: "APP", globals: "APP", routines: "APP" });
  await one.lines("APP", 'set ^old="before the join"');
  return one;
}

async function holds(instance: TestInstance, isPrimary: boolean): Promise<void> {
  const database = { name: "APP", directory: `${instance.directory}mgr/app/` };
  await call(instance, "Database.Configure", database);
  const create = { ...database, mirror: "MIR", primary: isPrimary };
  expect(await call(instance, "Database.Create", create)).toEqual({ done: 1 });
}

async function joins(two: TestInstance, one: TestInstance, type: number): Promise<void> {
  await call(two, "Mirror.JoinAsync", {
    ...{ ...addresses, mirror: "MIR", memberName: "TWO", agentPort: await agentPort(two), type },
    ...{ partnerInstance: "IRIS", partnerAgentAddress: "localhost" },
    partnerAgentPort: await agentPort(one),
  });
  await comes(() => call(two, "Mirror.Status"), { status: "CONNECTED" });
}

it.for([
  [0, "Disaster Recovery", "<PROTECT>"],
  [1, "Read-Only Reporting", "<PROTECT>"],
  [2, "Read-Write Reporting", ""],
] as const)("an async of type %i is a %s", async ([type, word, writes]) => {
  const one = await primary();
  const two = await prepared();

  await joins(two, one, type);
  await comes(() => call(two, "Instance.State"), { type: word, status: "CONNECTED" });
  await comes(() => call(one, "Mirror.Members"), { members: ["ONE", "TWO"] });
  await holds(two, false);
  const directory = `${two.directory}mgr/app/`;
  await comes(() => call(two, "Database.List"), {
    databases: [{ name: "APP", directory, status: "Dejournaling" }],
  });
  const read = `write $get(^|"^^${directory}"|old)`;
  await comes(async () => ({ read: (await two.lines("%SYS", read))[0] }), {
    read: "before the join",
  });
  const errors = await call(two, "Record.WriteErrors", { directories: [directory] });
  expect(errors).toEqual({ errors: [writes] });
});

it("an async releases a database and leaves, and the others keep theirs", async () => {
  const one = await primary();
  const two = await prepared();
  await joins(two, one, 0);
  await holds(two, false);
  const directory = `${two.directory}mgr/app/`;
  await comes(() => call(two, "Database.List"), {
    databases: [{ name: "APP", directory, status: "Dejournaling" }],
  });

  const release = { directory, primary: false };
  expect(await call(two, "Database.Remove", release)).toEqual({ done: 1 });
  expect(await call(two, "Database.List")).toEqual({ databases: [] });
  expect(await call(one, "Database.List")).toMatchObject({ databases: [{ status: "Normal" }] });

  await call(two, "Mirror.Leave");
  await comes(() => call(two, "Mirror.Status"), { status: "NOTINIT" });
  await comes(() => call(one, "Mirror.Members"), { members: ["ONE"] });
});

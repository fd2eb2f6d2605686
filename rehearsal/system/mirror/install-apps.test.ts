/** The sample applications of install/apps on this engine, loaded and started as the step does it:
 *  companies in one database, contacts and customers in others, all read through PHONEBOOK. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { testPatience } from "../../edge/mirror/testing/wait.ts";
import { call, endAll, prepared, primaryWithout } from "../testing/installed.ts";
import type { TestInstance } from "../testing/test-instance.ts";

vi.setConfig(testPatience);
afterEach(endAll);

const apps = join(import.meta.dirname, "../../../install/apps");

/** Databases and namespaces of the article. */
async function withNamespaces(instance: TestInstance): Promise<void> {
  for (const name of ["COMPANY", "CUSTOMER", "PERSONAL"]) {
    const directory = `${instance.directory}mgr/${name.toLowerCase()}/`;
    await call(instance, "Database.Configure", { name, directory });
    const create = `write ##class(SYS.Database).CreateDatabase("${directory}")`;
    expect(await instance.lines("%SYS", create)).toEqual(["1"]);
  }
  const company = { name: "COMPANY", globals: "COMPANY", routines: "COMPANY" };
  const phonebook = { name: "PHONEBOOK", globals: "CUSTOMER", routines: "CUSTOMER" };
  await call(instance, "Namespace.Define", company);
  await call(instance, "Namespace.Define", phonebook);
  for (const [kind, item, database] of [
    ["Globals", "Company.*", "COMPANY"],
    ["Globals", "Phonebook.Contact*", "PERSONAL"],
    ["Packages", "Company", "COMPANY"],
  ]) {
    await call(instance, "Namespace.Map", { name: "PHONEBOOK", kind, item, database });
  }
}

async function load(instance: TestInstance, app: string): Promise<void> {
  const files = readdirSync(join(apps, app), { recursive: true, encoding: "utf8" });
  const lines = files
    .filter((file) => file.endsWith(".cls"))
    .map((file) => `write $system.OBJ.Load("${join(apps, app, file)}","ck-d")`);
  for (const line of await instance.lines(app, ...lines)) expect(line).toMatch(/1$/);
}

const enter = (instance: TestInstance, name: string, setup: string) =>
  call(instance, "App.Enter", { name, namespace: name, setup });

it("the applications hold their data in three databases, entered once", async () => {
  const instance = await primaryWithout();
  await withNamespaces(instance);
  await load(instance, "COMPANY");
  await load(instance, "PHONEBOOK");

  const state = { name: "PHONEBOOK", namespace: "PHONEBOOK" };
  expect(await call(instance, "App.State", state)).toEqual({ code: "", entered: "" });
  for (let time = 1; time <= 2; time++) {
    expect(await enter(instance, "COMPANY", "Company.Setup")).toEqual({ done: 1 });
    expect(await enter(instance, "PHONEBOOK", "Phonebook.Setup")).toEqual({ done: 1 });
  }

  expect(await call(instance, "App.State", state)).toMatchObject({
    entered: expect.stringMatching(/^\d{4}-\d\d-\d\d /) as string,
  });
  expect(
    await instance.lines(
      "PHONEBOOK",
      "do ##class(Company.Company).List()",
      "do ##class(Phonebook.Contact).List()",
      "do ##class(Phonebook.Customer).List()",
    ),
  ).toEqual([
    "1 First Company, Boston\n2 Second Company, Madrid",
    "1 Ann Contact, 555-0100, First Company",
    "1 Bob Customer, 555-0101",
  ]);
  const personal = `write $data(^|"^^${instance.directory}mgr/personal/"|Phonebook.ContactD(1))`;
  expect(await instance.lines("%SYS", personal)).toEqual(["1"]);
});

it("a contact without its company is refused, and nothing of a setup stays", async () => {
  const instance = await primaryWithout();
  await withNamespaces(instance);
  await load(instance, "COMPANY");
  await load(instance, "PHONEBOOK");

  await expect(enter(instance, "PHONEBOOK", "Phonebook.Setup")).rejects.toThrow("no company");

  const seen = await instance.lines("PHONEBOOK", "write $data(^Phonebook.CustomerD)");
  expect(seen).toEqual(["0"]);
  const state = await call(instance, "App.State", { name: "PHONEBOOK", namespace: "PHONEBOOK" });
  expect(state).toEqual({ code: "", entered: "" });
});

it("nothing is entered on a member that is not primary", async () => {
  const instance = await prepared();

  expect(await enter(instance, "USER", "Company.Setup")).toEqual({ done: 0 });
});

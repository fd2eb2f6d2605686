/** What happens: what the article does first. Two ordinary instances have lived on ./sharedA and
 *  ./sharedB: the installer of each made the databases COMPANY, CUSTOMER and PERSONAL and the
 *  namespaces; a company and a contact of it were entered on mirrorA only. Their containers are
 *  gone, the topology names the directories.
 *  What must hold: while an old container is there, nothing is touched. `up` makes the mirror with
 *  the data of mirrorA: both records on both members, a new one travels, the databases are read
 *  only on the backup; what mirrorB had is set aside; the next preview is empty; and so after a
 *  destroy and another `up`.
 *  How it is measured: what Pulumi says, sessions, the directories. */

import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { rehearsalImages } from "../../operate/look/rehearsal-images.ts";
import { budgets } from "../support/budgets.ts";
import { Checkout } from "../support/checkout.ts";
import { docker } from "../support/docker.ts";
import { wholePair } from "../support/mirror-state.ts";
import { line, session } from "../support/session.ts";
import { smallTopology, TestStack } from "../support/test-stack.ts";
import { waitFor } from "../support/wait.ts";

const databases = ["COMPANY", "CUSTOMER", "PERSONAL"];
const directoryOf = (name: string) => `/shared/durable/mgr/${name.toLowerCase()}/`;

/** What the article's installer does at each start: nothing where it is done. */
const installer = [
  ...databases.flatMap((name) => [
    `if '##class(Config.Databases).Exists("${name}") do ##class(%Library.File).CreateDirectoryChain("${directoryOf(name)}")`,
    `if '##class(Config.Databases).Exists("${name}") do ##class(SYS.Database).CreateDatabase("${directoryOf(name)}")`,
    `kill p set p("Directory")="${directoryOf(name)}" do ##class(Config.Databases).Create("${name}",.p)`,
    `kill p set p("Globals")="${name}" do ##class(Config.Namespaces).Create("${name}",.p)`,
  ]),
  'kill p set p("Globals")="CUSTOMER" do ##class(Config.Namespaces).Create("PHONEBOOK",.p)',
  'kill p set p("Database")="COMPANY" do ##class(Config.MapGlobals).Create("PHONEBOOK","Company.*",.p)',
  'kill p set p("Database")="PERSONAL" do ##class(Config.MapGlobals).Create("PHONEBOOK","Phonebook.Contact*",.p)',
  "set ^installed=$get(^installed)+1",
  "halt",
].join("\n");

const named = Object.fromEntries(databases.map((name) => [name, {}]));
const member = (directory: string) => ({
  data: { bind: `./${directory}` },
  mounts: [{ source: "./article", target: "/install" }],
  after: "/install/installer.sh",
});
const topology = (version: string) => ({
  ...smallTopology([]),
  version,
  durableDirectory: "/shared/durable",
  failover: { mirrorA: member("sharedA"), mirrorB: member("sharedB") },
  namespaces: {
    ...named,
    PHONEBOOK: {
      globals: "CUSTOMER",
      mappings: { globals: { "Company.*": "COMPANY", "Phonebook.Contact*": "PERSONAL" } },
    },
  },
});

/** The article's containers, without mirror, Compose and Pulumi. */
class Article implements AsyncDisposable {
  readonly folder: string;
  readonly image: string;
  private readonly prefix = `article${randomBytes(4).toString("hex")}`;

  constructor({ folder }: Checkout, image: string) {
    this.folder = folder;
    this.image = image;
    mkdirSync(join(this.folder, "article"));
    writeFileSync(join(this.folder, "article/installer.txt"), `${installer}\n`);
    const program =
      "#!/bin/bash\niris session IRIS -U %SYS < /install/installer.txt\ntouch /shared/installed\n";
    writeFileSync(join(this.folder, "article/installer.sh"), program);
    chmodSync(join(this.folder, "article/installer.sh"), 0o755);
    for (const directory of ["sharedA", "sharedB"]) mkdirSync(join(this.folder, directory));
  }

  /** As root: the instances' files belong to another user. */
  async asRoot(program: string, args: readonly string[]): Promise<void> {
    const mount = ["-v", `${this.folder}:/checkout`];
    const run = ["run", "--rm", "-u", "0", "--network", "none", ...mount, "--entrypoint", program];
    await docker([...run, this.image, ...args]);
  }

  name(key: string): string {
    return `${this.prefix}-${key}`;
  }

  async start(key: string, directory: string): Promise<string> {
    await this.asRoot("chown", ["51773:51773", `/checkout/${directory}`]);
    await docker([
      ...["run", "-d", "--name", this.name(key), "--hostname", key],
      ...["-v", `${join(this.folder, directory)}:/shared`],
      ...["-v", `${join(this.folder, "article")}:/install`],
      ...["-e", "ISC_DATA_DIRECTORY=/shared/durable", this.image],
      ...["--check-caps", "false", "-a", "/install/installer.sh"],
    ]);
    await waitFor(`the installer on ${key}`, budgets.installedMs, () =>
      Promise.resolve(existsSync(join(this.folder, directory, "installed")) ? true : undefined),
    );
    return this.name(key);
  }

  async remove(key: string): Promise<void> {
    await docker(["rm", "-f", "-v", this.name(key)]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const key of ["mirrorA", "mirrorB"]) await this.remove(key).catch(() => undefined);
    const all = ["sharedA", "sharedB"].map((directory) => `/checkout/${directory}`);
    await this.asRoot("rm", ["-rf", ...all]);
  }
}

const company = (id: number) => `write $listget($get(^Company.CompanyD(${id})),2)`;
const contact = "write $listget($get(^Phonebook.ContactD(1)),2)";

it.for(["2022.1", "2026.1"])("two instances with data become a mirror, in %s", async (version) => {
  using checkout = new Checkout();
  const image = (await rehearsalImages())[version]?.member ?? "";
  await using article = new Article(checkout, image);
  await using stack = await TestStack.create(checkout, topology(version));
  const a = await article.start("mirrorA", "sharedA");
  const b = await article.start("mirrorB", "sharedB");
  await session(a, "PHONEBOOK", [
    'set ^Company.CompanyD=1,^Company.CompanyD(1)=$listbuild("","My company","Valencia")',
    'set ^Phonebook.ContactD=1,^Phonebook.ContactD(1)=$listbuild("","Ann","555-0100",1)',
  ]);
  await session(b, "CUSTOMER", ['set ^old="of mirrorB"']);
  await docker(["stop", a, b]);

  const refused = await stack.preview();
  expect(refused.code).not.toBe(0);
  expect(refused.text).toContain(
    `"./sharedA", which the container "${article.name("mirrorA")}" mounts`,
  );
  await article.remove("mirrorA");
  await article.remove("mirrorB");

  const up = await stack.up();
  const { primary, backup } = await wholePair(stack);
  expect(primary).toBe("mirrorA");
  for (const name of databases) {
    expect(up).toMatch(
      new RegExp(`${name} on mirrorB: \\d+ MB copied.*${name.toLowerCase()}.aside-1`),
    );
  }
  const [first, second] = [stack.container(primary), stack.container(backup)];
  for (const container of [first, second]) {
    expect(await line(container, "PHONEBOOK", company(1))).toBe("My company");
    expect(await line(container, "PHONEBOOK", contact)).toBe("Ann");
    expect(await line(container, "CUSTOMER", "write $data(^old)")).toBe("0");
    expect(await line(container, "%SYS", "write ^installed")).toBe("2");
  }
  await session(first, "PHONEBOOK", [
    'set ^Company.CompanyD(2)=$listbuild("","Another company","Madrid")',
  ]);
  await waitFor("the new company on the backup", budgets.recordArrivesMs, async () =>
    (await line(second, "PHONEBOOK", company(2))) === "Another company" ? true : undefined,
  );
  expect(await line(second, "PHONEBOOK", "set ^Company.CompanyD(3)=1")).toContain("<PROTECT>");
  const aside = `${directoryOf("customer").slice(0, -1)}.aside-1`;
  expect(await docker(["exec", second, "ls", aside])).toContain("IRIS.DAT");
  await stack.expectNoChanges();
  console.info(version, await stack.outputs());

  await stack.destroy();
  await stack.up();
  await wholePair(stack);
  expect(await line(second, "PHONEBOOK", company(2))).toBe("Another company");
});

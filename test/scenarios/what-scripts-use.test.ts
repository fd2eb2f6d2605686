/** What happens: containers of the engine's images are used as administrators' scripts use the
 *  product's: options of iris-main, programs inside, files, environment, the arbiter's command lines.
 *  What must hold: each does what the product documents, or is refused by name.
 *  How it is measured: exit status and output of each; the container's log. */

import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { docker } from "../support/docker.ts";
import { LooseContainer } from "../support/loose-container.ts";
import { run } from "../support/run.ts";

const folder = mkdtempSync(join(tmpdir(), "iris-mirror-scripts-"));
chmodSync(folder, 0o777);

function written(name: string, text: string, mode = 0o666): string {
  writeFileSync(join(folder, name), text);
  chmodSync(join(folder, name), mode);
  return `/m/${name}`;
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const mounted = ["-h", "iris-x", "-v", `${folder}:/m`];

const programs =
  "awk basename bash cat chmod chown cp curl cut date envsubst grep id ls md5sum mkdir mv nohup " +
  "pgrep pidof printf rm sed sh sleep tail tee test timeout xargs iris irissession";

const files =
  "/iris-main /tini /irisHealth.sh /usr/irissys/iris.cpf /usr/irissys/bin /usr/irissys/mgr/iris.key " +
  "/usr/irissys/mgr/messages.log /usr/irissys/mgr/journal $IRISSYS/ISCAgentUser $IRISSYS/ISCAgent " +
  "$IRISSYS/startISCAgent.sh $IRISSYS/iscagent_console.log /usr/local/etc/irissys/startISCAgent.sh " +
  "/usr/irissys/dev/Container/changePassword.sh";

const variables =
  "HOME=/home/irisowner IRISSYS=/home/irisowner/irissys ISC_PACKAGE_INSTALLDIR=/usr/irissys " +
  "ISC_PACKAGE_INSTANCENAME=IRIS ISC_PACKAGE_IRISGROUP=irisowner ISC_PACKAGE_IRISUSER=irisowner " +
  "ISC_PACKAGE_MGRGROUP=irisowner ISC_PACKAGE_MGRUSER=irisowner";

const inShell = (text: string): string[] => ["bash", "-c", text];
const inSession = (text: string): string[] =>
  inShell(`printf '%s\\n' '${text}' halt | iris session IRIS -U %SYS`);

describe("inside a container with every option", () => {
  let container: LooseContainer;
  beforeAll(async () => {
    const words = [
      ...["--check-caps", "false", "--key", written("iris.key", "[a key]")],
      ...["-p", written("password", "secret\n"), "--ISCAgentPort=2190", "--ISCAgent", "true"],
      ...["-s", "false", "--monitorCPF", "false", "-i", "iris", "-l", written("app.log", "")],
      ...["-c", "echo hook create", "-b", "echo hook before && echo 'in quotes'"],
      ...["-a", written("after.sh", "echo hook after\n", 0o755)],
      ...["-e", "echo hook exit", "-t", "echo hook terminate"],
    ];
    container = await LooseContainer.started({ options: mounted, words });
    await container.says("...executed command /m/after.sh");
  });
  afterAll(() => container[Symbol.asyncDispose]());

  it.for([
    ["the log of a start", ["cat", "/usr/irissys/mgr/messages.log"], 0, /LMF Info: Licensed for/],
    ["iris list", ["iris", "list"], 0, /Configuration 'IRIS'[^]*status: +running, since /],
    ["iris list of the instance", ["iris", "list", "iris"], 0, /state: +ok/],
    ["iris qlist", ["iris", "qlist", "IRIS"], 0, /^IRIS\^(.*\^){7}ok\^IRIS\^\^\^.*\^1972$/],
    ["iris start on a running one", ["iris", "start", "IRIS", "quietly"], 1, /already running/],
    ["an unknown instance", ["iris", "qlist", "OTHER"], 1, /'OTHER' is not defined/],
    ["an unknown command", ["iris", "nope"], 1, /Unknown command "nope"/],
    ["a command not simulated", ["iris", "all"], 1, /^not simulated: iris all$/],
    ["iris merge without a file", ["iris", "merge", "IRIS"], 1, /No merge file/],
    [
      "piped lines",
      inSession('write "<",$namespace,">"'),
      0,
      /Node: iris-x, Instance: IRIS[^]*<%SYS>/,
    ],
    ["the menu ^MIRROR", inSession("do ^MIRROR"), 1, /not simulated: routine \^MIRROR/],
    ["a task", inSession("set t=##class(%SYS.Task).%New()"), 1, /not simulated: class %SYS\.Task/],
    ["Terminate", inSession("do $system.Process.Terminate(,3)"), 3, /Node: /],
    ["a call", inShell("irissession IRIS -U%SYS '##class(%SYSTEM.OBJ).Load(\"/x\")'"), 0, /\/x/],
    ["a second agent", inShell("$IRISSYS/ISCAgentUser start 2190"), 0, /2190 is in use/],
    [
      "a further agent",
      inShell("$IRISSYS/ISCAgentUser 2191; echo > /dev/tcp/localhost/2191"),
      0,
      /:2191/,
    ],
    ["its process", ["pgrep", "-f", "irissys/ISCAgentUser"], 0, /^\d+/],
    ["the agent's port", inShell("echo > /dev/tcp/iris-x/2190"), 0, /^$/],
    ["the health check", ["/irisHealth.sh"], 0, /^$/],
    [
      "a changed password",
      ["/usr/irissys/dev/Container/changePassword.sh", "/none"],
      1,
      /does not exist/,
    ],
    [
      "the user",
      inShell("id -u; id -g; pwd; touch here && echo writable"),
      0,
      /51773\n51773\n\/home\/irisowner\nwritable/,
    ],
    [
      "programs",
      inShell(`for p in ${programs}; do command -v $p >/dev/null || echo no $p; done`),
      0,
      /^$/,
    ],
    ["files", inShell(`for f in ${files}; do [ -e $f ] || echo no $f; done`), 0, /^$/],
    ["the key", ["cat", "/usr/irissys/mgr/iris.key"], 0, /^\[a key\]$/],
    [
      "the environment",
      inShell(`for v in ${variables}; do env | grep -qx "$v" || echo no $v; done`),
      0,
      /^$/,
    ],
  ] as const)("%s", async ([, argv, code, said]) => {
    const ended = await container.exec(argv);
    expect(ended.text).toMatch(said);
    expect(ended.code).toBe(code);
  });

  it("admits root, who administers as the owner does", async () => {
    const asRoot = ["exec", "-u", "root", container.name, "iris", "session", "IRIS", "-U", "%SYS"];
    const call = '##class(%SYS.System).WriteToConsoleLog("by root")';
    expect((await run("docker", [...asRoot, call])).code).toBe(0);
    await container.says("] by root");
  });

  it("took the password once and left a sentinel", () => {
    expect(existsSync(join(folder, "password"))).toBe(false);
    expect(existsSync(join(folder, "password.done"))).toBe(true);
  });

  it("copies a changed key, and shows a further log", async () => {
    written("iris.key", "[another]");
    await container.says("License key /m/iris.key has changed and was copied");
    expect((await container.exec(["cat", "/usr/irissys/mgr/iris.key"])).text).toBe("[another]");
    writeFileSync(join(folder, "app.log"), "a line of the application\n", { flag: "a" });
    await container.says("a line of the application");
  });

  it("stops, starts and is forced down inside, and the container goes on", async () => {
    const status = async () => (await container.exec(["iris", "qlist", "IRIS"])).text.split("^")[3];
    for (const [verb, shown] of [
      ["stop", "down, last used"],
      ["start", "running, since"],
      ["restart", "running, since"],
      ["force", "down, last used"],
    ] as const) {
      const words = verb === "force" ? [verb, "IRIS"] : [verb, "IRIS", "quietly"];
      expect(await container.exec(["iris", ...words])).toMatchObject({ code: 0, text: "" });
      expect(await status()).toContain(shown);
    }
    expect((await container.exec(inSession("write 1"))).code).toBe(1);
    expect((await container.exec(["/irisHealth.sh"])).code).toBe(1);
    expect((await container.exec(["pgrep", "-f", "ISCAgentUser"])).code).toBe(0);
    expect((await container.exec(["iris", "start", "IRIS", "quietly"])).code).toBe(0);
  });

  it("runs its hooks in order, also when it is stopped and started again", async () => {
    const before = (await container.log()).length;
    await docker(["restart", container.name]);
    await container.says("...executed command /m/after.sh", before);
    const said = (await container.log()).slice(before);
    const marks = /^(hook \w+|in quotes|\[INFO\] \.\.\.(started|stopped) .*)$/gm;
    expect(said.match(marks)).toEqual([
      "[INFO] ...stopped InterSystems IRIS instance IRIS",
      "hook exit",
      "hook terminate",
      "hook create",
      "hook before",
      "in quotes",
      "[INFO] ...started InterSystems IRIS instance IRIS",
      "hook after",
    ]);
  });
});

describe("a container that does not start says why", () => {
  it.for([
    ["no such instance", ["-i", "OTHER"], [], /Instance OTHER does not exist/],
    ["a single user", ["--nostu", "true"], [], /not simulated: option --nostu/],
    ["an unknown option", ["--keyy", "/x"], [], /Unknown option "--keyy"/],
    ["a key that is not there", ["--key", "/none"], [], /License key \/none cannot be read/],
    ["a password file that is not there", ["-p", "/none"], [], /\/none does not exist/],
    ["a log that is not there", ["-l", "/none"], [], /open '\/none'/],
    [
      "a data directory on no volume",
      [],
      ["-e", "ISC_DATA_DIRECTORY=/home/irisowner/iconfig"],
      /iconfig\/ is on no volume[^]*\[FATAL\] Error starting InterSystems IRIS/,
    ],
  ] as const)("%s", async ([, words, options, said]) => {
    await using container = await LooseContainer.run({ words, options });
    expect(await container.ended()).toBe(1);
    expect(await container.log()).toMatch(said);
  });

  it("of a password file that belongs to another user", async () => {
    const words = ["-p", written("hidden", "secret", 0o600)];
    await using container = await LooseContainer.run({ words, options: mounted });
    expect(await container.ended()).toBe(1);
    expect(await container.log()).toMatch(/\/m\/hidden cannot be read/);
  });
});

it.for([
  [["--version"], /^2026\.1\.0\.100\.0\n?$/],
  [["-h"], /^Usage: iris-main/],
] as const)("iris-main %j", async ([words, said]) => {
  await using container = await LooseContainer.run({ words });
  expect(await container.ended()).toBe(0);
  expect(await container.log()).toMatch(said);
});

it("--up false --ISCAgent false runs nothing until somebody does", async () => {
  const words = ["--up", "false", "--ISCAgent", "false", "-a", "echo up"];
  await using container = await LooseContainer.run({ words });
  await container.says("...executed command echo up");
  expect((await container.exec(["pgrep", "-f", "ISCAgentUser"])).code).toBe(1);
  expect((await container.exec(["iris", "qlist", "IRIS"])).text).toContain("^down");
  expect((await container.exec(["iris", "start", "IRIS", "quietly"])).code).toBe(0);
  await docker(["stop", container.name]);
  expect(await container.ended()).toBe(0);
});

it("a read-only password file stays, without a sentinel", async () => {
  const secret = ["-v", `${join(folder, "kept")}:/run/password:ro`];
  written("kept", "secret");
  const words = ["-p", "/run/password"];
  await using container = await LooseContainer.started({ words, options: secret });
  expect((await container.exec(["test", "-e", "/run/password"])).code).toBe(0);
  expect((await container.exec(["test", "-e", "/run/password.done"])).code).toBe(1);
});

it("ICM's script waits for an instance in 2022.1, and is gone since 2025.3", async () => {
  const script = "/usr/irissys/dev/Cloud/ICM/waitISC.sh";
  await using older = await LooseContainer.run({ release: "2022.1" });
  const waited = /^Waited \d+ seconds for InterSystems IRIS to reach state 'running'$/;
  expect((await older.exec([script, "", "60"])).text).toMatch(waited);
  expect((await older.exec([script, "--instance=IRIS", "--maxWait", "60"])).text).toMatch(waited);
  expect((await older.exec([script, "--goal=down", "--maxWait=1"])).code).toBe(1);
  await using newest = await LooseContainer.started();
  expect((await newest.exec(["ls", script])).code).not.toBe(0);
});

describe("an arbiter listens, whatever its command line", () => {
  it.for([
    [[], [], 2188],
    [["/usr/local/etc/irissys/startISCAgent.sh 2188"], [], 2188],
    [["--ISCAgentPort=2189"], [], 2189],
    [["-p 2188"], [], 2188],
    [["--check-caps", "false"], [], 2188],
    [["/tini", "--", "/iris-main", "--up", "false"], [], 2188],
    [["--", "/iris-main", "--up", "false"], ["--entrypoint", "/tini"], 2188],
    [["2189"], ["--entrypoint", "/usr/local/etc/irissys/startISCAgent.sh"], 2189],
  ] as const)("%j %j", async ([words, options, port]) => {
    await using container = await LooseContainer.run({ kind: "arbiter", words, options });
    await container.says(`Starting ApplicationServer on *:${port}`);
    const listens = `until (echo > /dev/tcp/localhost/${port}) 2>/dev/null; do :; done`;
    expect((await container.exec(["timeout", "25", ...inShell(listens)])).code).toBe(0);
    expect((await container.exec(["pgrep", "-f", "ISCAgentUser"])).code).toBe(0);
  });
});

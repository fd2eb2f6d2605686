import { execFile } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const run = promisify(execFile);
const files = new URL("files/", import.meta.url).pathname;
const waitForInstance = join(files, "usr/irissys/dev/Cloud/ICM/waitISC.sh");
const agentByHand = join(files, "home/irisowner/irissys/ISCAgentUser");

describe("the programs of the image that scripts start by their path", () => {
  let place: string;

  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), "image-"));
  });

  afterEach(() => {
    rmSync(place, { recursive: true });
  });

  function program(name: string, text: string): void {
    writeFileSync(join(place, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(place, name), 0o755);
  }

  function qlist(state: string, type = "", status = ""): void {
    const line = `IRIS^/usr/irissys^2022.1^${state}^iris.cpf^1972^0^0^ok^IRIS^${type}^${status}^/d`;
    program("iris", `[ "$1 $2" = "qlist IRIS" ] && echo "${line}"`);
  }

  async function told(file: string, words: readonly string[]): Promise<string> {
    const env = { PATH: `${place}:/usr/bin:/bin`, IRISSYS: place };
    try {
      const { stdout } = await run(file, words, { env });
      return stdout.trim();
    } catch (error) {
      const { code, stderr } = error as { code: number; stderr: string };
      return `${code}: ${stderr.trim()}`;
    }
  }

  it.each([
    ["an instance outside of a mirror", "", ""],
    ["a backup", "Failover", "Backup"],
    ["an async that is not connected", "Disaster Recovery", "Disconnected"],
  ])("waitISC.sh ends at once for %s", async (_, type, status) => {
    qlist("running, since today", type, status);
    expect(await told(waitForInstance, ["", "60"])).toBe(
      "Waited 0 seconds for InterSystems IRIS to reach state 'running'",
    );
  });

  it.each([
    ["an instance that is down", "down, last used today", "", ""],
    ["a failover member without a role", "running, since today", "Failover", "Transition"],
  ])("waitISC.sh waits for %s, as long as asked", async (_, state, type, status) => {
    qlist(state, type, status);
    expect(await told(waitForInstance, ["IRIS", "1"])).toMatch(/^1: Waited 1 seconds .*running/);
  });

  it("waitISC.sh refuses an option it does not know", async () => {
    qlist("running, since today");
    expect(await told(waitForInstance, ["--gaol=running"])).toMatch(/^1: not simulated: .*--gaol/);
  });

  it.each([
    [[], ""],
    [["start"], ""],
    [["start", "2190"], "2190"],
  ])("ISCAgentUser %j starts the ISCAgent", async (words, given) => {
    program("startISCAgent.sh", 'echo "started with [$*]"');
    expect(await told(agentByHand, words)).toBe(`started with [${given}]`);
  });
});

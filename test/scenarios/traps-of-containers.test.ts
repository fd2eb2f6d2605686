/** What happens: containers of the engine's images meet what breaks IRIS on Docker.
 *  What must hold: they break as the product does, or say why they refuse. The numbers are those of
 *  the table in rehearsal/README.md.
 *  How it is measured: exit status and log of the containers, what runs inside. */

import { afterEach, expect, it } from "vitest";
import { docker } from "../support/docker.ts";
import { LooseContainer } from "../support/loose-container.ts";

const volumes: string[] = [];
afterEach(async () => {
  for (const volume of volumes.splice(0)) await docker(["volume", "rm", "-f", volume]);
});

async function newVolume(): Promise<string> {
  const volume = (await docker(["volume", "create"])).trim();
  volumes.push(volume);
  return volume;
}

const durable = ["-e", "ISC_DATA_DIRECTORY=/dur/iconfig"];
const inSession = (text: string): string[] => [
  ...["bash", "-c"],
  `printf '%s\\n' '${text}' halt | iris session IRIS -U %SYS`,
];

/** Makes the volume's owner who the product says it must be. */
async function giveToOwner(volume: string): Promise<void> {
  const words = ["--up", "false"];
  await using container = await LooseContainer.run({ words, options: ["-v", `${volume}:/dur`] });
  await docker(["exec", "-u", "root", container.name, "chown", "51773:51773", "/dur"]);
}

it("trap 1: a fresh volume belongs to root; owned, or mounted over mgr, it can be used", async () => {
  const volume = await newVolume();
  const options = ["-v", `${volume}:/dur`, ...durable];
  {
    await using refused = await LooseContainer.run({ options });
    expect(await refused.ended()).toBe(1);
    expect(await refused.log()).toContain("ERROR #5001: Cannot create target");
  }
  await giveToOwner(volume);
  await using owned = await LooseContainer.started({ options });
  expect((await owned.exec(["ls", "/dur/iconfig/iris.cpf"])).code).toBe(0);
  const over = ["-v", `${await newVolume()}:/usr/irissys/mgr`];
  for (let time = 1; time <= 2; time++) {
    await using container = await LooseContainer.started({ options: over });
    const kept = await container.exec(inSession('write "<",$increment(^times),">"'));
    expect(kept.text).toContain(`<${time}>`);
  }
});

it("trap 5: a severe message makes the container unhealthy while the instance is well", async () => {
  await using container = await LooseContainer.started();
  expect((await container.exec(["/irisHealth.sh"])).code).toBe(0);
  await container.exec(inSession('do ##class(%SYS.System).WriteToConsoleLog("bad",,2)'));
  expect((await container.exec(["/irisHealth.sh"])).code).toBe(1);
  expect((await container.exec(["iris", "qlist", "IRIS"])).text).toMatch(/running.*\^alert\^/);
  await container.exec(inSession('do ##class(SYS.Container).SetMonitorStateOK("irisowner")'));
  expect((await container.exec(["/irisHealth.sh"])).code).toBe(0);
});

it("trap 14: without a licence a member stops at once, and no mirror is made", async () => {
  const volume = await newVolume();
  await giveToOwner(volume);
  const options = ["-h", "iris-x", "-v", `${volume}:/dur`, ...durable];
  const create =
    'set p("Enabled")=1 do ##class(Security.Services).Modify("%Service_Mirror",.p)' +
    ' write $system.Status.GetErrorText(##class(SYS.Mirror).CreateNewMirrorSet("MIR","A",.m))';
  {
    await using licensed = await LooseContainer.started({ options });
    expect((await licensed.exec(inSession(create))).text).not.toContain("ERROR");
    await docker(["stop", licensed.name]);
  }
  {
    await using member = await LooseContainer.started({ kind: "unlicensed", options });
    const status = await member.exec(inSession("write $system.Mirror.GetStatus()"));
    expect(status.text).toContain("STOPPED");
    expect(await member.log()).not.toContain("LMF Info");
  }
  await using other = await LooseContainer.started({ kind: "unlicensed" });
  expect((await other.exec(inSession(create))).text).toContain(
    "ERROR #2099: Mirroring is unavailable for current license",
  );
});

it.for([
  ["2022.1", 0],
  ["2026.1", 7],
] as const)("trap 15: in %s a page on 52773 gives curl's status %i", async ([release, status]) => {
  await using container = await LooseContainer.started({ release });
  const page = "http://localhost:52773/csp/user/cache_status.cxw";
  expect((await container.exec(["curl", "-s", page])).code).toBe(status);
});

it("trap 22: a second container on a data directory in use is refused", async () => {
  const volume = await newVolume();
  await giveToOwner(volume);
  const options = ["-v", `${volume}:/dur`, ...durable];
  await using first = await LooseContainer.started({ options });
  await using second = await LooseContainer.run({ options });
  expect(await second.ended()).toBe(1);
  expect(await second.log()).toContain("is in use by another process");
  expect((await first.exec(inSession("write 1"))).code).toBe(0);
});

/** Containers around instances in memory: listed with our labels, inspected, their instances
 *  stopped and started. A primary that is stopped hands over to a backup, as the product does on a
 *  graceful stop. */

import { labels } from "../contract/common.ts";
import type { FakeInstance } from "./fake-instance.ts";
import { type FakeWorld, problemOf } from "./fake-world.ts";

/** Gives every instance a container of the stack dev, but for those that are named as gone. */
export function containTheStack(world: FakeWorld, gone: readonly string[] = []): void {
  const present = world.instances.filter(({ address }) => !gone.includes(address.name));
  for (const one of world.instances.filter((each) => !present.includes(each))) {
    one.problem = problemOf("container-absent", one.address);
  }
  world.dockerAnswers = (argv) => {
    const named = present.find(({ address }) => argv.includes(address.container));
    switch (argv[0]) {
      case "ps":
        return { stdout: present.map(listed).join("\n") };
      case "container":
        return named === undefined
          ? { code: 1, stdout: "[]", stderr: "Error: No such container: x\n" }
          : { stdout: JSON.stringify([inspected(named)]) };
      default:
        if (named !== undefined && argv.includes("stop")) stop(world, named);
        if (named !== undefined && argv.includes("start")) start(named);
        return {};
    }
  };
}

function listed({ address: { name, container } }: FakeInstance): string {
  return JSON.stringify({
    ...{ id: `id-${container}`, name: container, state: "running", ports: "", mounts: "" },
    ...{ stack: "dev", member: name, kind: "member", specification: "1" },
  });
}

function inspected({ address: { name, container } }: FakeInstance): object {
  return {
    ...{ Id: `id-${container}`, Name: `/${container}`, RestartCount: 0 },
    State: { Status: "running", Restarting: false, ExitCode: 0 },
    Config: { Labels: { [labels.stack]: "dev", [labels.member]: name } },
  };
}

function stop(world: FakeWorld, stopped: FakeInstance): void {
  const heir = world.instances.find(({ status }) => status === "BACKUP");
  if (stopped.status === "PRIMARY" && heir !== undefined) {
    heir.status = "PRIMARY";
    stopped.status = "BACKUP";
  }
  stopped.problem = problemOf("instance-down", stopped.address);
}

function start(started: FakeInstance): void {
  started.problem = undefined;
}

/** Real faults for the containers of a stack, on an engine of this machine: processes are ended and
 *  links are cut from outside, so nothing in the images helps. */

import { inject } from "vitest";
import { budgets } from "../support/budgets.ts";
import { docker } from "../support/docker.ts";
import { run } from "../support/run.ts";
import type { TestStack } from "../support/test-stack.ts";
import { waitFor } from "../support/wait.ts";

/** The failover members and the arbiter of a drill's stack. */
export type Host = "mirrorA" | "mirrorB" | "arbiter";

/** Programs in a member's container, by a word of their command line. */
const programs = { instance: "daemon/main.ts", agent: "agent-main.ts" } as const;

/** In a member's container. */
const clockFiles = { library: "/tmp/libfaketime.so.1", offset: "/tmp/faketime" } as const;

/** What can be done to one stack. */
export class Faults {
  private readonly stack: TestStack;

  constructor(stack: TestStack) {
    this.stack = stack;
  }

  /** SIGKILL for everything in the container: host, instance and agent are gone together. */
  async kill(host: Host): Promise<void> {
    await docker(["kill", this.stack.container(host)]);
  }

  /** A graceful stop, as an operator does it; it has as long as the product needs. */
  async stop(host: Host): Promise<void> {
    await docker(["stop", "--time", "60", this.stack.container(host)]);
  }

  /** The instance alone stops, and hands over to nobody. */
  async stopWithoutFailover(host: Host): Promise<void> {
    const stop = ["iris", "stop", "IRIS", "quietly", "nofailover"];
    await docker(["exec", this.stack.container(host), ...stop]);
  }

  /** The host hangs: everything in the container stands still, its connections stay open. */
  async freeze(host: Host): Promise<void> {
    await docker(["pause", this.stack.container(host)]);
  }

  async start(host: Host): Promise<void> {
    await docker(["start", this.stack.container(host)]);
  }

  /** SIGKILL for the instance alone: its agent lives. */
  instance(host: Host): Promise<void> {
    return this.end(host, "instance");
  }

  /** SIGKILL for the agent alone. */
  agent(host: Host): Promise<void> {
    return this.end(host, "agent");
  }

  /** Finds the instance first, so that what is given back ends it at once.
   *  @throws Error from that when it is gone already */
  async aim(host: Host): Promise<() => void> {
    const found = await this.processes(host, "instance");
    return () => {
      for (const pid of found) process.kill(pid, "SIGKILL");
    };
  }

  /** Starts an instance that is down in a container that lives.
   *  @param environment of the instance alone */
  async startInstance(host: Host, environment: readonly string[] = []): Promise<void> {
    const settings = environment.flatMap((setting) => ["--env", setting]);
    await docker(["exec", ...settings, this.stack.container(host), "iris", "start", "IRIS"]);
  }

  /** Starts an instance whose clock can be set, and is right at first. */
  async startWithOwnClock(host: Host): Promise<void> {
    const library = inject("faketimeLibrary");
    if (library === undefined) throw new Error("There is no libfaketime on this machine.");
    await docker(["cp", library, `${this.stack.container(host)}:${clockFiles.library}`]);
    await this.setClock(host, 0);
    await this.startInstance(host, [
      `LD_PRELOAD=${clockFiles.library}`,
      `FAKETIME_TIMESTAMP_FILE=${clockFiles.offset}`,
      "FAKETIME_CACHE_DURATION=1",
      "FAKETIME_DONT_FAKE_MONOTONIC=1",
    ]);
  }

  /** Sets the clock of an instance started with its own one; it takes effect within a second. */
  async setClock(host: Host, aheadSeconds: number): Promise<void> {
    const offset = `${aheadSeconds < 0 ? "" : "+"}${aheadSeconds}\n`;
    const write = ["sh", "-c", `cat > ${clockFiles.offset}`];
    await docker(["exec", "-i", this.stack.container(host), ...write], offset);
  }

  /** The instance alone stops, as an administrator does it. */
  async stopInstance(host: Host): Promise<void> {
    await docker(["exec", this.stack.container(host), "iris", "stop", "IRIS", "quietly"]);
  }

  /** Packets from one host to another vanish. Nobody is told, as with a cable. */
  async cut(from: Host, to: Host): Promise<void> {
    const address = await this.addressOf(to);
    await this.iptables(from, ["-A", "OUTPUT", "-d", address, "-j", "DROP"]);
  }

  /** Both directions. */
  async cutBoth(one: Host, other: Host): Promise<void> {
    await Promise.all([this.cut(one, other), this.cut(other, one)]);
  }

  /** All links work again. */
  async heal(...hosts: readonly Host[]): Promise<void> {
    await Promise.all(hosts.map((host) => this.iptables(host, ["-F", "OUTPUT"])));
  }

  /** Takes back whatever a drill that failed has left: links, containers, instances. */
  async undo(hasArbiter: boolean): Promise<void> {
    const members = ["mirrorA", "mirrorB"] as const;
    const hosts: Host[] = [...members, ...(hasArbiter ? (["arbiter"] as const) : [])];
    for (const host of hosts) {
      await run("docker", ["unpause", this.stack.container(host)]);
      await this.start(host);
    }
    await this.heal(...hosts);
    for (const member of members) {
      await run("docker", ["exec", this.stack.container(member), "iris", "start", "IRIS"]);
    }
  }

  private async end(host: Host, program: keyof typeof programs): Promise<void> {
    const found = await this.processes(host, program);
    if (found.length === 0) throw new Error(`No ${program} runs in ${host}`);
    for (const pid of found) process.kill(pid, "SIGKILL");
    await waitFor(`end of the ${program} in ${host}`, budgets.processGoneMs, async () => {
      const left = await this.processes(host, program);
      return found.some((pid) => left.includes(pid)) ? undefined : true;
    });
  }

  /** Ids on this machine, not in the container. */
  private async processes(host: Host, program: keyof typeof programs): Promise<number[]> {
    const text = await docker(["top", this.stack.container(host), "-eo", "pid,args"]);
    const lines = text.split("\n").filter((line) => line.includes(programs[program]));
    return lines.map((line) => Number.parseInt(line, 10));
  }

  private async addressOf(host: Host): Promise<string> {
    const format = "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}";
    return docker(["inspect", "--format", format, this.stack.container(host)]);
  }

  private async iptables(host: Host, rule: readonly string[]): Promise<void> {
    const pid = await docker(["inspect", "--format", "{{.State.Pid}}", this.stack.container(host)]);
    const network = `--net=/proc/${pid}/ns/net`;
    const ended = await run("nsenter", [network, "iptables", "-w", ...rule]);
    if (ended.code !== 0) throw new Error(`iptables ${rule.join(" ")} in ${host}: ${ended.text}`);
  }
}

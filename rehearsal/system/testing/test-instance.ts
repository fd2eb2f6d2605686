/** An instance for tests: store, mirror and classes in this process, in a directory of its own. */

import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Merging, type MergeOutcome, type MergingParts } from "../../edge/daemon/merging.ts";
import { Processes } from "../../edge/daemon/processes.ts";
import { siteCalls } from "../../edge/daemon/site-calls.ts";
import { libraryEnvironment } from "../../edge/daemon/library-environment.ts";
import { NullDevice, SessionDevice } from "../../edge/daemon/session-device.ts";
import { MessagesLog } from "../../edge/messages-log.ts";
import { AgentServer } from "../../edge/mirror/agent-server.ts";
import { MirrorRuntime } from "../../edge/mirror/runtime.ts";
import { placesFrom } from "../../edge/places.ts";
import type { NativeClass, Running } from "../../objectscript/host.ts";
import type { ObjectScriptProcess } from "../../objectscript/process.ts";
import { profileOf, type Profile } from "../../profile.ts";
import { systemClock } from "../../storage/clock.ts";
import { readMirrorJournal } from "../../storage/journal-reader.ts";
import { InstanceStore } from "../../storage/instance-store.ts";
import { systemClasses } from "../classes.ts";
import type { Instance } from "../instance.ts";
import { libraryClasses } from "../library/classes.ts";
import { isMirrorServiceEnabled } from "../security/services.ts";

const newGuid = (): string => randomUUID().toUpperCase();

/** An ISCAgent beside a running instance.
 *  @param mirror asked late: the instance needs the agent's port before it has one */
function startAgent(
  directory: string,
  mirror: () => MirrorRuntime,
  port = 0,
): Promise<AgentServer> {
  return AgentServer.start({
    port,
    clock: systemClock,
    instance: {
      name: "IRIS",
      isRunning: () => true,
      relay: (request) => mirror().answer(JSON.parse(JSON.stringify(request))),
      configuration: () => undefined,
      giveWay: () => undefined,
      openJournal: (mirror, guid) => readMirrorJournal(directory, mirror, guid),
    },
  });
}

/** How a process ended. */
interface Ended {
  readonly status: number;
  readonly output: string;
}

/** A running instance without sessions' sockets and pages. */
export class TestInstance implements AsyncDisposable {
  readonly directory: string;
  /** The classes written in TypeScript. */
  readonly natives: readonly NativeClass[];
  private readonly store: InstanceStore;
  private readonly mirror: MirrorRuntime;
  private readonly processes: Processes;
  private readonly system: Instance;
  private agent: AgentServer;

  private constructor(
    directory: string,
    store: InstanceStore,
    agent: AgentServer,
    { profile, hostName }: { readonly profile: Profile; readonly hostName: string },
  ) {
    this.directory = directory;
    this.store = store;
    this.agent = agent;
    const log = new MessagesLog(store.managerDirectory);
    const system = store.process({ jobNumber: 0, namespace: "%SYS" });
    this.mirror = new MirrorRuntime({
      instance: "IRIS",
      memberGuid: store.guid,
      hostName,
      instanceDirectory: directory,
      superserverPort: 0,
      agentPort: agent.port,
      store: store.mirror,
      downloads: profile.downloadsDatabases ? store.downloads : undefined,
      configuration: store.configuration,
      unmetRequirements: () => store.unmetRequirements(),
      callSite: siteCalls(() => this.processes),
      newGuid,
      log: (severity, category, text) => log.write(severity, category, text),
      mayMirror: () => ({ service: isMirrorServiceEnabled(system.globals), license: true }),
      onForcedDown: () => undefined,
    });
    const places = placesFrom({ ISC_DATA_DIRECTORY: directory });
    const classes = new Map<string, NativeClass>(libraryClasses(libraryEnvironment(places, log)));
    this.system = { store, mirror: this.mirror, profile, agentPort: agent.port };
    for (const one of systemClasses(this.system)) classes.set(one.name, one);
    this.natives = [...classes.values()];
    const around = { store, version: "test", nativeClass: (name: string) => classes.get(name) };
    this.processes = new Processes(around, (_, error) => {
      throw error;
    });
  }

  static async start(release = "2022.1", hostName = "localhost"): Promise<TestInstance> {
    const profile = profileOf(release);
    const directory = `${mkdtempSync(join(tmpdir(), "iris-instance-"))}/`;
    const store = await InstanceStore.open({
      dataDirectory: directory,
      release: profile.release,
      build: profile.build,
      log: () => undefined,
      newGuid,
    });
    const agent = await startAgent(directory, () => instance.mirror);
    const instance: TestInstance = new TestInstance(directory, store, agent, {
      profile,
      hostName,
    });
    await instance.mirror.start();
    return instance;
  }

  /** Port of its ISCAgent. */
  get agentPort(): number {
    return this.agent.port;
  }

  /** Takes its ISCAgent away. @returns what brings it back */
  async withoutAgent(): Promise<() => Promise<void>> {
    const { port } = this.agent;
    await this.agent.close();
    return async () => {
      this.agent = await startAgent(this.directory, () => this.mirror, port);
    };
  }

  /** What merges files into this instance.
   *  @param where the host this is, the agent of the primary it may join, and who is told */
  merging(where: Partial<MergingParts> = {}): Merging {
    return new Merging({
      instance: this.system,
      instanceName: "IRIS",
      hostName: "localhost",
      primaryAgentPort: this.agentPort,
      processes: this.processes,
      log: { write: () => undefined },
      ...where,
    });
  }

  /** Merges a file of that text as `iris merge` does. */
  merge(text: string, where: Partial<MergingParts> = {}): Promise<MergeOutcome> {
    return this.merging(where).merge({ path: "/test.cpf", text }, new NullDevice());
  }

  /** Types lines in a session; gives what each printed. */
  async lines(namespace: string, ...texts: string[]): Promise<string[]> {
    const marked = texts.flatMap((text) => [text, 'write !,"<<end>>"']);
    const output = await this.session(namespace, `${marked.join("\n")}\n`);
    const prompt = /^\n?(?:[^\n]*\n)*?[^\n]*>\n/;
    return output
      .split("<<end>>")
      .slice(0, texts.length)
      .map((part) =>
        part
          .replace(prompt, "")
          .replace(/\n[^\n]*>\n\n$/, "")
          .trim(),
      );
  }

  private async session(namespace: string, input: string): Promise<string> {
    const options = { node: "test", instance: "IRIS" };
    const { output } = await this.run((process) => process.session(options), namespace, input);
    return output;
  }

  /** One call as on the command line of `iris session`. */
  direct(namespace: string, entry: string): Promise<Ended> {
    return this.run((process) => process.direct(entry), namespace, "");
  }

  private async run(
    begin: (process: ObjectScriptProcess) => Running<number>,
    namespace: string,
    input: string,
  ): Promise<Ended> {
    const chunks: Buffer[] = [];
    const device = new SessionDevice((bytes) => chunks.push(bytes));
    const started = this.processes.run(begin, { namespace, principal: device });
    device.feed(Buffer.from(input));
    device.endInput();
    const status = await started.done;
    device.flush();
    return { status, output: Buffer.concat(chunks).toString("utf8") };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.processes.close();
    await this.mirror.close();
    await this.agent.close();
    await this.store.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

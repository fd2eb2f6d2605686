/** An instance for tests: store, mirror and classes in this process, in a directory of its own. */

import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Processes } from "../../edge/daemon/processes.ts";
import { siteCalls } from "../../edge/daemon/site-calls.ts";
import { libraryEnvironment } from "../../edge/daemon/library-environment.ts";
import { SessionDevice } from "../../edge/daemon/session-device.ts";
import { MessagesLog } from "../../edge/messages-log.ts";
import { AgentServer } from "../../edge/mirror/agent-server.ts";
import { MirrorRuntime } from "../../edge/mirror/runtime.ts";
import { placesFrom } from "../../edge/places.ts";
import type { NativeClass } from "../../objectscript/host.ts";
import { profileOf, type Profile } from "../../profile.ts";
import { systemClock } from "../../storage/clock.ts";
import { readMirrorJournal } from "../../storage/journal-reader.ts";
import { InstanceStore } from "../../storage/instance-store.ts";
import { systemClasses } from "../classes.ts";
import { libraryClasses } from "../library/classes.ts";
import { isMirrorServiceEnabled } from "../security/services.ts";

const newGuid = (): string => randomUUID().toUpperCase();

/** An ISCAgent beside a running instance.
 *  @param mirror asked late: the instance needs the agent's port before it has one */
function startAgent(directory: string, mirror: () => MirrorRuntime): Promise<AgentServer> {
  return AgentServer.start({
    port: 0,
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

/** A running instance without sessions' sockets and pages. */
export class TestInstance implements AsyncDisposable {
  readonly directory: string;
  private readonly store: InstanceStore;
  private readonly mirror: MirrorRuntime;
  private readonly processes: Processes;

  private readonly agent: AgentServer;

  private constructor(
    directory: string,
    store: InstanceStore,
    agent: AgentServer,
    profile: Profile,
  ) {
    this.directory = directory;
    this.store = store;
    this.agent = agent;
    const log = new MessagesLog(store.managerDirectory);
    const system = store.process({ jobNumber: 0, namespace: "%SYS" });
    this.mirror = new MirrorRuntime({
      instance: "IRIS",
      memberGuid: store.guid,
      hostName: "localhost",
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
    for (const one of systemClasses({
      store,
      mirror: this.mirror,
      profile,
      agentPort: agent.port,
    })) {
      classes.set(one.name, one);
    }
    const around = { store, version: "test", nativeClass: (name: string) => classes.get(name) };
    this.processes = new Processes(around, (_, error) => {
      throw error;
    });
  }

  static async start(release = "2022.1"): Promise<TestInstance> {
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
    const instance: TestInstance = new TestInstance(directory, store, agent, profile);
    await instance.mirror.start();
    return instance;
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
    const chunks: Buffer[] = [];
    const device = new SessionDevice((bytes) => chunks.push(bytes));
    const options = { node: "test", instance: "IRIS" };
    const started = this.processes.run((process) => process.session(options), {
      namespace,
      principal: device,
    });
    device.feed(Buffer.from(input));
    device.endInput();
    await started.done;
    device.flush();
    return Buffer.concat(chunks).toString("utf8");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.processes.close();
    await this.mirror.close();
    await this.agent.close();
    await this.store.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

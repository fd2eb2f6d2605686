/** A member for tests: a real store in a directory of its own, an agent, and the mirror runtime,
 *  all on loopback in this process. */

import { randomUUID } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MemberEntry } from "../../../core/configuration.ts";
import { systemClock } from "../../../storage/clock.ts";
import { Configuration } from "../../../storage/configuration.ts";
import { InstanceStore } from "../../../storage/instance-store.ts";
import { readMirrorJournal } from "../../../storage/journal-reader.ts";
import { profileOf, type Profile } from "../../../profile.ts";
import { AgentServer } from "../agent-server.ts";
import { readMembership, writeGivenWay } from "../configuration-file.ts";
import type { MirrorEngine } from "../engine.ts";
import { MirrorRuntime } from "../runtime.ts";
import type { CallSite } from "../site-routine.ts";
import type { MirrorView } from "../view.ts";
import { impatient } from "./impatient.ts";
import { readRecord, writeRecord } from "./records.ts";

/** Name of the database the tests write to; its directory is this in lower case. */
const database = "COMPANY";

const newGuid = (): string => randomUUID().toUpperCase();

/** One member: the machine around an instance that may be down. */
export class TestMember {
  readonly name: string;
  readonly directory: string;
  readonly profile: Profile;
  readonly log: string[] = [];
  forcedDown = 0;
  /** What its routine ^ZMIRROR does. */
  callSite: CallSite = () => Promise.resolve("absent");
  private readonly saved: string[] = [];
  private goingDown: Promise<void> = Promise.resolve();
  private store: InstanceStore | undefined;
  private runtime: MirrorRuntime | undefined;
  private agent: AgentServer | undefined;
  private agentPort = 0;
  private superserverPort = 0;

  constructor(name: string, release = "2022.1") {
    this.name = name;
    this.profile = profileOf(release);
    this.directory = `${mkdtempSync(join(tmpdir(), `mirror-${name}-`))}/`;
  }

  /** Agent and instance start. */
  async start(): Promise<void> {
    await this.startAgent();
    await this.startInstance();
  }

  async startAgent(): Promise<void> {
    this.agent = await AgentServer.start({
      port: this.agentPort,
      clock: systemClock,
      instance: {
        name: "IRIS",
        isRunning: () => this.runtime !== undefined,
        relay: async (request) => {
          // As through the control socket: only JSON gets there and back.
          const answered = await this.runtime?.answer(JSON.parse(JSON.stringify(request)));
          return JSON.parse(JSON.stringify(answered)) as unknown;
        },
        configuration: () =>
          readMembership(new Configuration(`${this.directory}iris.cpf`))?.configuration,
        giveWay: (next) => writeGivenWay(new Configuration(`${this.directory}iris.cpf`), next),
        openJournal: (mirror, guid) => readMirrorJournal(this.directory, mirror, guid),
      },
    });
    this.agentPort = this.agent.port;
  }

  async stopAgent(): Promise<void> {
    await this.agent?.close();
    this.agent = undefined;
  }

  async startInstance(): Promise<void> {
    // One process after another: what was forced down lets go of its files first.
    await this.goingDown;
    const log = (severity: number, category: string, text: string): void => {
      this.log.push(`${severity} [${category}] ${text}`);
    };
    this.store = await InstanceStore.open({
      dataDirectory: this.directory,
      release: this.profile.release,
      build: this.profile.build,
      log,
      newGuid,
    });
    this.runtime = new MirrorRuntime({
      instance: "IRIS",
      hostName: "127.0.0.1",
      instanceDirectory: this.directory,
      superserverPort: this.superserverPort,
      agentPort: this.agentPort,
      store: this.store.mirror,
      downloads: this.profile.downloadsDatabases ? this.store.downloads : undefined,
      configuration: this.store.configuration,
      unmetRequirements: () => this.opened.unmetRequirements(),
      callSite: (entry) => this.callSite(entry),
      clock: impatient,
      memberGuid: this.store.guid,
      newGuid,
      log,
      mayMirror: () => ({ service: true, license: true }),
      hasLeftoverJournal: (mirror) => this.opened.mirror.leftoverJournals(mirror).length > 0,
      onForcedDown: () => {
        this.forcedDown += 1;
        this.goingDown = this.killInstance();
      },
    });
    await this.runtime.start();
    this.superserverPort = this.runtime.port;
  }

  /** `iris stop`. */
  async stopInstance(mayFailOver = true): Promise<void> {
    const { runtime, store } = this;
    await runtime?.handOver({ budgetMs: 5000, mayFailOver });
    await runtime?.close();
    await store?.close();
    this.runtime = undefined;
    this.store = undefined;
  }

  /** As `kill -9`, as far as one process can imitate it: what was not synced may survive. */
  async killInstance(): Promise<void> {
    const { runtime, store } = this;
    this.runtime = undefined;
    this.store = undefined;
    await runtime?.crash();
    await store?.close().catch(() => undefined);
  }

  /** The channels of the members connected to it break, as when a cable is pulled; it lives on. */
  breakChannels(): void {
    const { engine } = this.running as unknown as { engine: MirrorEngine };
    const links = Object.values(engine.state.peers).map(({ link }) => link);
    engine.channels.destroyAll();
    for (const link of links) engine.driver.happen({ type: "linkLost", link });
  }

  /** Instance and agent end, as when a container is removed. */
  async killHost(): Promise<void> {
    await this.stopAgent();
    await this.killInstance();
  }

  get running(): MirrorRuntime {
    if (this.runtime === undefined) throw new Error(`${this.name} does not run`);
    return this.runtime;
  }

  get opened(): InstanceStore {
    if (this.store === undefined) throw new Error(`${this.name} does not run`);
    return this.store;
  }

  get view(): MirrorView {
    return this.running.view();
  }

  /** Address and port of its agent. */
  get address(): { readonly agentAddress: string; readonly agentPort: number } {
    return { agentAddress: "127.0.0.1", agentPort: this.agentPort };
  }

  get arbiterNode(): string {
    return `127.0.0.1|${this.agentPort}`;
  }

  async createMirror(mirrorInfo: Record<string, string> = {}): Promise<void> {
    await this.running.createMirror({ mirror: "MIR", systemName: this.name, mirrorInfo });
  }

  async join(
    other: Pick<TestMember, "address">,
    eligibility: MemberEntry["eligibility"] = "failover",
  ): Promise<void> {
    await this.running.join({
      eligibility,
      mirror: "MIR",
      systemName: this.name,
      instance: "IRIS",
      ...other.address,
      localInfo: {},
    });
  }

  /** Directory of the database. */
  get databasePlace(): string {
    return `${this.directory}company/`;
  }

  /** Makes the directory of the database and its lines in iris.cpf. */
  configureDatabase(isRequired = false): void {
    const { configuration } = this.opened;
    mkdirSync(this.databasePlace, { recursive: true });
    const line = isRequired ? `${this.databasePlace},,1` : this.databasePlace;
    configuration.set("Databases", database, line);
    configuration.set("Namespaces", database, database);
    configuration.save();
  }

  /** Creates the mirrored database here. */
  async createDatabase(): Promise<void> {
    this.configureDatabase();
    const { mirroredDatabases } = this.opened;
    await mirroredDatabases.create({ directory: this.databasePlace, name: database });
  }

  /** Nothing is left of its mirror journal but the newest file. */
  purgeAllJournal(): void {
    const journal = this.opened.mirror.journal;
    if (journal === undefined) throw new Error(`${this.name} has no mirror journal`);
    journal.purge(journal.durable);
  }

  /** Creates the database without mirroring it. */
  async createPlainDatabase(): Promise<void> {
    this.configureDatabase();
    await this.opened.createDatabase(this.databasePlace);
  }

  /** As `SYS.Mirror.AddDatabase`. */
  async addToMirror(): Promise<void> {
    await this.opened.mirroredDatabases.add(this.databasePlace, database);
  }

  /** A database with `^x(key)=value` becomes mirrored on this primary. */
  async addDatabaseWithData(key: string, value: string): Promise<void> {
    await this.createPlainDatabase();
    await this.write(key, value);
    await this.addToMirror();
  }

  /** Sets `^x(key)=value` in one transaction and waits until the commit is acknowledged. */
  async write(key: string, value: string): Promise<void> {
    await writeRecord({ store: this.opened, namespace: database }, key, value);
  }

  /** The value of `^x(key)` here; `undefined` where there is none. */
  read(key: string): string | undefined {
    return readRecord({ store: this.opened, namespace: database }, key);
  }

  /** Removes a section of its iris.cpf, while it is down. */
  forgetSection(section: string): void {
    const configuration = new Configuration(`${this.directory}iris.cpf`);
    configuration.removeSection(section);
    configuration.save();
  }

  /** Changes a line of its iris.cpf, while it is down. */
  edit(section: string, key: string, value: string): void {
    const configuration = new Configuration(`${this.directory}iris.cpf`);
    configuration.set(section, key, value);
    configuration.save();
  }

  /** A copy of its volume, while it is down. */
  saveVolume(): string {
    const saved = `${mkdtempSync(join(tmpdir(), `saved-${this.name}-`))}/`;
    this.saved.push(saved);
    cpSync(this.directory, saved, { recursive: true });
    return saved;
  }

  /** Puts back what was saved, all of it or one directory. */
  restoreVolume(saved: string, part = ""): void {
    rmSync(`${this.directory}${part}`, { recursive: true, force: true });
    cpSync(`${saved}${part}`, `${this.directory}${part}`, { recursive: true });
  }

  async remove(): Promise<void> {
    await this.stopAgent();
    await this.killInstance();
    for (const directory of [this.directory, ...this.saved]) {
      rmSync(directory, { recursive: true, force: true });
    }
  }
}

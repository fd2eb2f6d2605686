/** The mirror of one instance, as the daemon and the system classes see it. */

import type { StopReason } from "../../core/phases.ts";
import type { JournalPosition } from "../../core/position.ts";
import { readMembership, type StoredMembership } from "./configuration-file.ts";
import { MirrorEngine } from "./engine.ts";
import { answerInstance, removeFromList } from "./instance-answers.ts";
import { defaultSystemName } from "./names.ts";
import {
  askToBeTakenIn,
  prepareCreate,
  type Circumstances,
  type CreateRequest,
  type JoinCall,
} from "./operations.ts";
import type { MirrorRuntimeOptions } from "./options.ts";
import { MirrorRefusal } from "./refusal.ts";
import { RoleChanges } from "./role-changes.ts";
import { Superserver } from "./superserver.ts";
import { viewOf, type MirrorView } from "./view.ts";

/** A little more than was asked for, so that the core's own limit comes first. */
const stopReserveMs = 1000;

/** The running mirror of an instance, member or not. */
export class MirrorRuntime {
  private readonly options: MirrorRuntimeOptions;
  private readonly engine: MirrorEngine;
  private superserver: Superserver | undefined;
  /** What a person may change of roles. */
  readonly roles: RoleChanges;

  constructor(options: MirrorRuntimeOptions) {
    this.options = options;
    this.engine = new MirrorEngine(options);
    this.roles = new RoleChanges(this.engine);
  }

  /** Port of the data channel. */
  get port(): number {
    return this.superserver?.port ?? this.options.superserverPort;
  }

  /** Listens and starts what is configured; deciding about roles goes on afterwards.
   *  @throws Error when the port cannot be had */
  async start(): Promise<void> {
    this.superserver = await Superserver.start({
      port: this.options.superserverPort,
      clock: this.engine.clock,
      identity: this.engine.identity,
      member: (connection, hello) => this.engine.channels.accept(connection, hello),
      download: (connection, request) => this.engine.giveDatabase(connection, request),
    });
    const stored = this.readStored();
    if (stored !== undefined) this.openJournal(stored);
    this.engine.driver.happen({
      type: "instanceStarted",
      facts: {
        configuration: stored?.configuration,
        local: stored?.local,
        obstacle: this.obstacle(),
      },
    });
  }

  private readStored(): StoredMembership | undefined {
    try {
      return readMembership(this.options.configuration);
    } catch (error) {
      this.options.log(2, "Utility.Event", error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  private openJournal({ configuration }: Pick<StoredMembership, "configuration">): void {
    this.options.store.openJournal(configuration.mirror, configuration.mirrorGuid);
  }

  private obstacle(): StopReason | undefined {
    const { service, license } = this.options.mayMirror();
    if (!license) return "noLicense";
    return service ? undefined : "serviceDisabled";
  }

  /** Everything there is to show. */
  view(): MirrorView {
    return viewOf(this.engine.state);
  }

  /** Planned stop: an active backup takes over; a backup says goodbye. Always resolves. */
  async handOver(limits: { budgetMs: number; mayFailOver: boolean }): Promise<void> {
    if (this.engine.state.phase.name === "off") return;
    await new Promise<void>((resolve) => {
      const cancel = this.engine.clock.after(limits.budgetMs + stopReserveMs, resolve);
      this.engine.onEnded = () => {
        cancel();
        resolve();
      };
      this.engine.driver.happen({ type: "stopAsked", ...limits });
    });
  }

  /** Ends sockets and timers. */
  async close(): Promise<void> {
    await this.engine.close();
    await this.superserver?.close();
  }

  /** Ends everything as a killed process does: for tests. */
  async crash(): Promise<void> {
    await this.engine.crash();
    await this.superserver?.close();
  }

  /** What the own ISCAgent passes on. */
  answer(request: unknown): Promise<unknown> {
    return answerInstance(this.engine, this.options.store, request);
  }

  private circumstances(): Circumstances {
    const { configuration, local } = this.engine.state;
    const own = configuration?.members.find((entry) => entry.name === local?.name);
    return {
      options: this.options,
      clock: this.engine.clock,
      superserverPort: this.port,
      currentMirror: configuration?.mirror ?? "",
      current: own?.eligibility,
    };
  }

  /** Makes a mirror; resolves when this member is its primary.
   *  @throws MirrorRefusal */
  async createMirror(call: CreateRequest): Promise<void> {
    const made = await prepareCreate(this.circumstances(), call);
    this.openJournal(made);
    this.engine.driver.happen({ type: "mirrorCreated", ...made });
    const outcome = await this.engine.until(
      ({ phase }) => phase.name === "primary" || phase.name !== "becoming",
    );
    if (outcome.phase.name !== "primary") {
      throw new MirrorRefusal(2065, made.configuration.mirror);
    }
  }

  /** Joins a mirror; resolves when the primary has this member on its list.
   *  @throws MirrorRefusal */
  async join(call: JoinCall): Promise<void> {
    const made = await askToBeTakenIn(this.circumstances(), call);
    this.openJournal(made);
    this.engine.driver.happen({ type: "mirrorJoined", ...made });
  }

  /** @throws MirrorRefusal 2022, 2074, 2107 */
  async stopMirror(name: string): Promise<void> {
    this.checkName(name);
    await this.engine.operate((token) =>
      this.engine.driver.happen({ type: "mirrorStopAsked", token }),
    );
  }

  /** @throws MirrorRefusal 2066, 2074, 2099, 2106 */
  async startMirror(name: string): Promise<void> {
    this.checkName(name);
    const obstacle = this.obstacle();
    await this.engine.operate((token) =>
      this.engine.driver.happen({ type: "mirrorStartAsked", token, obstacle }),
    );
  }

  private checkName(name: string): void {
    const { configuration } = this.engine.state;
    const isOther = name !== "" && name.toUpperCase() !== configuration?.mirror;
    if (configuration !== undefined && isOther) throw new MirrorRefusal(2051, name);
  }

  /** @throws MirrorRefusal 2082 */
  async setNoFailover(): Promise<void> {
    await this.engine.operate((token) =>
      this.engine.driver.happen({ type: "noFailoverAsked", token, isSet: true }),
    );
  }

  /** @throws MirrorRefusal 2082 */
  async clearNoFailover(): Promise<void> {
    await this.engine.operate((token) =>
      this.engine.driver.happen({ type: "noFailoverAsked", token, isSet: false }),
    );
  }

  /** Leaves the mirror. The journal stays open: databases may still lose their mark, then whoever
   *  called closes it.
   *  @throws MirrorRefusal 2074, 2116 */
  async removeConfiguration(): Promise<void> {
    await this.engine.operate((token) =>
      this.engine.driver.happen({ type: "removalAsked", token }),
    );
    await this.engine.rest();
  }

  /** Removes a member that is not connected from the primary's list.
   *  @throws MirrorRefusal 736, 2045, 2113 */
  async removeOtherMember(name: string): Promise<void> {
    const { configuration } = this.engine.state;
    const entry = configuration?.members.find((member) => member.name === name.toUpperCase());
    if (entry === undefined) throw new MirrorRefusal(736, name);
    const refusal = await removeFromList(this.engine, entry.name, entry.guid);
    if (refusal !== undefined) throw new MirrorRefusal(refusal.number, ...refusal.args);
  }

  /** Where the journal begins that other members may still need from this one; `undefined`: they
   *  need nothing of it.
   *  @throws MirrorRefusal 2074, 5001 */
  journalNeededByOthers(): JournalPosition | undefined {
    return this.engine.keeping.neededByOthers(this.engine.state);
  }

  /** Fetches a database that waits for its download, now. @returns why that did not work */
  fetchDatabase(name: string): Promise<string | undefined> {
    return this.engine.fetchDatabase(name);
  }

  /** Name of this member where none is given; empty when it would be too long. */
  defaultSystemName(): string {
    return defaultSystemName(this.options.hostName, this.options.instance);
  }
}

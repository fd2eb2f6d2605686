/** Puts the running instance together: store, mirror, classes, processes, pages; and takes it
 *  apart again in order. */

import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import { hostname } from "node:os";
import type { NativeClass } from "../../objectscript/host.ts";
import type { Profile } from "../../profile.ts";
import { InstanceStore } from "../../storage/instance-store.ts";
import { systemClasses } from "../../system/classes.ts";
import { libraryClasses } from "../../system/library/classes.ts";
import { isMirrorServiceEnabled } from "../../system/security/services.ts";
import { superserverPort } from "../command/look.ts";
import type { MessagesLog } from "../messages-log.ts";
import { MirrorRuntime } from "../mirror/runtime.ts";
import type { CallSite } from "../mirror/site-routine.ts";
import type { Places } from "../places.ts";
import { startWebServer } from "../web/server.ts";
import { libraryEnvironment } from "./library-environment.ts";
import { Merging } from "./merging.ts";
import { Processes } from "./processes.ts";
import { siteCalls } from "./site-calls.ts";

/** How long a planned stop may wait for the backup to take over. Derived: an active backup needs
 *  the rest of the journal and a switch of files, well under a second; a slow machine ten times
 *  that; below the ten seconds a container gets by default. */
const handOverBudgetMs = 5000;

/** Own ISCAgent. Source: GHA_mirror_set_config (default port). */
const agentPort = 2188;

/** A running instance. */
export interface RunningInstance {
  readonly store: InstanceStore;
  readonly mirror: MirrorRuntime;
  readonly processes: Processes;
  readonly merging: Merging;
  /** Ends everybody, hands over, closes the store. */
  stop(mayFailOver: boolean): Promise<void>;
}

/** What the instance is made from. */
export interface InstanceParts {
  readonly places: Places;
  readonly profile: Profile;
  /** Whether its key allows mirroring. */
  readonly isLicensed: boolean;
  readonly log: MessagesLog;
  /** Another member is primary: this instance must end at once. */
  onForcedDown(): void;
  /** The mirror exists from here on, before it has decided anything. */
  onMirror(mirror: MirrorRuntime): void;
}

/** Starts everything; resolves when people may log on. */
export async function startInstanceParts(parts: InstanceParts): Promise<RunningInstance> {
  const { places, profile, log } = parts;
  const newGuid = () => randomUUID().toUpperCase();
  const store = await InstanceStore.open({
    dataDirectory: places.dataDirectory,
    release: profile.release,
    build: profile.build,
    log: (severity, category, text) => log.write(severity, category, text),
    newGuid,
  });
  const mirror = makeMirror(
    parts,
    store,
    newGuid,
    siteCalls(() => processes),
  );
  parts.onMirror(mirror);
  const classes = new Map<string, NativeClass>(libraryClasses(libraryEnvironment(places, log)));
  const instance = { store, mirror, profile, agentPort };
  for (const one of systemClasses(instance)) classes.set(one.name, one);
  const processes = new Processes(
    { store, version: profile.zversion(processor()), nativeClass: (name) => classes.get(name) },
    (jobNumber, error) => log.write(2, "Generic.Event", `Process ${jobNumber}: ${fault(error)}`),
  );
  const merging = new Merging({
    instance,
    instanceName: places.instance,
    hostName: hostname(),
    primaryAgentPort: agentPort,
    processes,
    log,
  });
  await mirror.start();
  const web = await startPages(parts, mirror, store);
  return {
    store,
    mirror,
    processes,
    merging,
    async stop(mayFailOver) {
      web?.close();
      web?.closeAllConnections();
      await processes.close();
      await mirror.handOver({ budgetMs: handOverBudgetMs, mayFailOver });
      await mirror.close();
      await store.close();
    },
  };
}

function makeMirror(
  parts: InstanceParts,
  store: InstanceStore,
  newGuid: () => string,
  callSite: CallSite,
): MirrorRuntime {
  const { places, profile, log } = parts;
  const asked = store.process({ jobNumber: 0, namespace: "%SYS" });
  return new MirrorRuntime({
    instance: places.instance,
    memberGuid: store.guid,
    hostName: hostname(),
    instanceDirectory: places.dataDirectory,
    superserverPort,
    agentPort,
    store: store.mirror,
    downloads: profile.downloadsDatabases ? store.downloads : undefined,
    configuration: store.configuration,
    unmetRequirements: () => store.unmetRequirements(),
    callSite,
    newGuid,
    log: (severity, category, text) => log.write(severity, category, text),
    mayMirror: () => ({
      service: isMirrorServiceEnabled(asked.globals),
      license: parts.isLicensed,
    }),
    hasLeftoverJournal: (name) => store.mirror.leftoverJournals(name).length > 0,
    onForcedDown: () => parts.onForcedDown(),
  });
}

async function startPages(
  { profile, log }: InstanceParts,
  mirror: MirrorRuntime,
  store: InstanceStore,
): Promise<Server | undefined> {
  const port = profile.privateWebPort ?? profile.enginePagePort;
  if (port === undefined) return undefined;
  const { copies } = store.mirror;
  const server = await startWebServer(port, {
    profile,
    alerts: log.alerts,
    mirror: () => mirror.view(),
    databases: () => copies.rows(),
    missingDatabases: () => copies.missing(),
  });
  if (profile.privateWebPort !== undefined) {
    log.write(0, "Utility.Event", `Private webserver started on ${port}`);
  }
  return server;
}

function processor(): string {
  return process.arch === "arm64" ? "ARM64" : "x86-64";
}

function fault(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

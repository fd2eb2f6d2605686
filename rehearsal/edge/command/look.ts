/** Asks the instance what `iris list` and `iris qlist` show; says `down` when nobody answers. */

import { ask } from "../control/client.ts";
import type { Places } from "../places.ts";
import type { Profile } from "../../profile.ts";
import { lastUsed, runningDaemon } from "./daemon-file.ts";
import type { InstanceStatus } from "./status.ts";
import type { ToldStatus } from "./told-status.ts";

/** The port every superserver of this engine listens on. Source: ADOCK "Discovering Defaults". */
export const superserverPort = 1972;

/** Status of the instance, running or not. */
export async function instanceStatus(places: Places, profile: Profile): Promise<InstanceStatus> {
  const base = {
    name: places.instance,
    directory: places.installDirectory,
    dataDirectory: places.dataDirectory,
    superserverPort,
    webPort: profile.privateWebPort,
  };
  const daemon = runningDaemon(places.daemonFile);
  if (daemon === undefined) {
    return {
      ...base,
      state: "down",
      at: lastUsed(places.messagesLog),
      health: "",
      memberType: "",
      memberStatus: "",
    };
  }
  const told = parseStatus(await ask(places.controlSocket, { ask: "status" }));
  return { ...base, ...told, at: new Date(daemon.sinceEpochMs) };
}

function parseStatus(value: unknown): ToldStatus {
  const text = (key: string): string => {
    const found = (value as Record<string, unknown> | null)?.[key];
    if (typeof found !== "string") throw new Error(`Status without ${key}`);
    return found;
  };
  return {
    state: text("state"),
    health: text("health"),
    memberType: text("memberType"),
    memberStatus: text("memberStatus"),
  };
}

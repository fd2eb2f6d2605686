/** `ConfigMirror`: makes the mirror or joins it.
 *  Source: RACS_configmirror (a mirror that exists is left as it is, but for a first arbiter);
 *  GCMF 5.5 (the primary must run before others join). That it enables the mirror service is not
 *  written: the documented examples do without a line for it. */

import { NotSimulated } from "../../objectscript/errors.ts";
import type { NativeProcess, Running } from "../../objectscript/host.ts";
import { isTrue } from "../../objectscript/numbers.ts";
import type { Value } from "../../objectscript/value.ts";
import type { Instance } from "../instance.ts";
import { isError, okStatus, statusParts, statusText } from "../library/status.ts";
import { localInfoKeys, mirrorInfoKeys } from "../mirror/info-keys.ts";
import { Refusal } from "../support/refusal.ts";
import type { ActionValues } from "./actions.ts";
import { callSystem } from "./call.ts";
import { hostRole } from "./host-role.ts";
import { pick, type Perform, type Performance } from "./performing.ts";
import { waitFor } from "./wait-for.ts";

/** How long a joiner waits for its primary, which may start together with it and, on a slow
 *  machine, makes its first data directory. Assumed: the product's own limit is not documented. */
const primaryComesMs = 300_000;

/** How long the own ISCAgent may take: iris-main starts it at the same time as the instance, and
 *  it is a small program. */
const ownAgentComesMs = 30_000;

/** What says that the primary is not there yet: its agent (2086) or instance (2083) does not
 *  answer, the answer is unclear (2037), it has no mirror yet (2032), or is not yet its primary
 *  (2082). */
const notYet = [2032, 2037, 2082, 2083, 2086];

/** Values of JoinMirrorAsAsyncMember. Source: SYS.Mirror. */
const asyncMemberTypes: Readonly<Record<string, string>> = {
  drasync: "0",
  rorasync: "1",
  rwrasync: "2",
};

/** What this host is to be, with everything worked out. */
interface Place {
  readonly mirror: string;
  readonly member: string;
  readonly primary: string;
}

/** @throws Refusal 407, 5001 for what the host name does not tell */
function placeOf(given: ActionValues, hostName: string): Place {
  const mirror = mirrorName(given["Name"] ?? "", hostName);
  const member = (given["Member"] ?? "").toLowerCase();
  const primary = given["Primary"] ?? "";
  if (member !== "auto") return { mirror, member, primary };
  const role = hostRole(hostName, given["Map"] ?? "", given["Ordinal"] ?? "");
  const isNamed = primary !== "" && primary.toLowerCase() !== "auto";
  return { mirror, member: role.member, primary: isNamed ? primary : role.primary };
}

/** A `#` at the end stands for the first index of the host name. Source: RACS_configmirror. */
function mirrorName(written: string, hostName: string): string {
  if (!written.endsWith("#")) return written.toUpperCase();
  const index = /-(\d+)-\d+$/.exec(hostName)?.[1];
  if (index === undefined) throw new Refusal(407, "Name");
  return `${written.slice(0, -1)}${index}`.toUpperCase();
}

/** Makes this instance what the action says. */
export const configMirror: Perform = function* (performance) {
  const { given, process, around } = performance;
  const place = placeOf(given, around.hostName);
  if (around.instance.mirror.view().mirrorNames.includes(place.mirror)) {
    refuseFirstArbiter(given, around.instance);
    return okStatus;
  }
  const service = ["Security.Services", "Modify"] as const;
  const enabled = yield* callSystem(process, service, "%Service_Mirror", { Enabled: "1" });
  if (isError(enabled)) return enabled;
  // Without it the class says what is missing.
  yield* waitFor(() => agentRuns(process, place), ownAgentComesMs);
  return yield* place.member === "primary" ? create(performance, place) : join(performance, place);
};

/** Reporting asyncs need no agent. Source: GHA_mirror_set_config. */
function* agentRuns(process: NativeProcess, { member }: Place): Running<boolean> {
  const isReporting = ["rorasync", "rwrasync"].includes(member);
  return isReporting || isTrue(yield* callSystem(process, ["SYS.Agent", "IsRunning"]));
}

/** The one thing the product would still do. @throws NotSimulated */
function refuseFirstArbiter(given: ActionValues, { mirror }: Instance): void {
  const { configuration, isPrimary } = mirror.view();
  const isFirst = (given["ArbiterURL"] ?? "") !== "" && configuration?.arbiter === undefined;
  if (isFirst && isPrimary) throw new NotSimulated("an arbiter for a mirror that has none yet");
}

function* create({ given, process }: Performance, { mirror }: Place): Running<Value> {
  const url = given["ArbiterURL"] ?? "";
  const arbiter = url === "" ? {} : { ArbiterNode: url.replace(":", "|") };
  const info = { ...pick(given, mirrorInfoKeys), ...arbiter };
  const call = ["SYS.Mirror", "CreateNewMirrorSet"] as const;
  return yield* callSystem(process, call, mirror, given["SystemName"] ?? "", info);
}

/** What only the primary has a use for is passed over: one file may serve all members.
 *  Source: GCMF 5.6. */
function* join(performance: Performance, place: Place): Running<Value> {
  const { given, process, around } = performance;
  const type = asyncMemberTypes[place.member];
  const where = [
    ...[place.mirror, given["SystemName"] ?? "", around.instanceName],
    ...[place.primary, String(around.primaryAgentPort)],
  ];
  const ask = () =>
    type === undefined
      ? callSystem(process, ["SYS.Mirror", "JoinMirrorAsFailoverMember"], ...where, local)
      : callSystem(process, ["SYS.Mirror", "JoinMirrorAsAsyncMember"], ...where, type, local);
  const local = pick(given, localInfoKeys);
  let answer: Value = okStatus;
  let said = "";
  yield* waitFor(function* () {
    answer = yield* ask();
    const why = statusText(answer);
    const mustWait = notYet.includes(statusParts(answer)?.[0]?.number ?? 0);
    if (mustWait && why !== said) around.say(`ConfigMirror waits for ${place.primary}: ${why}`);
    said = why;
    return !mustWait;
  }, primaryComesMs);
  return answer;
}

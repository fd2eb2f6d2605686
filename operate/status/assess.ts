/** Whether a stack is well, in words and as an exit status. Pure. */

import type { MemberStatus, StackStatus } from "./gather.ts";

export type Health = "healthy" | "degraded" | "no primary" | "nothing there";

/** Exit statuses of `npm run status`, worst last. 1 is a fault of the call itself. */
export const exitStatusOfHealth = {
  healthy: 0,
  degraded: 2,
  "no primary": 3,
  "nothing there": 4,
} as const satisfies Record<Health, number>;

export interface Assessment {
  readonly health: Health;
  /** What a person should know, worst first; empty when healthy. */
  readonly problems: readonly string[];
  readonly failoverMode: string;
}

/** Statuses of a mirrored database that need nobody. Source: GHA_mirror_manage. */
const sound = { PRIMARY: "Normal", other: "Dejournaling" };

/** Statuses of a member that is where it belongs. */
const settled = new Set(["PRIMARY", "BACKUP", "CONNECTED"]);

export function assess(stack: StackStatus): Assessment {
  if (stack.members.length === 0) {
    return { health: "nothing there", problems: ["no member was found"], failoverMode: "none" };
  }
  const primaries = stack.members.filter((one) => one.status === "PRIMARY");
  const problems = [
    ...(primaries.length === 1
      ? []
      : [`${primaries.length === 0 ? "no member is" : "several members are"} primary`]),
    ...stack.members.flatMap(memberProblems),
    ...arbiterProblems(stack),
  ];
  return {
    health: primaries.length !== 1 ? "no primary" : problems.length > 0 ? "degraded" : "healthy",
    problems,
    failoverMode: modeOf(stack),
  };
}

function memberProblems(member: MemberStatus): string[] {
  if (member.unreachable !== undefined) {
    return [`${member.name}: ${member.unreachable}`];
  }
  const wanted = member.status === "PRIMARY" ? sound.PRIMARY : sound.other;
  const databases = (member.databases ?? []).filter((one) => one.status !== wanted);
  return [
    ...(settled.has(member.status ?? "") ? [] : [`${member.name} is ${String(member.status)}`]),
    ...(member.failoverReady === false && member.type === "Failover"
      ? [`${member.name}: a failover would not succeed now: ${member.notReadyBecause ?? ""}`]
      : []),
    ...databases.map((one) => `${one.name} on ${member.name} is ${one.status}`),
  ];
}

function arbiterProblems({ arbiter }: StackStatus): string[] {
  return arbiter === undefined || arbiter.containerState === "running"
    ? []
    : [`the arbiter's container is ${arbiter.containerState}`];
}

/** `IsFailoverReady` demands arbiter controlled mode where an arbiter is configured.
 *  Source: SYS.Mirror IsFailoverReady. */
function modeOf(stack: StackStatus): string {
  const primary = stack.members.find((one) => one.status === "PRIMARY");
  if (primary === undefined) {
    return "none";
  }
  if (primary.arbiter === undefined || primary.failoverReady !== true) {
    return "agent controlled";
  }
  return "arbiter controlled";
}

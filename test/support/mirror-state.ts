/** The mirror as an operator sees it: `iris qlist` on each member. */

import { budgets } from "./budgets.ts";
import { docker } from "./docker.ts";
import { line } from "./session.ts";
import type { TestStack } from "./test-stack.ts";
import { waitFor } from "./wait.ts";

/** Members of the pair. */
const pair = ["mirrorA", "mirrorB"] as const;
export type PairMember = (typeof pair)[number];

async function fieldsOf(stack: TestStack, member: string): Promise<string[]> {
  const text = await docker(["exec", stack.container(member), "iris", "qlist", "IRIS"]);
  return text.split("^");
}

/** Member type and status, in the documented fields 11 and 12. */
export async function memberStatus(stack: TestStack, member: string): Promise<string> {
  const fields = await fieldsOf(stack, member);
  return `${fields[10] ?? ""} ${fields[11] ?? ""}`;
}

/** What the instance is, in the documented field 4: `running, since …`, `down`. */
export async function instanceStatus(stack: TestStack, member: PairMember): Promise<string> {
  return (await fieldsOf(stack, member))[3] ?? "";
}

/** Who is primary now; both members must say so, one as primary, the other as backup. */
async function roles(
  stack: TestStack,
): Promise<{ primary: PairMember; backup: PairMember } | undefined> {
  const [a, b] = await Promise.all(pair.map((member) => memberStatus(stack, member)));
  if (a === "Failover Primary" && b === "Failover Backup") {
    return { primary: "mirrorA", backup: "mirrorB" };
  }
  if (b === "Failover Primary" && a === "Failover Backup") {
    return { primary: "mirrorB", backup: "mirrorA" };
  }
  return undefined;
}

/** Waits until one member is primary and the other its backup. */
export function wholePair(stack: TestStack): Promise<{ primary: PairMember; backup: PairMember }> {
  return waitFor("one primary and one backup", budgets.memberBackMs, () => roles(stack));
}

/** Names of the members as one of them lists them, sorted. */
export async function listedMembers(stack: TestStack, member: string): Promise<string[]> {
  const query =
    'set r=##class(%ResultSet).%New("SYS.Mirror:MemberStatusList") do r.Execute("MIRRORSET") ' +
    'while r.Next() { write r.GetData(1),";" }';
  const names = await line(stack.container(member), "%SYS", query);
  return names.split(";").filter(Boolean).sort();
}

/** Waits until a global in the namespace COMPANY of a member is that text. */
export async function arrives(stack: TestStack, member: string, global: string, text: string) {
  await waitFor(`${global} on ${member}`, budgets.recordArrivesMs, async () => {
    const seen = await line(stack.container(member), "COMPANY", `write $get(${global})`);
    return seen === text ? seen : undefined;
  });
}

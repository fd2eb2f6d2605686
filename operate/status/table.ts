/** A stack's status for a terminal. Pure. */

import { isAsync } from "../member-types.ts";
import type { Assessment } from "./assess.ts";
import type { MemberStatus, StackStatus } from "./gather.ts";

/** Lines for one stack: a heading, a table, and what is wrong. */
export function render(stack: StackStatus, assessment: Assessment): string {
  const mirror = stack.members.find((one) => one.mirror !== undefined);
  const rows = [
    ["MEMBER", "CONTAINER", "STATE", "TYPE", "ROLE", "FAILOVER READY", "DATABASES"],
    ...stack.members.map(row),
    ...(stack.arbiter === undefined
      ? []
      : [["arbiter", stack.arbiter.container, stack.arbiter.containerState, "", "", "", ""]]),
  ];
  return [
    `${stack.stack}: mirror ${mirror?.mirror ?? "not formed"}, ${assessment.health}, ` +
      `${assessment.failoverMode}, arbiter ${mirror?.arbiter ?? "none"}`,
    ...aligned(rows).map((line) => `  ${line}`),
    ...assessment.problems.map((problem) => `  ! ${problem}`),
  ].join("\n");
}

function row(member: MemberStatus): string[] {
  const ready = isAsync(member.type ?? "") ? "" : readyWord(member.failoverReady);
  return [
    member.name,
    member.container,
    member.containerState,
    member.type ?? "?",
    member.status ?? "?",
    ready,
    (member.databases ?? []).map((one) => `${one.name} ${one.status}`).join(", "),
  ];
}

function readyWord(ready: boolean | undefined): string {
  return ready === undefined ? "?" : ready ? "yes" : "no";
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((cells) => (cells[column] ?? "").length)),
  );
  return rows.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

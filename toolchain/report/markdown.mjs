/** A report as a comment on a change: what a reviewer has to know, the worst first. */

/** @typedef {import("./report.mjs").Report} Report */

/** Components only group what they hold: a reader of a comment looks for what really changes. */
const ownComponent = /^irismirror:/;

/**
 * @param {Report} report
 * @returns {string}
 */
export function markdownOf(report) {
  const shown = report.changes.filter(({ type }) => !ownComponent.test(type));
  const parts = [
    `### Mirror stack \`${report.stack}\`, ${report.command}: ${report.outcome}`,
    ...report.problems.map(fenced),
    table(
      ["place", "given", "allowed", "change"],
      report.faults.map(({ path, given, allowed, change }) => [path, given, allowed, change]),
    ),
    list("Warning", report.warnings),
    list("Data", report.notes),
    shown.length === 0 ? "" : countsLine(shown),
    table(
      ["", "resource", "why"],
      shown.map(({ operation, type, name, why }) => [
        operation,
        `${type.split(/[:/]/).at(-1)} ${name}`,
        why.join("; "),
      ]),
    ),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** @param {Report["changes"]} shown */
function countsLine(shown) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { operation } of shown) {
    counts.set(operation, (counts.get(operation) ?? 0) + 1);
  }
  return [...counts].map(([operation, count]) => `${operation} ${count}`).join(", ");
}

/**
 * @param {string} title
 * @param {readonly string[]} lines
 */
function list(title, lines) {
  return lines.map((line) => `- **${title}**: ${inOneLine(line)}`).join("\n");
}

/** @param {string} text */
function fenced(text) {
  // A fence inside would end this one.
  return `\`\`\`\n${text.replaceAll("```", "'''").trimEnd()}\n\`\`\``;
}

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
function table(head, rows) {
  if (rows.length === 0) {
    return "";
  }
  const line = (/** @type {readonly string[]} */ cells) =>
    `| ${cells.map((cell) => inOneLine(cell).replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** @param {string} text */
function inOneLine(text) {
  return text.replaceAll(/\s*\n\s*/g, " ").replaceAll("<", "&lt;");
}

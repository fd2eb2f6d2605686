/** Looks at a whole manifest before anything of it is done. */

import type { z } from "zod";
import { GenerationFault, NotSimulated } from "../../objectscript/errors.ts";
import { tags, tagsNotSimulated, type TagRule } from "./tags.ts";
import type { Element } from "./xml-element.ts";

/** An element that can be executed: its attributes are expressions, words or numbers. */
export interface Activity {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string | undefined>>;
  readonly children: readonly Activity[];
}

interface Findings {
  readonly faults: { readonly line: number; readonly message: string }[];
  readonly notSimulated: string[];
}

/** Checks every element.
 *  @throws GenerationFault with everything that is unknown, missing or misplaced
 *  @throws NotSimulated with all that the product would execute and this engine does not */
export function checkManifest(root: Element): Activity {
  const findings: Findings = { faults: [], notSimulated: [] };
  if (root.tag !== "Manifest") {
    findings.faults.push({ line: root.line, message: `<${root.tag}> is no <Manifest>` });
  }
  const activity = checkElement(root, "", findings);
  if (findings.faults.length > 0) throw new GenerationFault(findings.faults);
  const [first] = findings.notSimulated;
  if (first !== undefined) {
    throw new NotSimulated([...new Set(findings.notSimulated)].join(", "));
  }
  return activity;
}

/** @param parent the tag around it; `If` counts as what it stands in */
function checkElement(element: Element, parent: string, findings: Findings): Activity {
  const { tag, line, children, text } = element;
  const fault = (message: string) => findings.faults.push({ line, message });
  const rule = Object.hasOwn(tags, tag) ? tags[tag] : undefined;
  if (rule === undefined) {
    if (tagsNotSimulated.has(tag)) findings.notSimulated.push(`<${tag}> in a manifest`);
    else fault(`unknown tag <${tag}>`);
    return { tag, attributes: {}, children: [] };
  }
  if (parent !== "" && !rule.parents.includes(parent)) {
    fault(`<${tag}> cannot stand in <${parent}>`);
  }
  if (text !== "") fault(`<${tag}> cannot hold text`);
  const inside = tag === "If" ? parent : tag;
  return {
    tag,
    attributes: checkAttributes(element, rule, findings),
    children: children.map((child) => checkElement(child, inside, findings)),
  };
}

function checkAttributes(
  { tag, attributes, line }: Element,
  rule: TagRule,
  findings: Findings,
): Activity["attributes"] {
  const { notSimulated = {} } = rule;
  const isRefused = ([name]: readonly [string, string]) => Object.hasOwn(notSimulated, name);
  const all = Object.entries(attributes);
  for (const [name, value] of all.filter(isRefused)) {
    if (notSimulated[name]?.test(value) === true) continue;
    findings.notSimulated.push(`${name}="${value}" of <${tag}> in a manifest`);
  }
  try {
    const known = Object.fromEntries(all.filter((one) => !isRefused(one)));
    const parsed = rule.attributes.safeParse(known);
    if (parsed.success) return parsed.data;
    const { issues } = parsed.error;
    const messages = issues.flatMap((issue) => messagesOf(tag, issue));
    findings.faults.push(...messages.map((message) => ({ line, message })));
  } catch (error) {
    if (!(error instanceof NotSimulated)) throw error;
    findings.notSimulated.push(error.message.replace(/^not simulated: /, ""));
  }
  return {};
}

function messagesOf(tag: string, issue: z.core.$ZodIssue): string[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((name) => `unknown attribute ${name} of <${tag}>`);
  }
  const name = issue.path.join(".");
  if (issue.code === "invalid_type") return [`<${tag}> lacks its attribute ${name}`];
  return [`${[name, `of <${tag}>`].filter((part) => part !== "").join(" ")}: ${issue.message}`];
}

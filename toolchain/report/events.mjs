/** Reads Pulumi's log of events, one JSON object a line: which resources change and why, and what
 *  the program and the engine said. Secrets are hidden there by Pulumi. */

import { z } from "zod";

/** @typedef {import("./report.mjs").Told} Told */
/** @typedef {import("./report.mjs").Change} Change */

/** A step's drift marker stands in its environment. */
const state = z.object({
  inputs: z
    .object({ environment: z.object({ DRIFT: z.string() }).partial().catch({}) })
    .partial()
    .catch({}),
});

const event = z.object({
  resourcePreEvent: z
    .object({
      metadata: z.object({
        op: z.string(),
        urn: z.string(),
        type: z.string(),
        diffs: z.array(z.string()).nullish(),
        old: state.nullish(),
        new: state.nullish(),
      }),
    })
    .optional(),
  diagnosticEvent: z
    .object({ message: z.string(), severity: z.string(), urn: z.string().optional() })
    .optional(),
});

/** Operations that change something. The parts of a replacement (`create-replacement`,
 *  `delete-replaced`) are left out: `replace` stands for them. */
const changing = ["create", "update", "delete", "replace", "import"];

/**
 * @param {string} log
 * @returns {Told}
 */
export function toldBy(log) {
  const events = log
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => event.parse(JSON.parse(line)));
  const said = events.flatMap(({ diagnosticEvent }) => diagnosticEvent ?? []);
  const ofSeverity = (/** @type {string} */ severity) =>
    said.filter((one) => one.severity === severity);
  return {
    changes: events.flatMap(({ resourcePreEvent }) => changesIn(resourcePreEvent?.metadata)),
    // What a step says while it works is progress: it has been shown.
    notes: inWords(ofSeverity("info").filter((one) => resourceOf(one) === undefined)),
    warnings: inWords(ofSeverity("warning")),
    problems: inWords(ofSeverity("error")),
  };
}

/** @typedef {{ message: string, urn?: string | undefined }} Said */

/**
 * Each once, with the name of the resource it is about.
 * @param {readonly Said[]} said
 */
function inWords(said) {
  return [
    ...new Set(
      said.map((one) => {
        const resource = resourceOf(one);
        return `${resource === undefined ? "" : `${resource}: `}${plain(one.message)}`;
      }),
    ),
  ];
}

/**
 * Name of the resource something is said about; none for the whole stack.
 * @param {Said} said
 */
function resourceOf({ urn }) {
  return urn === undefined || urn === "" || urn.includes("::pulumi:pulumi:Stack::")
    ? undefined
    : nameIn(urn);
}

/** @param {string} urn */
function nameIn(urn) {
  return urn.split("::").at(-1) ?? urn;
}

/** @typedef {NonNullable<z.infer<typeof event>["resourcePreEvent"]>["metadata"]} Metadata */

/**
 * @param {Metadata | undefined} metadata
 * @returns {Change[]}
 */
function changesIn(metadata) {
  // The stack itself and the plugins are no part of the mirror.
  if (metadata === undefined || !changing.includes(metadata.op) || /^pulumi:/.test(metadata.type)) {
    return [];
  }
  const { op, urn, type } = metadata;
  return [{ operation: op, type, name: nameIn(urn), why: whyOf(metadata) }];
}

/**
 * @param {Metadata} metadata
 * @returns {string[]}
 */
function whyOf({ op, old, new: wanted, diffs }) {
  const drift = wanted?.inputs.environment?.DRIFT;
  if (op === "update" && drift !== undefined && drift !== old?.inputs.environment?.DRIFT) {
    return drift.replace(/ \(repair \d+\)$/, "").split("; ");
  }
  return (diffs ?? []).map((name) => `${name} changes`);
}

/**
 * Text without Pulumi's colour marks.
 * @param {string} message
 */
function plain(message) {
  return message.replaceAll(/<\{%.*?%\}>/g, "").trim();
}

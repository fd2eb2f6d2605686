/** Whether a saved plan still fits: Pulumi itself finds out resource by resource while it changes
 *  them, so it is compared with a plan made now, before anything is touched. */

import { readFileSync } from "node:fs";
import { z } from "zod";
import { messageOf } from "../ground/fault.mjs";

const resourcePlan = z.object({
  /** What the program wants of the resource; secrets are encrypted, and differ each time. */
  goal: z.unknown(),
  /** What is done with it, such as `update`, or `same`. */
  steps: z.array(z.string()).nullish(),
});

/** As Pulumi writes it; time, version and random seeds are nobody's concern here. */
const planSchema = z.object({
  config: z.unknown(),
  resourcePlans: z.record(z.string(), resourcePlan),
});

/** @typedef {z.infer<typeof planSchema>} Plan */

/**
 * @param {string} file
 * @returns {Plan | string} why it is none, in words
 */
export function readPlan(file) {
  try {
    return planSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (problem) {
    return `${file} is no saved plan: ${messageOf(problem).split("\n")[0]}.`;
  }
}

/**
 * What differs between a saved plan and one made now, in words; empty when it fits. Values that are
 * secret are compared by Pulumi alone, when it changes the resource.
 * @param {Plan} saved
 * @param {Plan} now
 * @returns {string[]}
 */
export function misfits(saved, now) {
  const urns = [
    ...new Set([...Object.keys(saved.resourcePlans), ...Object.keys(now.resourcePlans)]),
  ];
  const configuration = isSame(saved.config, now.config)
    ? []
    : ["the configuration of the stack is another one"];
  return [
    ...configuration,
    ...urns.flatMap((urn) => {
      const [then, today] = [saved.resourcePlans[urn], now.resourcePlans[urn]];
      if (isSame(then, today)) {
        return [];
      }
      const [planned, needed] = [stepsOf(then), stepsOf(today)];
      const what =
        planned === needed ? `${planned} with other values` : `${planned}, now ${needed}`;
      return [`${urn.split("::").slice(-1).join("")}: planned ${what}`];
    }),
  ];
}

/** @param {Plan["resourcePlans"][string] | undefined} plan */
function stepsOf(plan) {
  return plan === undefined ? "nothing" : (plan.steps ?? []).join(" and ") || "nothing";
}

/**
 * @param {unknown} one
 * @param {unknown} other
 */
function isSame(one, other) {
  return JSON.stringify(one, inOrder) === JSON.stringify(other, inOrder);
}

/**
 * Keys and dependencies sorted, which have no order of their own; what is encrypted left out.
 * @param {string} _key
 * @param {unknown} value
 */
function inOrder(_key, value) {
  if (Array.isArray(value) && value.every((one) => /^urn:/.test(String(one)))) {
    return [...value].sort();
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return value;
  }
  const entries = Object.entries(value).filter(([key]) => key !== "ciphertext" && key !== "secure");
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

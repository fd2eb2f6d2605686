/** Reads the topology: the one place where configuration becomes a value that is trusted below. */

import type { Fault } from "./plan/fault.ts";
import { imageFaults } from "./plan/image.ts";
import { withoutRefused } from "./topology/refused.ts";
import { rules } from "./topology/rules.ts";
import { type Draft, topologySchema } from "./topology/schema.ts";
import { walk } from "./topology/walk.ts";

/** A topology as far as it can be understood, and everything that is wrong with it. */
export interface ReadTopology {
  /** The well-formed part; complete when there is no fault. */
  readonly draft: Draft;
  readonly faults: readonly Fault[];
}

/** Reads a topology and finds all its faults, of shape and across fields alike. Never throws: the
 *  caller adds what only a look at the engine can find, and then refuses once, with everything. */
export function readTopology(raw: unknown): ReadTopology {
  const { faults: refused, rest } = withoutRefused(raw);
  const { faults: shape, kept } = walk(topologySchema, rest);
  const draft = { failover: {}, ...defaults(), ...(kept ?? {}) } as Draft;
  const across = [...rules, imageFaults].flatMap((rule) => rule(draft));
  return { draft, faults: [...refused, ...shape, ...across] };
}

/** What stands where nothing well formed was given. */
function defaults(): object {
  return walk(topologySchema, {}).kept as object;
}

/** Wishes that are known and refused: the reason, and what to use in their place. */

import { type Fault, shown } from "../plan/fault.ts";

const refusals: Readonly<Record<string, Omit<Fault, "path" | "given">>> = {
  // Source: GHA_mirror_set_virtualip: a mirror VIP needs an instance that runs as root, and
  // InterSystems' images are nonroot.
  virtualIp: {
    allowed: "nothing: the product permits no virtual IP with nonroot images",
    remedy:
      "take it out and let clients reach the primary through a mirror-aware web gateway, or a " +
      "proxy that asks each member's /csp/bin/mirror_status.cxw (it succeeds on the primary only)",
  },
  tls: {
    allowed: "nothing yet: TLS between members comes with a later version",
    remedy: "take it out, and keep the mirror's network to hosts you trust",
  },
};

/** The topology without what is refused, and a fault for each. */
export function withoutRefused(raw: unknown): { faults: Fault[]; rest: unknown } {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) {
    return { faults: [], rest: raw };
  }
  const entries = Object.entries(raw);
  return {
    faults: entries.flatMap(([path, value]) => {
      const refusal = Object.hasOwn(refusals, path) ? refusals[path] : undefined;
      return refusal === undefined ? [] : [{ path, given: shown(value), ...refusal }];
    }),
    rest: Object.fromEntries(entries.filter(([key]) => !Object.hasOwn(refusals, key))),
  };
}

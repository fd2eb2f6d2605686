/** What the product calls the kinds of members. */

import type { AsyncType, Eligibility } from "./contract/common.ts";

/** Source: %SYSTEM.Mirror GetMemberType. */
export const productTypes: Readonly<Record<Eligibility, string>> = {
  failover: "Failover",
  dr: "Disaster Recovery",
  reportingReadOnly: "Read-Only Reporting",
  reportingReadWrite: "Read-Write Reporting",
};

/** Number of each kind of async. Source: SYS.Mirror JoinMirrorAsAsyncMember (AsyncMemberType). */
export const asyncTypeNumbers: Readonly<Record<AsyncType, number>> = {
  dr: 0,
  reportingReadOnly: 1,
  reportingReadWrite: 2,
};

/** A type that certainly is another one. `Async`, `Indeterminate` and `Not Member` say that the
 *  type is not known now. */
export function isOtherType(seen: string, wanted: Eligibility): boolean {
  return seen !== productTypes[wanted] && Object.values(productTypes).includes(seen);
}

/** Any kind of async, its type known or not. */
export function isAsync(type: string): boolean {
  return type === "Async" || (type !== "Failover" && Object.values(productTypes).includes(type));
}

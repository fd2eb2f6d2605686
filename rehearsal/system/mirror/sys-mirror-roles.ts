/** The part of `SYS.Mirror` about who is a failover member.
 *  Source: class reference SYS.Mirror (Promote, PromoteCheck, PromoteWithPartner, Demote,
 *  DemotePartner). */

import type { Arguments, NativeMethod } from "../../objectscript/host.ts";
import { encodeList } from "../../objectscript/lists.ts";
import type { Instance } from "../instance.ts";
import { statusMethod } from "../support/answers.ts";
import { Refusal } from "../support/refusal.ts";

/** Its methods on this instance. */
export function sysMirrorRoles(instance: Instance): Readonly<Record<string, NativeMethod>> {
  const { mirror } = instance;
  return {
    PromoteCheck: statusMethod(async (call) => {
      const { partner } = await look(instance, call);
      call.set(1, partner);
    }),
    Promote: statusMethod(async (call) => {
      const { unavailable } = await look(instance, call);
      if (unavailable.length > 0) throw new Refusal(2121);
      await mirror.promote();
    }),
    PromoteWithPartner: statusMethod(async (call) => {
      const { unavailable, partner } = await look(instance, call);
      if (unavailable.includes(partner)) throw new Refusal(2121);
      await mirror.promote();
    }),
    Demote: statusMethod(() => mirror.demote()),
    DemotePartner: statusMethod(() => mirror.demotePartner()),
  };
}

/** Looks at agents and databases; gives the first argument who cannot be reached.
 *  Assumed: a `$LIST` of names, empty when all can; only "non-empty" is documented.
 *  @throws Refusal 2073, 2172 for a database that is not here, or not fit for a primary */
async function look({ mirror, store }: Instance, call: Arguments) {
  const outlook = await mirror.promotionOutlook();
  call.set(0, outlook.unavailable.length === 0 ? "" : encodeList(outlook.unavailable));
  const { copies } = store.mirror;
  const [missing] = copies.missing();
  if (missing !== undefined) throw new Refusal(2073, missing.database);
  const directories = new Set(copies.rows().map(({ directory }) => directory));
  const isUnfit = store.databases
    .list()
    .some(
      ({ directory, database }) =>
        directories.has(directory) && database?.label.mirror?.failoverDatabase === false,
    );
  if (isUnfit) throw new Refusal(2172);
  return outlook;
}

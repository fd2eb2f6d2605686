/** The part of `SYS.Mirror` about who is a failover member.
 *  Source: class reference SYS.Mirror (Promote, PromoteCheck, PromoteWithPartner, Demote,
 *  DemotePartner). */

import { NotSimulated } from "../../objectscript/errors.ts";
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
      await mirror.roles.promote();
    }),
    PromoteWithPartner: statusMethod(async (call) => {
      const { unavailable, partner } = await look(instance, call);
      if (unavailable.includes(partner)) throw new Refusal(2121);
      await mirror.roles.promote();
    }),
    PromoteWithNoPartner: statusMethod(async (call) => {
      // Flags=1 waits in "no failover" until cleared: a state this engine does not have.
      if (!["", "0"].includes(call.text(1))) {
        throw new NotSimulated("SYS.Mirror.PromoteWithNoPartner with Flags=1");
      }
      await alone(instance, call, { unavailable: 0, partner: undefined });
    }),
    PromoteWithSelectedPartner: statusMethod(async (call) => {
      const given = call.text(0).toUpperCase();
      const partner = given === "" ? undefined : given;
      if (partner === undefined) throw new Refusal(2124, "");
      await alone(instance, call, { unavailable: 1, partner });
    }),
    Demote: statusMethod(() => mirror.roles.demote()),
    DemotePartner: statusMethod(() => mirror.roles.demotePartner()),
  };
}

/** Becomes primary where none runs. Who cannot be reached is told in the argument of that place,
 *  before anything is done. */
async function alone(
  instance: Instance,
  call: Arguments,
  how: { readonly unavailable: number; readonly partner: string | undefined },
): Promise<void> {
  const survey = await instance.mirror.roles.surveyWithoutPrimary();
  tell(call, how.unavailable, survey.absent);
  checkDatabases(instance);
  await instance.mirror.roles.promoteAlone(survey, how.partner);
}

/** Assumed: a `$LIST` of names, empty when all can be reached; only "non-empty" is documented. */
function tell(call: Arguments, place: number, unavailable: readonly string[]): void {
  call.set(place, unavailable.length === 0 ? "" : encodeList(unavailable));
}

/** Looks at agents and databases; gives the first argument who cannot be reached.
 *  @throws Refusal 2073, 2172 */
async function look(instance: Instance, call: Arguments) {
  const outlook = await instance.mirror.roles.promotionOutlook();
  tell(call, 0, outlook.unavailable);
  checkDatabases(instance);
  return outlook;
}

/** @throws Refusal 2073, 2172 for a database that is not here, or not fit for a primary */
function checkDatabases({ store }: Instance): void {
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
}

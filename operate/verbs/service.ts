/** Enables the mirror service, without which the product neither creates nor joins a mirror
 *  (ERROR #2066) and a member is STOPPED. Source: ERR (2066), GHA_mirror_set_config. */

import type { ParsedInput, VerbOutput } from "../contract.ts";
import { contractVersion } from "../contract/common.ts";
import { serviceIsEnabled, withSession } from "../instance.ts";
import { MirrorError } from "../mirror-error.ts";
import type { World } from "../world.ts";

export function run(input: ParsedInput<"service">, world: World): Promise<VerbOutput<"service">> {
  const result = { version: contractVersion, enabled: true } as const;
  return withSession(world, input.member, async (session) => {
    if (await serviceIsEnabled(session)) {
      return { ...result, changed: false };
    }
    await session.call("Service.Enable");
    if (!(await serviceIsEnabled(session))) {
      throw new MirrorError({
        code: "instance-refused",
        subject: input.member.container,
        seen: "%Service_Mirror was enabled and is not",
        remedy: "Enable the mirror service in the Management Portal and look for the reason there.",
      });
    }
    return { ...result, changed: true };
  });
}

/** `Config.Miscellaneous`: the part of [Miscellaneous] in iris.cpf that this engine acts on.
 *  Source: class reference Config.Miscellaneous (Get and Modify without a key); RCPF_SYNCHCOMMIT.
 *  Assumed: a change holds for processes that start after it. */

import type { NativeClass } from "../../objectscript/host.ts";
import type { Instance } from "../instance.ts";
import { giveProperties, statusMethod, takeProperties } from "../support/answers.ts";
import { Refusal } from "../support/refusal.ts";

const section = "Miscellaneous";
const property = "SynchCommit";

/** The class on this instance. */
export function configMiscellaneous({ store: { configuration } }: Instance): NativeClass {
  return {
    name: "Config.Miscellaneous",
    namespace: "%SYS",
    classMethods: {
      Get: statusMethod((call) =>
        giveProperties(call, 0, { [property]: configuration.get(section, property) ?? "0" }),
      ),
      Modify: statusMethod((call) => {
        const value = takeProperties(call, 0, [property])[property];
        if (value !== "0" && value !== "1") throw new Refusal(407, property);
        configuration.set(section, property, value);
        configuration.save();
      }),
    },
    notSimulated: ["Open", "%OpenId", "Exists"],
  };
}

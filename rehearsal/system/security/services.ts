/** `Security.Services`: what may be used on this instance.
 *  Source: class reference Security.Services; GSA (services and their defaults). */

import { NotSimulated } from "../../objectscript/errors.ts";
import type { Globals, NativeClass } from "../../objectscript/host.ts";
import { recordClass } from "../config/record-class.ts";
import type { RecordObject } from "../config/record-object.ts";
import type { Instance } from "../instance.ts";
import { Refusal } from "../support/refusal.ts";
import { StoredRecords } from "./stored-records.ts";

/** Services with what a new instance has enabled. Assumed: defaults of a minimal installation; the
 *  mirror service is off until somebody enables it. Source for that: GHA_mirror_set_config. */
const enabledAtFirst: Readonly<Record<string, "0" | "1">> = {
  "%Service_Bindings": "1",
  "%Service_CacheDirect": "0",
  "%Service_CallIn": "0",
  "%Service_ComPort": "0",
  "%Service_Console": "1",
  "%Service_DocDB": "0",
  "%Service_ECP": "0",
  "%Service_Login": "0",
  "%Service_Mirror": "0",
  "%Service_Monitor": "0",
  "%Service_Shadow": "0",
  "%Service_Sharding": "0",
  "%Service_Telnet": "0",
  "%Service_Terminal": "1",
  "%Service_WebGateway": "1",
  "%Service_Weblink": "0",
};

const mirrorService = "%Service_Mirror";

function services(isMirrorMember: () => boolean): StoredRecords {
  return new StoredRecords({
    file: "ServicesD",
    defaults: { AutheEnabled: "0", ClientSystems: "", Description: "", Enabled: "0", Public: "1" },
    initial: Object.fromEntries(
      Object.entries(enabledAtFirst).map(([name, Enabled]) => [name, { Enabled }]),
    ),
    check(name, properties) {
      const stops = name === mirrorService && properties["Enabled"] === "0";
      if (stops && isMirrorMember()) {
        throw new NotSimulated("switching the mirror service off on a mirror member");
      }
    },
    alreadyThere: (name) => new Refusal(819, name),
    notThere: (name) => new Refusal(809, name),
  });
}

/** Whether the mirror service is enabled: mirroring asks before it begins. */
export function isMirrorServiceEnabled(globals: Globals): boolean {
  return services(() => false).find([mirrorService], { globals })?.["Enabled"] === "1";
}

/** The class on this instance. */
export function securityServices(instance: Instance): NativeClass<RecordObject> {
  const records = services(() => instance.mirror.view().isMember !== 0);
  return {
    ...recordClass("Security.Services", records, {
      refused: ["Create", "Delete"],
      opener: "%OpenId",
    }),
    queries: {
      List: {
        columns: ["Name", "Enabled"],
        rows: (_, process) =>
          records
            .names(process.globals)
            .map((name) => [name, records.find([name], process)?.["Enabled"] ?? "0"]),
      },
    },
  };
}

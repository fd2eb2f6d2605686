/** `Security.Services`: what may be used on this instance. Kept in %SYS, so on the volume.
 *  Source: class reference Security.Services; GSA (services and their defaults). */

import type { Globals, NativeClass, NativeProcess } from "../../objectscript/host.ts";
import { NotSimulated } from "../../objectscript/errors.ts";
import { untilWritable } from "../../storage/globals.ts";
import { Refusal } from "../support/refusal.ts";
import type { Running } from "../../objectscript/host.ts";
import type { Value } from "../../objectscript/value.ts";
import { okStatus } from "../library/status.ts";
import type { Instance } from "../instance.ts";
import { giveProperties, refusalStatus, statusMethod, takeProperties } from "../support/answers.ts";

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

const properties = ["Enabled", "AutheEnabled", "ClientSystems", "Description", "Public"];

const mirrorService = "%Service_Mirror";

function reference(service: string, property: string) {
  return {
    name: "SYS",
    subscripts: ["Security", "ServicesD", service, property],
    environment: "%SYS",
  };
}

/** The service under the name the product gives it, in any case.
 *  @throws Refusal 809 */
function known(service: string): string {
  const found = Object.keys(enabledAtFirst).find(
    (name) => name.toLowerCase() === service.toLowerCase(),
  );
  if (found === undefined) throw new Refusal(809, service);
  return found;
}

function valuesOf(globals: Globals, service: string): Record<string, string> {
  const stored = properties.flatMap((property) => {
    const value = globals.get(reference(service, property));
    return value === undefined ? [] : [[property, value] as const];
  });
  return { Enabled: enabledAtFirst[service] ?? "0", ...Object.fromEntries(stored) };
}

/** Whether the mirror service is enabled: mirroring asks before it begins. */
export function isMirrorServiceEnabled(globals: Globals): boolean {
  return valuesOf(globals, mirrorService)["Enabled"] === "1";
}

function* change(
  instance: Instance,
  process: NativeProcess,
  service: string,
  given: Readonly<Record<string, string>>,
): Running<void> {
  const stops = service === mirrorService && given["Enabled"] === "0";
  if (stops && instance.mirror.view().isMember !== 0) {
    throw new NotSimulated("switching the mirror service off on a mirror member");
  }
  for (const [property, value] of Object.entries(given)) {
    const place = reference(service, property);
    yield* untilWritable(process.globals, place);
    process.globals.set(place, value);
  }
}

/** The class on this instance. */
export function securityServices(instance: Instance): NativeClass {
  return {
    name: "Security.Services",
    namespace: "%SYS",
    classMethods: {
      Get: statusMethod((call, process) =>
        giveProperties(call, 1, valuesOf(process.globals, known(call.text(0)))),
      ),
      *Modify(call, process): Running<Value> {
        try {
          const given = takeProperties(call, 1, properties);
          yield* change(instance, process, known(call.text(0)), given);
          return okStatus;
        } catch (error) {
          return refusalStatus(error);
        }
      },
      Exists: (call) => {
        const wanted = call.text(0).toLowerCase();
        return Object.keys(enabledAtFirst).some((name) => name.toLowerCase() === wanted) ? 1 : 0;
      },
    },
    queries: {
      List: {
        columns: ["Name", "Enabled"],
        rows: (_, process) =>
          Object.keys(enabledAtFirst).map((name) => [
            name,
            valuesOf(process.globals, name)["Enabled"] ?? "0",
          ]),
      },
    },
    notSimulated: ["Create", "Delete", "Export", "Import", "%OpenId", "Open"],
  };
}

/** `Config.Mirrors`, `Config.MapMirrors`: the mirror's sections of iris.cpf, for reading. The
 *  product forbids changing the first by direct calls, and so does this engine; of the second an
 *  entry may be deleted, on the primary.
 *  Source: class reference; RACS Mirrors, MapMirrors (order of the fields). */

import type { NativeClass } from "../../objectscript/host.ts";
import { Refusal } from "../support/refusal.ts";
import type { Configuration } from "../../storage/configuration.ts";
import type { Instance } from "../instance.ts";
import { recordClass, type Properties, type Records } from "./record-class.ts";

/** Names of the fields of `[Mirrors]`, in their order; `-` is a fixed one. */
const mirrorFields = [
  "GUID",
  "-",
  "-",
  "DefinedPrimary",
  "QOSTimeout",
  "-",
  "UseSSL",
  "VirtualAddress",
  "-",
  "ArbiterNode",
  "CompressionForFailoverMembers",
  "CompressionForAsyncMembers",
  "AllowParallelDejournaling",
  "CompressionTypeForFailoverMembers",
  "CompressionTypeForAsyncMembers",
];

const memberFields = [
  "AgentAddress",
  "AgentPort",
  "-",
  "ECPAddress",
  "GUID",
  "InstanceDirectory",
  "MemberType",
  "MirrorAddress",
  "MirrorSSPort",
  "SSLComputerName",
  "EncryptCommunication",
  "-",
  "AsyncMemberType",
];

function named(fields: readonly string[], text: string | undefined): Properties | undefined {
  if (text === undefined) return undefined;
  const values = text.split(",");
  return Object.fromEntries(
    fields.flatMap((name, index) => (name === "-" ? [] : [[name, values[index] ?? ""]])),
  );
}

function readOnlyRecords(
  fields: readonly string[],
  kind: { readonly keyLength: 1 | 2; readonly name: string },
  place: (key: readonly string[]) => { section: string; key: string },
  configuration: Configuration,
): Records {
  return {
    keyLength: kind.keyLength,
    properties: fields.filter((name) => name !== "-"),
    find: (key) => {
      const at = place(key);
      return named(fields, configuration.get(at.section, at.key));
    },
    put: () => undefined,
    remove: () => undefined,
    alreadyThere: (key) => {
      throw new Refusal(419, kind.name, key.join("."));
    },
    notThere: (key) => {
      throw new Refusal(420, kind.name, key.join("."));
    },
  };
}

/** `Config.Mirrors` on this instance. */
export function configMirrors({ store: { configuration } }: Instance): NativeClass {
  const kind = { keyLength: 1, name: "Mirror" } as const;
  const place = ([name = ""]: readonly string[]) => ({
    section: "Mirrors",
    key: name.toUpperCase(),
  });
  const records = readOnlyRecords(mirrorFields, kind, place, configuration);
  return recordClass("Config.Mirrors", records, { refused: ["Create", "Modify", "Delete"] });
}

/** `Config.MapMirrors` on this instance. `Delete` drops a member that is not connected, as "Remove
 *  Other Mirror Member" does in the portal.
 *  Assumed: the method is inherited and documented nowhere; whether the product accepts it is
 *  open. */
export function configMapMirrors({
  store: { configuration },
  mirror: running,
}: Instance): NativeClass {
  const kind = { keyLength: 2, name: "Mirror member" } as const;
  const place = ([mirror = "", member = ""]: readonly string[]) => ({
    section: `MapMirrors.${mirror.toUpperCase()}`,
    key: member.toUpperCase(),
  });
  const records: Records = {
    ...readOnlyRecords(memberFields, kind, place, configuration),
    remove: ([, member = ""]) => running.removeOtherMember(member),
  };
  return recordClass("Config.MapMirrors", records, { refused: ["Create", "Modify"] });
}

/** What the `Config.*` and `Security.*` classes have in common: Create, Get, Modify, Delete, Exists
 *  over named records, and records as objects.
 *  Source: class reference Config.CommonSingleMethods and siblings, Security.*. */

import type { Arguments, NativeClass, NativeMethod } from "../../objectscript/host.ts";
import type { NativeProcess } from "../../objectscript/host.ts";
import { giveProperties, settled, statusMethod, takeProperties } from "../support/answers.ts";
import type { Work } from "../support/answers.ts";
import { recordObjects, type RecordObject } from "./record-object.ts";

/** The properties of one entry, by name. */
export type Properties = Readonly<Record<string, string>>;

/** How one class keeps its entries. */
export interface Records {
  /** How many arguments name an entry: one, or two for mappings. */
  readonly keyLength: 1 | 2;
  readonly properties: readonly string[];
  /** Properties that may be changed; all by default. */
  readonly changeable?: readonly string[];
  /** Reads the properties of a new entry; from an array by default. */
  readonly given?: ((call: Arguments) => Record<string, string>) | undefined;
  find(key: readonly string[], process: NativeProcess): Properties | undefined;
  /** Writes the entry, new or changed. */
  put(key: readonly string[], properties: Properties, process: NativeProcess): Work;
  remove(key: readonly string[], process: NativeProcess): Work;
  /** @throws Refusal: the entry is there already */
  alreadyThere(key: readonly string[]): never;
  /** @throws Refusal: there is no such entry */
  notThere(key: readonly string[]): never;
}

/** The arguments that name an entry. */
export function keyOf(call: Arguments, records: Records): string[] {
  return Array.from({ length: records.keyLength }, (_, index) => call.text(index));
}

const create = (records: Records): NativeMethod =>
  statusMethod(function* (call, process) {
    const key = keyOf(call, records);
    const given =
      records.given?.(call) ?? takeProperties(call, records.keyLength, records.properties);
    if (records.find(key, process) !== undefined) records.alreadyThere(key);
    yield* settled(records.put(key, given, process));
  });

const modify = (records: Records): NativeMethod =>
  statusMethod(function* (call, process) {
    const key = keyOf(call, records);
    const changeable = records.changeable ?? records.properties;
    const given = takeProperties(call, records.keyLength, changeable);
    const current = records.find(key, process) ?? records.notThere(key);
    yield* settled(records.put(key, { ...current, ...given }, process));
  });

const get = (records: Records): NativeMethod =>
  statusMethod((call, process) => {
    const key = keyOf(call, records);
    const found = records.find(key, process) ?? records.notThere(key);
    giveProperties(call, records.keyLength, found);
  });

const remove = (records: Records): NativeMethod =>
  statusMethod(function* (call, process) {
    const key = keyOf(call, records);
    if (records.find(key, process) === undefined) records.notThere(key);
    yield* settled(records.remove(key, process));
  });

/** What differs between the classes. */
interface RecordClassOptions {
  /** Methods of the product that this engine refuses, with reason in the class's own file. */
  readonly refused?: readonly ("Create" | "Modify" | "Delete")[];
  /** The method that opens a record as an object. @default Open */
  readonly opener?: "Open" | "%OpenId";
}

/** A class of that name over these records. */
export function recordClass(
  name: string,
  records: Records,
  { refused = [], opener = "Open" }: RecordClassOptions = {},
): NativeClass<RecordObject> {
  const objects = recordObjects(name, records);
  const methods: Record<string, NativeMethod> = {
    Get: get(records),
    Exists: objects.exists,
    [opener]: objects.open,
    Create: create(records),
    Modify: modify(records),
    Delete: remove(records),
  };
  const kept = Object.entries(methods).filter(([method]) => !refused.some((one) => one === method));
  return {
    name,
    namespace: "%SYS",
    classMethods: Object.fromEntries(kept),
    ...objects.members,
    notSimulated: [...refused, opener === "Open" ? "%OpenId" : "Copy", "Import", "Export"],
  };
}

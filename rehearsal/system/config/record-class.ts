/** What the `Config.*` classes have in common: Create, Get, Modify, Delete, Exists over entries of
 *  iris.cpf. Source: class reference Config.CommonSingleMethods and siblings. */

import type { Arguments, NativeClass, NativeMethod } from "../../objectscript/host.ts";
import { giveProperties, statusMethod, takeProperties } from "../support/answers.ts";

/** The properties of one entry, by name. */
export type Properties = Readonly<Record<string, string>>;

/** How one class keeps its entries. */
export interface Records {
  /** How many arguments name an entry: one, or two for mappings. */
  readonly keyLength: 1 | 2;
  readonly properties: readonly string[];
  /** Properties that may be changed; all by default. */
  readonly changeable?: readonly string[];
  find(key: readonly string[]): Properties | undefined;
  /** Writes the entry, new or changed. */
  put(key: readonly string[], properties: Properties): Promise<void> | void;
  remove?(key: readonly string[]): Promise<void> | void;
  /** @throws Refusal: the entry is there already */
  alreadyThere(key: readonly string[]): never;
  /** @throws Refusal: there is no such entry */
  notThere(key: readonly string[]): never;
}

function keyOf(call: Arguments, records: Records): string[] {
  return Array.from({ length: records.keyLength }, (_, index) => call.text(index));
}

const create = (records: Records): NativeMethod =>
  statusMethod(async (call) => {
    const key = keyOf(call, records);
    const given = takeProperties(call, records.keyLength, records.properties);
    if (records.find(key) !== undefined) records.alreadyThere(key);
    await records.put(key, given);
  });

const modify = (records: Records): NativeMethod =>
  statusMethod(async (call) => {
    const key = keyOf(call, records);
    const changeable = records.changeable ?? records.properties;
    const given = takeProperties(call, records.keyLength, changeable);
    const current = records.find(key) ?? records.notThere(key);
    await records.put(key, { ...current, ...given });
  });

const get = (records: Records): NativeMethod =>
  statusMethod((call) => {
    const key = keyOf(call, records);
    giveProperties(call, records.keyLength, records.find(key) ?? records.notThere(key));
  });

const remove = (records: Records): NativeMethod =>
  statusMethod(async (call) => {
    const key = keyOf(call, records);
    if (records.find(key) === undefined) records.notThere(key);
    await records.remove?.(key);
  });

/** A class of that name over these records. */
export function recordClass(name: string, records: Records, readOnly = false): NativeClass {
  const reading = {
    Get: get(records),
    Exists: (call: Arguments) => (records.find(keyOf(call, records)) === undefined ? 0 : 1),
  };
  const isRemovable = records.remove !== undefined;
  const changing = {
    Create: create(records),
    Modify: modify(records),
    ...(isRemovable ? { Delete: remove(records) } : {}),
  };
  const refused = readOnly ? ["Create", "Modify", "Delete"] : isRemovable ? [] : ["Delete"];
  return {
    name,
    namespace: "%SYS",
    classMethods: readOnly ? reading : { ...reading, ...changing },
    notSimulated: [...refused, "Open", "%OpenId", "Import", "Export"],
  };
}

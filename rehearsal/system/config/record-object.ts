/** One record of a `Config.*` or `Security.*` class as an object: properties, and `%Save`.
 *  Source: class reference, `Open(name,.status)` and `Exists(name,.object,.status)`. */

import { ObjectScriptError } from "../../objectscript/errors.ts";
import type { Arguments, NativeClass, NativeProcess, Running } from "../../objectscript/host.ts";
import { toText } from "../../objectscript/numbers.ts";
import type { Value } from "../../objectscript/value.ts";
import { okStatus } from "../library/status.ts";
import { refusalStatus, settled } from "../support/answers.ts";
import { keyOf, type Records } from "./record-class.ts";

/** A record that was opened, and what was set since. */
export interface RecordObject {
  readonly key: readonly string[];
  readonly properties: Record<string, string>;
}

/** The parts of a record class that have to do with objects. */
interface RecordObjects {
  readonly exists: (call: Arguments, process: NativeProcess) => Value;
  readonly open: (call: Arguments, process: NativeProcess) => Value;
  readonly members: Pick<NativeClass<RecordObject>, "methods" | "anyProperty">;
}

/** Exists, Open and the members of the objects of the class of that name. */
export function recordObjects(name: string, records: Records): RecordObjects {
  const unknown = (property: string): never => {
    throw new ObjectScriptError("<PROPERTY DOES NOT EXIST>", `*${property},${name}`);
  };
  const find = (call: Arguments, process: NativeProcess): Value => {
    const key = keyOf(call, records);
    const properties = records.find(key, process);
    return properties === undefined
      ? ""
      : process.createObject(name, { key, properties: { ...properties } });
  };
  const answered = (call: Arguments, process: NativeProcess, statusAt: number): Value => {
    const found = find(call, process);
    call.set(statusAt, found === "" ? missing(records, keyOf(call, records)) : okStatus);
    return found;
  };
  return {
    exists: (call, process) => {
      const found = answered(call, process, records.keyLength + 1);
      call.set(records.keyLength, found);
      return found === "" ? 0 : 1;
    },
    open: (call, process) => answered(call, process, records.keyLength),
    members: {
      methods: { "%Save": (self, _, process) => save(records, self, process) },
      anyProperty: {
        get: (self, property) =>
          records.properties.includes(property)
            ? (self.properties[property] ?? "")
            : unknown(property),
        set: (self, property, value) => {
          const changeable = records.changeable ?? records.properties;
          if (!changeable.includes(property)) unknown(property);
          self.properties[property] = toText(value);
        },
      },
    },
  };
}

function missing(records: Records, key: readonly string[]): Value {
  try {
    return records.notThere(key);
  } catch (error) {
    return refusalStatus(error);
  }
}

function* save(records: Records, self: RecordObject, process: NativeProcess): Running<Value> {
  try {
    if (records.find(self.key, process) === undefined) records.notThere(self.key);
    yield* settled(records.put(self.key, self.properties, process));
    return okStatus;
  } catch (error) {
    return refusalStatus(error);
  }
}

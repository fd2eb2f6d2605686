/** Whether an object may be saved. Source: GOBJ, validating objects. */

import { isCanonicalNumber, toText } from "../../numbers.ts";
import { isObject, type Value } from "../../value.ts";
import type { Process } from "../../run/process.ts";
import {
  appendStatus,
  okStatus,
  statusError,
  statusNumbers,
} from "../../../system/library/status.ts";
import { propertyNode, type ObjectInstance } from "../instance.ts";
import { storedState } from "./state.ts";
import { storedProperties, type PropertyKind, type StoredProperty } from "./stored-properties.ts";

const timeStamp = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?$/;

/** The status of all properties together. */
export function validate(process: Process, object: ObjectInstance): Value {
  let status: Value = okStatus;
  for (const property of storedProperties(process, object.runtimeClass)) {
    status = appendStatus(status, validateProperty(object, property));
  }
  return status;
}

function validateProperty(
  object: ObjectInstance,
  { name, isRequired, kind }: StoredProperty,
): Value {
  const value = propertyNode(object, name).value ?? "";
  if (value === "") return isRequired ? missing(object, name) : okStatus;
  if (kind.kind === "reference") return okStatus;
  const text = toText(value);
  const isFine = !isObject(value) && fits(text, kind);
  if (isFine) return okStatus;
  const failed = statusError(statusNumbers.datatype, `${object.className}:${name}`, text);
  return isObject(value) ? failed : appendStatus(reason(text, kind), failed);
}

/** Source: the whole text was seen in a log of the product. */
function missing(object: ObjectInstance, name: string): Value {
  const { className, id } = object;
  const stored = storedState(object)?.id ?? "";
  const whose = `${String(id)}@${className},ID=${stored}`;
  return statusError(statusNumbers.required, `${className}::${name}(${whose})`);
}

/** Assumed: numbers are taken in canonical form only; the product rewrites `007` to 7. */
function fits(text: string, kind: Exclude<PropertyKind, { kind: "reference" }>): boolean {
  switch (kind.kind) {
    case "text":
      return text.length <= kind.longest;
    case "number":
      return isCanonicalNumber(text) && !(kind.isInteger && text.includes("."));
    case "boolean":
      return text === "0" || text === "1";
    case "timestamp":
      return timeStamp.test(text);
  }
}

/** What the data type says, where its text is known; success otherwise.
 *  Assumed: it stands before the error that names the property. */
function reason(text: string, kind: PropertyKind): Value {
  if (kind.kind === "text") {
    return statusError(statusNumbers.tooLong, text, String(kind.longest));
  }
  return kind.kind === "number" ? statusError(statusNumbers.noNumber, text) : okStatus;
}

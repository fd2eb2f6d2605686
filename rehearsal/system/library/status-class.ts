/** `%SYSTEM.Status` (`$system.Status`). Source: class reference. */

import type { Arguments, NativeClass, NativeProcess } from "../../objectscript/host.ts";
import { toInteger } from "../../objectscript/numbers.ts";
import type { Value } from "../../objectscript/value.ts";
import { knownMethods } from "./known-methods.ts";
import {
  appendStatus,
  fillText,
  isError,
  okStatus,
  partMessage,
  partText,
  statusError,
  statusParts,
  statusText,
  type StatusPart,
} from "./status.ts";

function texts(call: Arguments, from: number): string[] {
  return Array.from({ length: Math.max(call.length - from, 0) }, (_, index) =>
    call.text(from + index),
  );
}

/** The n-th error of a status, the first by default. */
function part(call: Arguments): StatusPart | undefined {
  const position = call.given(1) ? Number(call.text(1)) : 1;
  return statusParts(call.value(0))?.[position - 1];
}

/** A line end first, then the text. Source: %Library.File guide (output of DisplayError). */
export function displayStatus(status: Value, process: NativeProcess): void {
  if (isError(status)) process.write(`\n${statusText(status)}`);
}

/** `DecomposeStatus(sc,.err)`: count at the root, text, code and arguments below. */
function decompose(call: Arguments): Value {
  const parts = statusParts(call.value(0)) ?? [];
  call.set(1, parts.length);
  for (const [index, one] of parts.entries()) {
    const number = String(index + 1);
    call.setNode(1, [number], partMessage(one));
    call.setNode(1, [number, "code"], one.number);
    call.setNode(1, [number, "param"], one.args.length);
    for (const [position, argument] of one.args.entries()) {
      call.setNode(1, [number, "param", String(position + 1)], argument);
    }
  }
  return okStatus;
}

/** The class. */
export const statusClass: NativeClass = {
  name: "%SYSTEM.Status",
  classMethods: {
    OK: () => okStatus,
    Error: (call) => statusError(toInteger(call.value(0)), ...texts(call, 1)),
    IsOK: (call) => (isError(call.value(0)) ? 0 : 1),
    IsError: (call) => (isError(call.value(0)) ? 1 : 0),
    GetErrorText: (call) => statusText(call.value(0)),
    GetOneErrorText: (call) => {
      const found = part(call);
      return found === undefined ? "" : partMessage(found);
    },
    GetOneStatusText: (call) => {
      const found = part(call);
      return found === undefined ? "" : partText(found);
    },
    GetErrorCodes: (call) =>
      (statusParts(call.value(0)) ?? []).map(({ number }) => String(number)).join(","),
    AppendStatus: (call) => appendStatus(call.value(0), call.value(1)),
    DecomposeStatus: decompose,
    DisplayError: (call, process) => {
      displayStatus(call.value(0), process);
      return okStatus;
    },
    StatusEquals: (call) => {
      const parts = statusParts(call.value(0)) ?? [];
      const codes = call.text(1).split(",").map(Number);
      return parts.some(({ number }) => codes.includes(number)) ? 1 : 0;
    },
    // What the macro $$$FormatText stands for; no method of the product.
    "%FormatText": (call) => fillText(call.text(0), texts(call, 1)),
  },
  notSimulated: knownMethods("%SYSTEM.Status"),
};

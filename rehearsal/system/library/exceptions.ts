/** Exceptions of the system. Source: GCOS, error processing; class reference %Exception. */

import type { Arguments, NativeClass, NativeProcess } from "../../objectscript/host.ts";
import { toText } from "../../objectscript/numbers.ts";
import { emptyException, type ExceptionState } from "../../objectscript/run/thrown.ts";
import { ThrownException } from "../../objectscript/run/thrown.ts";
import type { Running } from "../../objectscript/host.ts";
import type { ObjectReference, Value } from "../../objectscript/value.ts";
import {
  okStatus,
  statusError,
  statusNumbers,
  statusParts,
  statusText,
  isError,
} from "./status.ts";

const abstractName = "%Exception.AbstractException";
const statusName = "%Exception.StatusException";

/** `name code location data`; the place is there even when it is empty, the data only when it is
 *  not. Source: observed output of a general exception without place. */
function displayText(state: ExceptionState): string {
  const [name, code, place, data] = [state.name, state.code, state.location, state.data].map(
    toText,
  );
  const shown = [name, code, place].join(" ");
  return data === "" ? shown : `${shown} ${data ?? ""}`;
}

function asStatus(state: ExceptionState): Value {
  if (state.systemError !== undefined) {
    return statusError(statusNumbers.objectScript, state.systemError);
  }
  const texts = [state.name, state.code, state.data].map(toText);
  return statusError(statusNumbers.generalException, ...texts);
}

/** The text `$zerror` had. Assumed for exceptions of the program: name, place and data. */
function asSystemError(state: ExceptionState): string {
  const info = toText(state.data);
  const made = `${toText(state.name)}${toText(state.location)}${info === "" ? "" : ` ${info}`}`;
  return state.systemError ?? made;
}

function fromArguments(call: Arguments): ExceptionState {
  return {
    ...emptyException(),
    name: call.value(0),
    code: call.value(1),
    location: call.value(2),
    data: call.value(3),
    innerException: call.value(4),
  };
}

/** Throws an exception object from a class written in TypeScript.
 *  @param place where `$zerror` says it happened */
function throwException(exception: ObjectReference, display: string, place: string): never {
  const thrown = new ThrownException(exception, display);
  thrown.place = place;
  throw thrown;
}

/** A general exception, thrown. */
export function throwGeneral(
  process: NativeProcess,
  parts: { readonly name: string; readonly code: number; readonly location: string },
  place: string,
): never {
  const state: ExceptionState = { ...emptyException(), ...parts };
  const exception = process.createObject("%Exception.General", state);
  return throwException(exception, displayText(state), place);
}

function property(name: "name" | "code" | "location" | "data" | "innerException"): {
  get(state: ExceptionState): Value;
  set(state: ExceptionState, value: Value): void;
} {
  return {
    get: (state) => state[name],
    set: (state, value) => {
      state[name] = value;
    },
  };
}

/** Throws the object the method was called on. */
function* rethrow(state: ExceptionState, call: Arguments, process: NativeProcess): Running<Value> {
  const { object } = call;
  if (object === undefined) return "";
  const display = toText(yield* process.callMethod(object, "DisplayString", []));
  throw new ThrownException(object, display === "" ? displayText(state) : display);
}

const abstractException: NativeClass<ExceptionState> = {
  name: abstractName,
  extends: ["%Library.RegisteredObject"],
  classMethods: {},
  create: fromArguments,
  properties: {
    Name: property("name"),
    Code: property("code"),
    Location: property("location"),
    Data: property("data"),
    InnerException: property("innerException"),
  },
  methods: {
    DisplayString: displayText,
    AsStatus: asStatus,
    AsSystemError: asSystemError,
    Throw: rethrow,
  },
  notSimulated: ["AsSQLCODE", "AsSQLMessage", "CreateFromSQLCODE", "Log", "StackAsArray"],
};

const systemException: NativeClass<ExceptionState> = {
  name: "%Exception.SystemException",
  extends: [abstractName],
  classMethods: {},
};

const general: NativeClass<ExceptionState> = {
  name: "%Exception.General",
  extends: [abstractName],
  classMethods: {},
};

function fromStatus(status: Value): ExceptionState {
  const [first] = statusParts(status) ?? [];
  return {
    ...emptyException(),
    // Assumed: the name is the number as the text shows it; the product has names for some.
    name: first === undefined ? "" : `#${String(first.number)}`,
    code: first?.number ?? "",
    data: first?.args.join(",") ?? "",
    status,
  };
}

const statusException: NativeClass<ExceptionState> = {
  name: statusName,
  extends: [abstractName],
  classMethods: {
    CreateFromStatus: (call, process) =>
      process.createObject(statusName, fromStatus(call.value(0))),
    ThrowIfInterrupt: () => okStatus,
  },
  methods: {
    DisplayString: (state) =>
      isError(state.status) ? statusText(state.status) : displayText(state),
    AsStatus: (state) => (state.status === "" ? asStatus(state) : state.status),
  },
};

/** All classes of exceptions. */
export const exceptionClasses: readonly NativeClass[] = [
  abstractException,
  systemException,
  general,
  statusException,
];

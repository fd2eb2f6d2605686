/** Exceptions of the program: what `throw` raises and `catch` receives. */

import { errorNumber, ObjectScriptError } from "../errors.ts";
import type { ObjectReference, Value } from "../value.ts";

/** An exception object on its way to a handler. */
export class ThrownException extends ObjectScriptError {
  readonly exception: Value;

  /** @param display what its `DisplayString()` says, for `<THROW>` when nobody catches it */
  constructor(exception: ObjectReference, display: string) {
    super("<THROW>", `*${exception.className} ${display}`);
    this.exception = exception;
  }
}

/** What the system's exception classes keep. */
export interface ExceptionState {
  name: Value;
  code: Value;
  location: Value;
  data: Value;
  innerException: Value;
  /** Status of a status exception. */
  status: Value;
  /** `$zerror` of a system error; `undefined` for exceptions the program made. */
  readonly systemError: string | undefined;
}

/** An exception with nothing in it. */
export function emptyException(): ExceptionState {
  return {
    name: "",
    code: "",
    location: "",
    data: "",
    innerException: "",
    status: "",
    systemError: undefined,
  };
}

/** The exception a system error becomes when it is caught. Its `Data` has no star.
 *  Source: GCOS, %Exception.SystemException. */
export function systemException(error: ObjectScriptError): ExceptionState {
  return {
    ...emptyException(),
    name: error.code,
    code: errorNumber(error.code),
    location: error.place ?? "",
    data: error.info.replace(/^\*/, ""),
    systemError: error.text,
  };
}

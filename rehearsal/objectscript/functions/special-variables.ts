/** Special variables: read and set. Source: RCOS, special variables. */

import { fail, NotSimulated } from "../errors.ts";
import type { Code } from "../compile/code.ts";
import { isTrue, toInteger, toText, parseNumber } from "../numbers.ts";
import type { Frame } from "../run/frame.ts";
import { referenceText } from "../run/place.ts";
import type { Value } from "../value.ts";
import { horolog, ztimestamp } from "./date-functions.ts";
import { stackDepth } from "./system-functions.ts";

const readers: Readonly<Record<string, (frame: Frame) => Value>> = {
  ecode: ({ process }) => process.ecode,
  estack: (frame) => stackDepth(frame) - frame.process.stackBase,
  etrap: (frame) => frame.traps.etrap,
  halt: () => "",
  horolog: ({ process }) => horolog(process),
  io: ({ process }) => process.output.current.name,
  job: ({ process }) => process.host.jobNumber,
  key: () => "",
  namespace: ({ process }) => process.host.namespace,
  principal: ({ process }) => process.output.principal.name,
  quit: (frame) => (nearestCall(frame)?.kind === "e" ? 1 : 0),
  roles: ({ process }) => process.host.roles,
  stack: (frame) => stackDepth(frame),
  // Assumed: a fixed amount; the memory of a process is not simulated.
  storage: () => 268_435_456,
  system: ({ process }) => `${process.host.namespace}:IRIS`,
  test: ({ process }) => (process.test ? 1 : 0),
  this: (frame) => frame.self ?? "",
  tlevel: ({ process }) => process.host.transactions.level,
  username: ({ process }) => process.host.username,
  x: ({ process }) => process.output.current.column,
  y: ({ process }) => process.output.line,
  zchild: ({ process }) => process.lastChild,
  zeof: ({ process }) => (process.atEndOfFile ? -1 : 0),
  zerror: ({ process }) => process.zerror,
  zhorolog: ({ process }) => parseNumber((process.host.now().epochMs / 1000).toFixed(6)),
  zname: (frame) => frame.callable?.home?.name ?? "",
  znspace: ({ process }) => process.host.namespace,
  zreference: ({ process: { naked } }) =>
    naked === undefined ? "" : referenceText(`^${naked.name}`, naked.subscripts),
  ztimestamp: ({ process }) => ztimestamp(process),
  ztimezone: ({ process }) => -process.host.now().offsetMinutes,
  ztrap: (frame) => frame.traps.ztrap,
  zversion: ({ process }) => process.host.version,
};

/** Special variables that have a value here, by their full names. */
export const readableSpecials: readonly string[] = Object.keys(readers);

function nearestCall(frame: Frame): Frame | undefined {
  for (let level: Frame | undefined = frame; level !== undefined; level = level.parent) {
    if (level.kind === "d" || level.kind === "e") return level;
  }
  return undefined;
}

/** Compiles the reading of a special variable. */
export function compileSpecial(name: string): Code<Value> {
  const read = readers[name];
  if (read !== undefined) return { now: read };
  return {
    now() {
      throw new NotSimulated(`$${name}`);
    },
  };
}

/** Sets of `$ecode`: empty text forgets the errors, any other raises one.
 *  Source: RCOS, $ECODE. */
function setErrorCode(frame: Frame, text: string): void {
  frame.process.ecode = text;
  if (text === "") return;
  fail("<ECODETRAP>");
}

const writers: Readonly<Record<string, (frame: Frame, value: Value) => void>> = {
  ecode: (frame, value) => setErrorCode(frame, toText(value)),
  etrap: (frame, value) => frame.setTrap("etrap", toText(value)),
  ztrap: (frame, value) => frame.setTrap("ztrap", toText(value)),
  zerror: ({ process }, value) => {
    process.zerror = toText(value);
  },
  namespace: ({ process }, value) => {
    process.host.namespace = toText(value).toUpperCase();
  },
  znspace: ({ process }, value) => {
    process.host.namespace = toText(value).toUpperCase();
  },
  test: ({ process }, value) => {
    process.test = isTrue(value);
  },
  x: ({ process }, value) => {
    process.output.current.column = toInteger(value);
  },
  y: ({ process }, value) => {
    process.output.line = toInteger(value);
  },
};

/** What sets a special variable; `undefined` for one that cannot be set. */
export function specialWriter(name: string): ((frame: Frame, value: Value) => void) | undefined {
  if (["key", "za", "zb", "roles"].includes(name)) {
    return () => {
      throw new NotSimulated(`SET $${name}`);
    };
  }
  return writers[name];
}

/** `lock`. Source: RCOS, LOCK. */

import { compileExpression, compilePlace } from "../compile/parts.ts";
import { all, runCode } from "../compile/code.ts";
import type { Scope } from "../compile/scope.ts";
import type { CommandContext, Execute } from "../compile/statement.ts";
import { NotSimulated } from "../errors.ts";
import type { GlobalReference, Locks, Running } from "../host.ts";
import { toNumber } from "../numbers.ts";
import { normal } from "../run/signal.ts";
import type { LockItem } from "../syntax/statements.ts";
import type { Value } from "../value.ts";
import { inSequence } from "./sequence.ts";

/** Compiles all arguments of one `lock`; without any it gives everything back. */
export function compileLock(items: readonly LockItem[], { scope }: CommandContext): Execute {
  if (items.length === 0) {
    return ({ process }) => {
      process.host.locks.releaseAll();
      return normal;
    };
  }
  return inSequence(items.map((item) => compileItem(item, scope)));
}

/** Seconds as milliseconds; `undefined` waits without limit. */
export function timeoutMs(seconds: Value | undefined): number | undefined {
  return seconds === undefined ? undefined : Math.max(0, Number(toNumber(seconds)) * 1000);
}

function compileItem(item: LockItem, scope: Scope): Execute {
  const places = all(item.names.map(({ variable }) => compilePlace(variable, scope)));
  const timeout = item.timeout && compileExpression(item.timeout, scope);
  const special = item.names.find(({ type }) => type !== "");
  return function* (frame) {
    if (special !== undefined) throw new NotSimulated(`LOCK of type "${special.type}"`);
    const names = (yield* runCode(places, frame)).map((place) => place.lockName());
    const { locks } = frame.process.host;
    if (item.sign === "-") {
      for (const name of names) locks.release(name);
      return normal;
    }
    if (item.sign === "") locks.releaseAll();
    const limit = timeout && timeoutMs(yield* runCode(timeout, frame));
    const isGiven = yield* acquireAll(locks, names, limit);
    if (limit !== undefined) frame.process.test = isGiven;
    return normal;
  };
}

/** All of them or none. */
function* acquireAll(
  locks: Locks,
  names: readonly GlobalReference[],
  limit: number | undefined,
): Running<boolean> {
  for (const [index, name] of names.entries()) {
    if (yield* locks.acquire(name, limit)) continue;
    for (const given of names.slice(0, index)) locks.release(given);
    return false;
  }
  return true;
}

/** `hang`, `zn`, `halt` and the commands of transactions. Source: RCOS. */

import { compileExpression } from "../compile/parts.ts";
import { runCode } from "../compile/code.ts";
import type { Scope } from "../compile/scope.ts";
import type { CommandContext, Execute } from "../compile/statement.ts";
import { fail } from "../errors.ts";
import { toText } from "../numbers.ts";
import { normal } from "../run/signal.ts";
import type { Expression } from "../syntax/nodes.ts";
import type { Action } from "../syntax/statements.ts";
import { timeoutMs } from "./lock.ts";
import { inSequence } from "./sequence.ts";

type ProcessAction = Extract<
  Action,
  { command: "hang" | "zn" | "halt" | "tstart" | "tcommit" | "trollback" }
>;

/** Compiles a command about the process itself. */
export function compileProcessCommand(action: ProcessAction, { scope }: CommandContext): Execute {
  switch (action.command) {
    case "hang":
      return inSequence(action.values.map((value) => compileHang(value, scope)));
    case "zn":
      return inSequence(action.values.map((value) => compileZn(value, scope)));
    case "halt":
      return ({ process }) => process.end(0);
    case "tstart":
      return ({ process }) => {
        process.host.transactions.start();
        return normal;
      };
    case "tcommit":
      return commit;
    case "trollback":
      return rollback(action.one);
  }
}

const commit: Execute = function* ({ process }) {
  const { transactions } = process.host;
  if (transactions.level === 0) fail("<COMMAND>", "*NoTransaction");
  yield* transactions.commit();
  return normal;
};

/** Outside of a transaction it does nothing. */
function rollback(oneLevel: boolean): Execute {
  return function* ({ process }) {
    const { transactions } = process.host;
    if (transactions.level > 0) yield* transactions.rollback(...(oneLevel ? [1] : []));
    return normal;
  };
}

function compileHang(value: Expression, scope: Scope): Execute {
  const seconds = compileExpression(value, scope);
  return function* (frame) {
    const length = timeoutMs(yield* runCode(seconds, frame)) ?? 0;
    if (length > 0) yield { kind: "wait", until: frame.process.host.hang(length) };
    frame.process.forgetCode();
    return normal;
  };
}

function compileZn(value: Expression, scope: Scope): Execute {
  const name = compileExpression(value, scope);
  return function* (frame) {
    frame.process.host.namespace = toText(yield* runCode(name, frame)).toUpperCase();
    return normal;
  };
}

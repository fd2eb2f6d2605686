/** Compiles commands into steps. */

import { NotSimulated } from "../errors.ts";
import { compileDo, compileJob, compileXecute } from "../commands/calls.ts";
import { compileDevice } from "../commands/devices.ts";
import { compileFlow } from "../commands/flow.ts";
import { compileLoop } from "../commands/loops.ts";
import { compileLock } from "../commands/lock.ts";
import { compileProcessCommand } from "../commands/process-commands.ts";
import { compileSet } from "../commands/set.ts";
import { compileKill, compileMerge, compileNew } from "../commands/variables.ts";
import { compileWrite } from "../commands/write.ts";
import { compileZwrite } from "../commands/zwrite.ts";
import type { Outcome } from "../run/block.ts";
import type { Frame } from "../run/frame.ts";
import { normal, type Step } from "../run/signal.ts";
import type { Action, Block, Statement } from "../syntax/statements.ts";
import { isImmediate, runCode } from "./code.ts";
import { compileTruth } from "./parts.ts";
import type { Scope } from "./scope.ts";

/** Runs a command. */
export type Execute = (frame: Frame) => Outcome;

/** What compiling a command needs besides its arguments. */
export interface CommandContext {
  readonly scope: Scope;
  /** Offset of the command. */
  readonly at: number;
}

/** Compiles a block. */
export function compileSteps(block: Block, scope: Scope): Step[] {
  return block.map((statement) => compileStatement(statement, scope));
}

function compileStatement(statement: Statement, scope: Scope): Step {
  const { at } = statement;
  const execute = compileAction(statement.action, { scope, at });
  if (statement.condition === undefined) return { at, execute };
  const condition = compileTruth(statement.condition, scope);
  if (isImmediate(condition)) {
    return { at, execute: (frame) => (condition.now(frame) ? execute(frame) : normal) };
  }
  return {
    at,
    *execute(frame) {
      if (!(yield* runCode(condition, frame))) return normal;
      const outcome = execute(frame);
      return typeof outcome === "number" ? outcome : yield* outcome;
    },
  };
}

function compileAction(action: Action, context: CommandContext): Execute {
  switch (action.command) {
    case "set":
      return compileSet(action.items, context);
    case "kill":
    case "zkill":
    case "killexcept":
      return compileKill(action, context);
    case "new":
    case "newexcept":
      return compileNew(action, context);
    case "merge":
      return compileMerge(action.items, context);
    case "do":
      return compileDo(action.items, context);
    case "xecute":
      return compileXecute(action.items, context);
    case "job":
      return compileJob(action.items, context);
    case "for":
    case "while":
    case "dowhile":
      return compileLoop(action, context);
    case "write":
    case "writeall":
      return compileWrite(action, context);
    case "zwrite":
    case "zwriteall":
      return compileZwrite(action, context);
    case "lock":
      return compileLock(action.items, context);
    case "open":
    case "use":
    case "close":
    case "read":
      return compileDevice(action, context);
    case "hang":
    case "zn":
    case "halt":
    case "tstart":
    case "tcommit":
    case "trollback":
      return compileProcessCommand(action, context);
    case "notsimulated":
      return () => {
        throw new NotSimulated(action.what);
      };
    default:
      return compileFlow(action, context);
  }
}

/** Functions that ask the process or the instance. */

import { compileExpression } from "../compile/parts.ts";
import { fail, NotSimulated } from "../errors.ts";
import { callClassMethod } from "../classes/dispatch.ts";
import { getProperty } from "../classes/members.ts";
import { runCode, type Code } from "../compile/code.ts";
import type { Scope } from "../compile/scope.ts";
import type { Running } from "../host.ts";
import { toInteger, toText } from "../numbers.ts";
import { byValue } from "../run/actual.ts";
import type { Frame } from "../run/frame.ts";
import type { Process } from "../run/process.ts";
import type { FunctionNode } from "../syntax/nodes.ts";
import type { Value } from "../value.ts";
import { plain, type FunctionCompiler } from "./plain.ts";

/** Frames a program can know of: calls and `xecute`, not the prompts. */
export function stackDepth(frame: Frame | undefined): number {
  let depth = 0;
  for (let level = frame; level !== undefined; level = level.parent) {
    if (level.kind !== "S" && level.kind !== "E") depth += 1;
  }
  return depth;
}

/** `$zutil(n,…)`: only the documented numbers that installers use.
 *  Source: RCOS, $ZUTIL (legacy). */
function zutil(node: FunctionNode, scope: Scope): Code<Value> {
  const args = node.args.map((argument) =>
    argument === undefined ? undefined : compileExpression(argument, scope),
  );
  return {
    *later(frame) {
      const values: Value[] = [];
      for (const argument of args) {
        values.push(argument === undefined ? "" : yield* runCode(argument, frame));
      }
      return yield* zutilNow(frame, values);
    },
  };
}

function* zutilNow(frame: Frame, [number = "", first = ""]: readonly Value[]): Running<Value> {
  const { process } = frame;
  const ask = (className: string, name: string): Running<Value | undefined> => {
    const target = { className, name, packages: [] };
    return callClassMethod(process, target, [byValue(first)], "e");
  };
  switch (toInteger(number)) {
    case 5:
      if (toText(first) !== "") process.host.namespace = toText(first).toUpperCase();
      return process.host.namespace;
    case 12:
      return (yield* ask("%SYSTEM.Util", "ManagerDirectory")) ?? "";
    case 49:
      return yield* databaseNumber(process, toText(first));
    case 110:
      return (yield* ask("%SYSTEM.INetInfo", "LocalHostName")) ?? "";
    default:
      throw new NotSimulated(`$zutil(${toText(number)})`);
  }
}

/** `$zutil(49,directory)`: a text that begins with the SFN of a database; nothing else of it was
 *  read. Assumed: the SFN alone, and only where SYS.Database is there to be asked.
 *  Source: public scripts that use `+$zu(49,dir)`. */
function* databaseNumber(process: Process, directory: string): Running<Value> {
  const target = { className: "SYS.Database", name: "%OpenId", packages: [] };
  if (process.host.nativeClass(target.className) === undefined) {
    throw new NotSimulated("$zutil(49) outside of %SYS");
  }
  const opened = (yield* callClassMethod(process, target, [byValue(directory)], "e")) ?? "";
  if (opened === "") throw new NotSimulated("$zutil(49) of what is no database");
  return yield* getProperty(process, opened, "SFN");
}

/** Functions that ask the process, by canonical name. */
export const systemFunctions: Readonly<Record<string, FunctionCompiler>> = {
  zutil,
  stack: plain(1, 2, (args) => {
    if (args.values.length > 1) throw new NotSimulated("$stack with two arguments");
    return args.integer(0) === -1 ? stackDepth(args.process.frame) : fail("<FUNCTION>");
  }),
  zversion: plain(1, 1, (args) => (args.integer(0) === 1 ? 3 : fail("<FUNCTION>"))),
};

/** All functions by name. */

import { NotSimulated } from "../errors.ts";
import type { Code } from "../compile/code.ts";
import type { Scope } from "../compile/scope.ts";
import type { FunctionNode } from "../syntax/nodes.ts";
import type { Value } from "../value.ts";
import { convertFunctions } from "./convert-functions.ts";
import { dateFunctions } from "./date-functions.ts";
import { listFunctions } from "./list-functions.ts";
import { numberFunctions } from "./number-functions.ts";
import { objectFunctions } from "./object-functions.ts";
import type { FunctionCompiler } from "./plain.ts";
import { systemFunctions } from "./system-functions.ts";
import { textFunctions } from "./text-functions.ts";
import { variableFunctions } from "./variable-functions.ts";

/** The compiler of a function; `undefined` for one that this engine does not have. */
function findFunction(name: string): FunctionCompiler | undefined {
  return (
    textFunctions[name] ??
    variableFunctions[name] ??
    listFunctions[name] ??
    numberFunctions[name] ??
    objectFunctions[name] ??
    dateFunctions[name] ??
    convertFunctions[name] ??
    systemFunctions[name]
  );
}

/** Compiles a function of the language. One that the product has and this engine does not is
 *  refused by name when it runs, so that the code around it still works. */
export function compileFunction(node: FunctionNode, scope: Scope): Code<Value> {
  const compile = findFunction(node.name);
  if (compile !== undefined) return compile(node, scope);
  return {
    now() {
      throw new NotSimulated(`$${node.name}`);
    },
  };
}

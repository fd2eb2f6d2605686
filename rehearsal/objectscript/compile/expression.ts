/** Compiles expressions. */

import { negate } from "../arithmetic.ts";
import { fail, SyntaxFault } from "../errors.ts";
import { compileFunction } from "../functions/functions.ts";
import { compileSpecial } from "../functions/special-variables.ts";
import { isTrue, toNumber } from "../numbers.ts";
import { binaryOperations, isEqual } from "../operators.ts";
import { matchesPattern } from "../pattern.ts";
import type {
  BinaryNode,
  CaseNode,
  Expression,
  LogicNode,
  PatternNode,
  SelectNode,
} from "../syntax/nodes.ts";
import type { Value } from "../value.ts";
import { compileExtrinsic } from "./call.ts";
import { combine, constant, isImmediate, map, runCode, type Code } from "./code.ts";
import { compileJson } from "./json.ts";
import { compileMember, compileObject } from "./object.ts";
import { compileText, compileTruth } from "./parts.ts";
import type { Scope } from "./scope.ts";
import { compileRead } from "./variable.ts";

/** Compiles one expression.
 *  @throws SyntaxFault for what parses but cannot mean anything */
export function compileExpression(node: Expression, scope: Scope): Code<Value> {
  switch (node.type) {
    case "literal":
      return constant(node.value);
    case "local":
    case "global":
    case "indirect":
    case "instance":
      return compileRead(node, scope);
    case "member":
      return compileMember(node, scope);
    case "unary":
      return compileUnary(node.operator, compileExpression(node.operand, scope));
    case "binary":
      return compileBinary(node, scope);
    case "logic":
      return compileLogic(node, scope);
    case "pattern":
      return compilePattern(node, scope);
    case "function":
      return compileFunction(node, scope);
    case "select":
      return compileSelect(node, scope);
    case "case":
      return compileCase(node, scope);
    case "special":
      return compileSpecial(node.name);
    case "extrinsic":
      return compileExtrinsic(node, scope);
    case "jsonObject":
    case "jsonArray":
      return compileJson(node, scope);
    default:
      return compileObject(node, scope);
  }
}

function compileUnary(operator: string, operand: Code<Value>): Code<Value> {
  if (operator === "+") return map(operand, toNumber);
  if (operator === "-") return map(operand, negate);
  return map(operand, (value) => (isTrue(value) ? 0 : 1));
}

function compileBinary(node: BinaryNode, scope: Scope): Code<Value> {
  const operation = binaryOperations[node.operator];
  if (operation === undefined) throw new SyntaxFault(node.at);
  return combine(
    compileExpression(node.left, scope),
    compileExpression(node.right, scope),
    (left, right) => operation(left, right),
  );
}

/** The right side is evaluated only where the left side has not decided. */
function compileLogic(node: LogicNode, scope: Scope): Code<Value> {
  const left = compileTruth(node.left, scope);
  const right = compileTruth(node.right, scope);
  const decided = node.operator === "||";
  if (isImmediate(left) && isImmediate(right)) {
    const first = left.now;
    const second = right.now;
    return { now: (frame) => ((first(frame) === decided ? decided : second(frame)) ? 1 : 0) };
  }
  return {
    *later(frame) {
      if ((yield* runCode(left, frame)) === decided) return decided ? 1 : 0;
      return (yield* runCode(right, frame)) ? 1 : 0;
    },
  };
}

function compilePattern(node: PatternNode, scope: Scope): Code<Value> {
  const subject = compileText(node.subject, scope);
  const { pattern, negated } = node;
  if (pattern instanceof RegExp) {
    return map(subject, (text) => (pattern.test(text) === negated ? 0 : 1));
  }
  return combine(subject, compileText(pattern, scope), (text, source) =>
    matchesAtRunTime(text, source) === negated ? 0 : 1,
  );
}

function matchesAtRunTime(text: string, pattern: string): boolean {
  try {
    return matchesPattern(text, pattern);
  } catch {
    return fail("<SYNTAX>");
  }
}

function compileSelect(node: SelectNode, scope: Scope): Code<Value> {
  const choices = node.choices.map(({ condition, value }) => ({
    holds: compileTruth(condition, scope),
    value: compileExpression(value, scope),
  }));
  return firstOf(choices, () => fail("<SELECT>"));
}

interface Choice {
  readonly holds: Code<boolean>;
  readonly value: Code<Value>;
}

/** The value of the first choice that holds. */
function firstOf(choices: readonly Choice[], otherwise: () => Value): Code<Value> {
  const quick = choices.flatMap(({ holds, value }) =>
    isImmediate(holds) && isImmediate(value) ? [{ holds: holds.now, value: value.now }] : [],
  );
  if (quick.length === choices.length) {
    return {
      now: (frame) => quick.find(({ holds }) => holds(frame))?.value(frame) ?? otherwise(),
    };
  }
  return {
    *later(frame) {
      for (const { holds, value } of choices) {
        if (yield* runCode(holds, frame)) return yield* runCode(value, frame);
      }
      return otherwise();
    },
  };
}

function compileCase(node: CaseNode, scope: Scope): Code<Value> {
  const subject = compileExpression(node.subject, scope);
  const choices = node.choices.map(({ match, value }) => ({
    match: match && compileExpression(match, scope),
    value: compileExpression(value, scope),
  }));
  return {
    *later(frame) {
      const wanted = yield* runCode(subject, frame);
      for (const { match, value } of choices) {
        const isChosen = match === undefined || isEqual(wanted, yield* runCode(match, frame));
        if (isChosen) return yield* runCode(value, frame);
      }
      return fail("<ILLEGAL VALUE>");
    },
  };
}

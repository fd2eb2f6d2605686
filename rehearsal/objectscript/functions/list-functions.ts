/** Functions on lists. Source: RCOS, $LIST and its family. */

import { compileExpression, compilePlace } from "../compile/parts.ts";
import { fail, SyntaxFault } from "../errors.ts";
import type { Code } from "../compile/code.ts";
import { all, combine, map } from "../compile/code.ts";
import type { Scope } from "../compile/scope.ts";
import {
  decodeList,
  elementAt,
  encodeList,
  isList,
  sliceList,
  type ListElement,
} from "../lists.ts";
import { toInteger, toText } from "../numbers.ts";
import { isEqual, joined, limited, limitedLength } from "../operators.ts";
import type { Place } from "../run/place.ts";
import type { Expression, FunctionNode } from "../syntax/nodes.ts";
import { isVariable } from "../syntax/variable.ts";
import type { Value } from "../value.ts";
import { FromEnd, plain, requireCount, type FunctionArguments } from "./plain.ts";
import type { FunctionCompiler } from "./plain.ts";

/** `$listbuild`: a variable without value makes a hole, as does an argument left out. */
function listBuild(node: FunctionNode, scope: Scope): Code<Value> {
  const isEmpty = node.args.length === 0;
  const elements = all(node.args.map((argument) => compileElement(argument, scope)));
  return map(elements, (found) => limited(encodeList(isEmpty ? [undefined] : found)));
}

function compileElement(argument: Expression | undefined, scope: Scope): Code<ListElement> {
  if (argument === undefined) return { now: () => undefined };
  const isPlainVariable = argument.type === "local" || argument.type === "global";
  if (!isPlainVariable) return compileExpression(argument, scope);
  return map(compilePlace(argument, scope), (place) => place.get());
}

function list(args: FunctionArguments): Value {
  const text = args.text(0);
  if (args.values.length > 2) return listRange(args, text);
  const elements = decodeList(text);
  const position = args.position(1, 1, elements.length);
  const element = position === -1 ? elements.at(-1) : elements[position - 1];
  return element ?? fail("<NULL VALUE>");
}

function listRange(args: FunctionArguments, text: string): Value {
  const { length } = decodeList(text);
  const from = args.position(1, 1, length);
  const to = args.position(2, from, length);
  return sliceList(text, from, to === -1 ? length : to);
}

function listGet(args: FunctionArguments): Value {
  const text = args.text(0);
  if (!isList(text)) return fail("<LIST>");
  const elements = decodeList(text);
  const position = args.position(1, 1, elements.length);
  const element = position === -1 ? elements.at(-1) : elements[position - 1];
  return element ?? args.value(2);
}

function listFind(args: FunctionArguments): number {
  const wanted = args.value(1);
  const start = args.integer(2, 0);
  const elements = decodeList(args.text(0));
  const at = elements.findIndex(
    (element, index) => index >= start && element !== undefined && isEqual(element, wanted),
  );
  return at + 1;
}

function listFromString(args: FunctionArguments): string {
  const text = args.text(0);
  if (text === "") return "";
  const delimiter = args.text(1, ",");
  return limited(encodeList(delimiter === "" ? [text] : text.split(delimiter)));
}

function listToString(args: FunctionArguments): string {
  const delimiter = args.text(1, ",");
  const skipsHoles = args.integer(2) === 1;
  const texts = decodeList(args.text(0)).map((element) =>
    element === undefined ? (skipsHoles ? "" : fail("<NULL VALUE>")) : toText(element),
  );
  return joined(texts, delimiter);
}

function listData(args: FunctionArguments): number {
  const elements = decodeList(args.text(0));
  const position = args.position(1, 1, elements.length);
  const element = position === -1 ? elements.at(-1) : elements[position - 1];
  return element === undefined ? 0 : 1;
}

function listSame(args: FunctionArguments): number {
  const left = decodeList(args.text(0));
  const right = decodeList(args.text(1));
  const isSame =
    left.length === right.length && left.every((one, at) => sameElement(one, right[at]));
  return isSame ? 1 : 0;
}

function sameElement(left: ListElement, right: ListElement): boolean {
  if (left === undefined || right === undefined) return left === right;
  return isEqual(left, right);
}

/** `$listnext(list,pointer,value)`: both variables are set. */
function listNext(node: FunctionNode, scope: Scope): Code<Value> {
  requireCount(node, 3, 3);
  const [source, pointer, value] = node.args;
  if (source === undefined || pointer === undefined || value === undefined)
    throw new SyntaxFault(node.at);
  if (!isVariable(pointer) || !isVariable(value)) throw new SyntaxFault(node.at);
  const places = all([compilePlace(pointer, scope), compilePlace(value, scope)]);
  return combine(compileExpression(source, scope), places, (text, targets) =>
    step(toText(text), targets),
  );
}

function step(text: string, [pointer, value]: readonly Place[]): number {
  if (pointer === undefined || value === undefined) return 0;
  const found = elementAt(text, toInteger(pointer.get() ?? 0));
  if (found === undefined) return 0;
  pointer.set(found.next);
  if (found.element === undefined) value.kill();
  else value.set(found.element);
  return 1;
}

/** The list with the elements `from` to `to` replaced. Source: RCOS, SET $LIST. */
export function withElements(
  text: string,
  range: { readonly from: number | FromEnd; readonly to: number | FromEnd | undefined },
  value: Value,
): string {
  const elements = decodeList(text);
  const place = (position: number | FromEnd): number =>
    position instanceof FromEnd
      ? elements.length + position.offset
      : position === -1
        ? elements.length
        : position;
  const from = limitedLength(Math.max(place(range.from), 1));
  while (elements.length < from - 1) elements.push(undefined);
  const head = encodeList(elements.slice(0, from - 1));
  if (range.to === undefined) {
    return limited(head + encodeList([value]) + encodeList(elements.slice(from)));
  }
  const to = Math.max(place(range.to), from - 1);
  const inserted = toText(value);
  if (!isList(inserted)) return fail("<LIST>");
  return limited(head + inserted + encodeList(elements.slice(to)));
}

/** Functions on lists, by canonical name. */
export const listFunctions: Readonly<Record<string, FunctionCompiler>> = {
  listbuild: listBuild,
  list: plain(1, 3, list),
  listget: plain(1, 3, listGet),
  listlength: plain(1, 1, (args) => decodeList(args.text(0)).length),
  listfind: plain(2, 3, listFind),
  listfromstring: plain(1, 2, listFromString),
  listtostring: plain(1, 3, listToString),
  listdata: plain(1, 2, listData),
  listsame: plain(2, 2, listSame),
  listvalid: plain(1, 1, (args) => (isList(args.text(0)) ? 1 : 0)),
  listnext: listNext,
};

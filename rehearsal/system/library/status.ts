/** `%Status`: 1 for success; an error is `0 `, and a list with one element per error. */

import { decodeList, encodeList, isList, type ListElement } from "../../objectscript/lists.ts";
import { toInteger, toText } from "../../objectscript/numbers.ts";
import { isTrue } from "../../objectscript/numbers.ts";
import type { Value } from "../../objectscript/value.ts";
import { generalStatusTexts } from "./general-status-texts.ts";
import { mirrorStatusTexts } from "./mirror-status-texts.ts";
import { systemStatusTexts } from "./system-status-texts.ts";

/** Success. */
export const okStatus = 1;

/** Numbers of the errors that the library itself uses. */
export const statusNumbers = {
  general: 5001,
  objectScript: 5002,
  cannotOpenFile: 5005,
  fileDoesNotExist: 5012,
  compilation: 5030,
  invalidStatus: 5034,
  generalException: 5035,
  required: 5659,
  datatype: 5802,
  notStored: 5809,
  notDeleted: 5810,
  nullId: 5813,
  tooLong: 7201,
  noNumber: 7207,
} as const;

/** One error inside a status. */
export interface StatusPart {
  readonly number: number;
  readonly args: readonly string[];
}

/** What an error status begins with, before its list. */
const errorMark = "0 ";

/** A status with one error. Source: %SYSTEM.Status, the text comes from its number.
 *  @param args what replaces `%1`, `%2` … in the text */
export function statusError(number: number, ...args: readonly string[]): string {
  return errorMark + encodeList([encodeList([number, ...args])]);
}

/** True for anything but success. */
export function isError(status: Value): boolean {
  return !isTrue(status);
}

/** The errors in a status; none in a success.
 *  @returns `undefined` for what is no status */
export function statusParts(status: Value): readonly StatusPart[] | undefined {
  if (!isError(status)) return [];
  const list = toText(status).slice(errorMark.length);
  if (!toText(status).startsWith(errorMark) || !isList(list)) return undefined;
  return decodeList(list).map(partOf);
}

function partOf(element: ListElement): StatusPart {
  const text = element === undefined ? "" : toText(element);
  const [number, ...args] = isList(text) ? decodeList(text) : [];
  return {
    number: number === undefined ? 0 : toInteger(number),
    args: args.map((argument) => (argument === undefined ? "" : toText(argument))),
  };
}

/** Both one after the other; a success adds nothing. Source: %SYSTEM.Status.AppendStatus. */
export function appendStatus(first: Value, second: Value): Value {
  if (!isError(first)) return second;
  if (!isError(second)) return first;
  return toText(first) + toText(second).slice(errorMark.length);
}

/** A text with its arguments filled in. */
export function fillText(text: string, args: readonly string[]): string {
  return text.replaceAll(/%(\d+)/g, (_, position: string) => args[Number(position) - 1] ?? "");
}

/** Text of one error, without its number.
 *  Assumed: a number whose text was not read shows its arguments. */
export function partText({ number, args }: StatusPart): string {
  const text = generalStatusTexts[number] ?? mirrorStatusTexts[number] ?? systemStatusTexts[number];
  return text === undefined ? args.join(" ") : fillText(text, args);
}

/** `ERROR #5001: text`. */
export function partMessage(part: StatusPart): string {
  return `ERROR #${String(part.number)}: ${partText(part)}`;
}

/** All errors of a status as text; `""` for a success. Source: %SYSTEM.Status.GetErrorText. */
export function statusText(status: Value): string {
  const parts = statusParts(status) ?? [
    { number: statusNumbers.invalidStatus, args: [toText(status)] },
  ];
  return parts.map(partMessage).join("\r\n");
}

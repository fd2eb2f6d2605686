/** Functions on dates and times. Source: RCOS, $ZDATE, $ZDATETIME, $ZTIME and their inverses. */

import { fail } from "../errors.ts";
import { parseNumber, toNumber, toText } from "../numbers.ts";
import type { Process } from "../run/process.ts";
import type { Numeric, Value } from "../value.ts";
import { dateText, horologOf, msOfDay, parseDate, parseTime, timeText } from "./date-text.ts";
import { plain, type FunctionArguments, type FunctionCompiler } from "./plain.ts";

const defaultFormat = 1;

/** -1 and "" mean the format of the locale, which is 1. */
function formatAt(args: FunctionArguments, index: number): number {
  const format = args.integer(index, defaultFormat);
  return format === -1 || args.text(index, "1") === "" ? defaultFormat : format;
}

/** `day,seconds` as numbers. */
function parts(value: Value): { readonly day: number; readonly seconds: number } {
  const [day = "0", seconds = "0"] = toText(value).split(",");
  return { day: Number(parseNumber(day)), seconds: Number(parseNumber(seconds)) };
}

function zdate(args: FunctionArguments): string {
  return dateText(Math.trunc(parts(args.value(0)).day), formatAt(args, 1));
}

function ztime(args: FunctionArguments): string {
  return timeText(Number(toNumber(args.value(0))), formatAt(args, 1), args.integer(2));
}

/** Format -2 is the number of seconds since 1970 of a local time. */
function zdatetime(args: FunctionArguments): Value {
  const { day, seconds } = parts(args.value(0));
  if (args.integer(1, defaultFormat) === -2) {
    const { offsetMinutes } = args.process.host.now();
    return msOfDay(day) / 1000 + Math.floor(seconds) - offsetMinutes * 60;
  }
  const date = dateText(Math.trunc(day), formatAt(args, 1));
  return `${date} ${timeText(seconds, formatAt(args, 2), args.integer(3))}`;
}

function zdateh(args: FunctionArguments): Value {
  const day = parseDate(args.text(0), formatAt(args, 1));
  return day ?? errorOrDefault(args, 6);
}

function ztimeh(args: FunctionArguments): Value {
  const seconds = parseTime(args.text(0));
  return seconds === undefined ? errorOrDefault(args, 2) : parseNumber(String(seconds));
}

function zdatetimeh(args: FunctionArguments): Value {
  const text = args.text(0);
  if (args.integer(1, defaultFormat) === -2) return fromUnix(args);
  const [date = "", ...time] = text.split(/[ T]/);
  const day = parseDate(date, formatAt(args, 1));
  const seconds = time.length === 0 ? 0 : parseTime(time.join(" ").replace(/Z$/, ""));
  if (day === undefined || seconds === undefined) return errorOrDefault(args, 7);
  return `${String(day)},${toText(parseNumber(String(seconds)))}`;
}

function fromUnix(args: FunctionArguments): string {
  const { offsetMinutes } = args.process.host.now();
  const localMs = (Number(toNumber(args.value(0))) + offsetMinutes * 60) * 1000;
  const { day, seconds } = horologOf(localMs);
  return `${String(day)},${String(Math.floor(seconds))}`;
}

/** The last argument says what to give for text that is no date. */
function errorOrDefault(args: FunctionArguments, index: number): Value {
  return args.given(index) ? args.value(index) : fail("<ILLEGAL VALUE>");
}

/** `$horolog`: day and second, local time. */
export function horolog(process: Process): string {
  const { epochMs, offsetMinutes } = process.host.now();
  const { day, seconds } = horologOf(epochMs + offsetMinutes * 60_000);
  return `${String(day)},${String(Math.floor(seconds))}`;
}

function withFraction(localMs: number): string {
  const { day, seconds } = horologOf(localMs);
  const fraction: Numeric = parseNumber(seconds.toFixed(3));
  return `${String(day)},${toText(fraction)}`;
}

/** `$ztimestamp`: day and second with fraction, UTC. */
export function ztimestamp(process: Process): string {
  return withFraction(process.host.now().epochMs);
}

function now(args: FunctionArguments): string {
  const { epochMs, offsetMinutes } = args.process.host.now();
  const minutes = args.given(0) ? -args.integer(0) : offsetMinutes;
  return withFraction(epochMs + minutes * 60_000);
}

/** Functions on dates and times, by canonical name. */
export const dateFunctions: Readonly<Record<string, FunctionCompiler>> = {
  zdate: plain(1, 7, zdate),
  ztime: plain(1, 4, ztime),
  zdatetime: plain(1, 8, zdatetime),
  zdateh: plain(1, 7, zdateh),
  ztimeh: plain(1, 3, ztimeh),
  zdatetimeh: plain(1, 8, zdatetimeh),
  now: plain(0, 1, now),
};

/** Dates and times as text. Days count from 31 December 1840, day 0. Source: RCOS, $ZDATE. */

import { fail, NotSimulated } from "../errors.ts";
import { limitedLength } from "../operators.ts";

/** Day 0 of the calendar in milliseconds since 1970. */
const dayZeroMs = Date.UTC(1840, 11, 31);
const dayMs = 86_400_000;

const months =
  "January February March April May June July August September October November December";
const monthNames = months.split(" ");
const weekdays = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");

/** Day number of a moment, and the seconds of that day. */
export function horologOf(localMs: number): { readonly day: number; readonly seconds: number } {
  const day = Math.floor((localMs - dayZeroMs) / dayMs);
  return { day, seconds: (localMs - dayZeroMs - day * dayMs) / 1000 };
}

/** Milliseconds since 1970 of the beginning of a day. */
export function msOfDay(day: number): number {
  return dayZeroMs + day * dayMs;
}

const two = (value: number): string => String(value).padStart(2, "0");

/** Years of the 20th century have two digits, all others four. Source: RCOS, $ZDATE, yearopt 0. */
function shortYear(year: number): string {
  return year >= 1900 && year <= 1999 ? two(year % 100) : String(year);
}

/** A day in one of the product's formats.
 *  @throws ObjectScriptError `<VALUE OUT OF RANGE>`
 *  @throws NotSimulated for a format this engine does not have */
export function dateText(day: number, format: number): string {
  if (day < 0 || day > 2_980_013) return fail("<VALUE OUT OF RANGE>");
  const date = new Date(msOfDay(day));
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  const dayOfMonth = date.getUTCDate();
  const name = monthNames[month] ?? "";
  const weekday = weekdays[date.getUTCDay()] ?? "";
  const formats: Readonly<Record<number, () => string>> = {
    1: () => `${two(month + 1)}/${two(dayOfMonth)}/${shortYear(year)}`,
    2: () => `${two(dayOfMonth)} ${name.slice(0, 3)} ${shortYear(year)}`,
    3: () => `${String(year)}-${two(month + 1)}-${two(dayOfMonth)}`,
    4: () => `${two(dayOfMonth)}/${two(month + 1)}/${shortYear(year)}`,
    5: () => `${name.slice(0, 3)} ${String(dayOfMonth)}, ${String(year)}`,
    6: () => `${name.slice(0, 3)} ${String(dayOfMonth)} ${String(year)}`,
    7: () => `${name.slice(0, 3)} ${two(dayOfMonth)} ${shortYear(year)}`,
    8: () => `${String(year)}${two(month + 1)}${two(dayOfMonth)}`,
    9: () => `${name} ${String(dayOfMonth)}, ${String(year)}`,
    10: () => String(date.getUTCDay()),
    11: () => weekday.slice(0, 3),
    12: () => weekday,
    14: () => String(Math.floor((date.getTime() - Date.UTC(year, 0, 1)) / dayMs) + 1),
  };
  const write = formats[format];
  if (write === undefined) throw new NotSimulated(`date format ${String(format)}`);
  return write();
}

/** Seconds of a day in one of the product's formats.
 *  Assumed: digits the clock does not have are zeros; so many that no text holds them are
 *  `<MAXSTRING>`.
 *  @throws NotSimulated for a format this engine does not have */
export function timeText(seconds: number, format: number, precision: number): string {
  if (seconds < 0 || seconds >= 86_400) return fail("<VALUE OUT OF RANGE>");
  const whole = Math.floor(seconds);
  const hours = Math.floor(whole / 3600);
  const minutes = two(Math.floor(whole / 60) % 60);
  const fraction =
    precision > 0
      ? (seconds - whole)
          .toFixed(9)
          .slice(1, precision + 2)
          .padEnd(limitedLength(precision) + 1, "0")
      : "";
  const rest = `:${two(whole % 60)}${fraction}`;
  const half = hours < 12 ? "AM" : "PM";
  const formats: Readonly<Record<number, () => string>> = {
    1: () => `${two(hours)}:${minutes}${rest}`,
    2: () => `${two(hours)}:${minutes}`,
    3: () => `${two(hours % 12 === 0 ? 12 : hours % 12)}:${minutes}${rest}${half}`,
    4: () => `${two(hours % 12 === 0 ? 12 : hours % 12)}:${minutes}${half}`,
  };
  const write = formats[format];
  if (write === undefined) throw new NotSimulated(`time format ${String(format)}`);
  return write();
}

/** Day number of a date text; `undefined` when it is none. Formats 1, 3, 4, 8. */
export function parseDate(text: string, format: number): number | undefined {
  const patterns: Readonly<Record<number, RegExp>> = {
    1: /^(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d{2,4})$/,
    3: /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})$/,
    4: /^(?<day>\d{1,2})\/(?<month>\d{1,2})\/(?<year>\d{2,4})$/,
    8: /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/,
  };
  const pattern = patterns[format];
  if (pattern === undefined) throw new NotSimulated(`date format ${String(format)} as input`);
  const groups = pattern.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const written = Number(groups["year"]);
  const year = written < 100 ? written + 1900 : written;
  const [month, day] = [Number(groups["month"]), Number(groups["day"])];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return horologOf(date.getTime()).day;
}

/** Seconds of a time text `hh:mm[:ss[.fff]][AM|PM]`; `undefined` when it is none. */
export function parseTime(text: string): number | undefined {
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?\s*(AM|PM)?$/i.exec(text);
  if (match === null) return undefined;
  const half = match[4]?.toUpperCase();
  const written = Number(match[1]);
  const hours = half === undefined ? written : (written % 12) + (half === "PM" ? 12 : 0);
  const seconds = hours * 3600 + Number(match[2]) * 60 + Number(match[3] ?? 0);
  return hours < 24 && Number(match[2]) < 60 && Number(match[3] ?? 0) < 60 ? seconds : undefined;
}

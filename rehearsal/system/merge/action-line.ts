/** One line of [Actions]: `CreateDatabase:Name=APP,Directory="/data/app"`. Pure.
 *  Source: GCMF; public merge files (values with commas stand in quotes). */

/** A property of an action. */
interface ActionProperty {
  /** As it is written. */
  readonly name: string;
  readonly value: string;
}

/** An action as it is written. */
export interface ActionLine {
  readonly name: string;
  readonly properties: readonly ActionProperty[];
  /** Counted from 1. */
  readonly line: number;
}

/** `Name=`, and where its value begins. */
const propertyName = /\s*([A-Za-z%][A-Za-z0-9%.]*)\s*=\s*/y;
/** In quotes, a quote inside doubled. Assumed: doubling, as in the product's other texts. */
const quoted = /"((?:[^"]|"")*)"\s*(?=,|$)/y;
const plain = /[^,"]*(?=,|$)/y;

/** Reads a line; `fault` says why it is no action. */
export function readAction(written: string, line: number): ActionLine | { fault: string } {
  const match = /^\s*([A-Za-z]+)\s*:(.*)$/.exec(written);
  if (match === null) return { fault: 'it is no "Action:Property=value,…"' };
  const [, name = "", rest = ""] = match;
  if (rest.trim() === "") return { name, properties: [], line };
  const properties = readProperties(rest);
  return "fault" in properties ? properties : { name, properties, line };
}

/** True for an indented line that goes on with the action before it: the documentation breaks long
 *  ones so. Assumed: a comma stands at the end of the one or the beginning of the other. */
export function goesOn(before: string, written: string): boolean {
  const isRest = /^\s+,?\s*[A-Za-z%][A-Za-z0-9%.]*\s*=/.test(written);
  return isRest && (/,\s*$/.test(before) || /^\s*,/.test(written));
}

function readProperties(text: string): ActionProperty[] | { fault: string } {
  const properties: ActionProperty[] = [];
  for (let at = 0; at <= text.length; at++) {
    const name = matchAt(propertyName, text, at);
    if (name === undefined) return { fault: notProperty(properties) };
    at += name.length;
    const inQuotes = matchAt(quoted, text, at);
    const value = inQuotes ?? matchAt(plain, text, at);
    if (value === undefined) return { fault: `the value of ${name.group} is none` };
    at += value.length;
    const known = properties.find((one) => same(one.name, name.group));
    // Assumed: which of two would count is not documented for one action.
    if (known !== undefined) return { fault: `property ${name.group} stands there twice` };
    const given = inQuotes === undefined ? value.group.trim() : value.group.replaceAll('""', '"');
    properties.push({ name: name.group, value: given });
  }
  return properties;
}

function notProperty(before: readonly ActionProperty[]): string {
  const last = before.at(-1)?.name;
  return `what follows ${last ?? "the action"} is no "Property=value"`;
}

/** True for names that differ by letter case alone. Source: seen in public merge files. */
export function same(left: string, right: string): boolean {
  return left.toUpperCase() === right.toUpperCase();
}

function matchAt(
  pattern: RegExp,
  text: string,
  at: number,
): { readonly group: string; readonly length: number } | undefined {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  if (match === null) return undefined;
  return { group: match[1] ?? match[0], length: match[0].length };
}

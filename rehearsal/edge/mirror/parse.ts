/** Small strict parsers for what comes from other processes. Each takes a value and where it
 *  stands, and gives it back with its type, or says what is wrong with it. */

/** Turns an unknown value into one of a type.
 *  @throws ParseFault naming the place */
export type Parser<T> = (value: unknown, place: string) => T;

/** A value of another shape than it must have. */
export class ParseFault extends Error {
  constructor(place: string, expected: string, value: unknown) {
    const found = value === undefined ? "missing" : JSON.stringify(value).slice(0, 80);
    super(`${place} must be ${expected}, it is ${found}`);
  }
}

/** A text. */
export const text: Parser<string> = (value, place) => {
  if (typeof value !== "string") throw new ParseFault(place, "a text", value);
  return value;
};

/** A whole number from 0. */
export const count: Parser<number> = (value, place) => {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) {
    throw new ParseFault(place, "a whole number", value);
  }
  return value;
};

/** True or false. */
export const flag: Parser<boolean> = (value, place) => {
  if (typeof value !== "boolean") throw new ParseFault(place, "true or false", value);
  return value;
};

/** One of these words. */
export function oneOf<Word extends string>(...words: readonly Word[]): Parser<Word> {
  return (value, place) => {
    const found = words.find((word) => word === value);
    if (found === undefined) throw new ParseFault(place, words.join(" or "), value);
    return found;
  };
}

/** It, or nothing. */
export function optional<T>(parser: Parser<T>): Parser<T | undefined> {
  return (value, place) =>
    value === undefined || value === null ? undefined : parser(value, place);
}

/** A list of them. */
export function list<T>(parser: Parser<T>): Parser<readonly T[]> {
  return (value, place) => {
    if (!Array.isArray(value)) throw new ParseFault(place, "a list", value);
    return value.map((item: unknown, index) => parser(item, `${place}[${index}]`));
  };
}

/** A parser for each field of a type. */
export type Fields<T> = { readonly [Field in keyof T]: Parser<T[Field]> };

/** An object with these fields. Further ones are ignored: a newer partner may send more. */
export function shape<T>(fields: Fields<T>): Parser<T> {
  const parsers = Object.entries<Parser<unknown>>(fields);
  return (value, place) => {
    const source = objectAt(value, place);
    const parsed = parsers.map(([name, parse]) => [name, parse(source[name], `${place}.${name}`)]);
    // Every field of T was parsed by its own parser.
    return Object.fromEntries(parsed) as T;
  };
}

/** What stands beside the kind, for each kind. */
export type Variants<T extends { readonly kind: string }> = {
  readonly [Kind in T["kind"]]: Fields<Omit<Extract<T, { kind: Kind }>, "kind">>;
};

/** An object whose `kind` says which fields it has. */
export function variants<T extends { readonly kind: string }>(all: Variants<T>): Parser<T> {
  const parsers = new Map(
    Object.entries<Fields<object>>(all).map(([kind, fields]) => [kind, shape<object>(fields)]),
  );
  return (value, place) => {
    const kind = text(objectAt(value, place)["kind"], `${place}.kind`);
    const parse = parsers.get(kind);
    if (parse === undefined) throw new ParseFault(`${place}.kind`, "a known kind", kind);
    // The parser of this kind gave every other field of it.
    return { kind, ...parse(value, place) } as unknown as T;
  };
}

function objectAt(value: unknown, place: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ParseFault(place, "an object", value);
  }
  return value as Record<string, unknown>;
}

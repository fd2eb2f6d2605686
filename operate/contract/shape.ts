/** Shapes of JSON: what may be there, as a value that checks and as a type.
 *
 *  The topology is parsed with zod; the verbs are not, because every step is a process of its own
 *  that must start in under 100 ms and loading zod takes half of that. This is the small part of
 *  it that the verbs need. */

/** A place where a value is not what it must be. */
export interface Fault {
  /** `failover[0].agentPort`; empty for the value itself. */
  readonly path: string;
  readonly given: unknown;
  /** What is allowed there, in words. */
  readonly allowed: string;
}

/** A value that does not fit, with all faults at once. */
export class Misfit extends Error {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(faults.map(inWords).join("; "));
    this.name = "Misfit";
    this.faults = faults;
  }
}

function inWords({ path, given, allowed }: Fault): string {
  const shown = given === undefined ? "nothing" : JSON.stringify(given).slice(0, 200);
  return `${path === "" ? "the value" : path}: given ${shown}, allowed: ${allowed}`;
}

const misfit = Symbol("misfit");

type Read<Out> = (given: unknown, path: string, faults: Fault[]) => Out | typeof misfit;

declare const written: unique symbol;

/** What may be there. `Out` is the value after parsing; `In` what may be written, where defaults
 *  may be left out. */
export interface Shape<Out, In = Out> {
  readonly read: Read<Out>;
  readonly isOptional: boolean;
  /** The value, checked and with defaults. @throws Misfit with every fault. */
  parse(given: unknown): Out;
  readonly [written]?: In;
}

/** A field that may be absent. */
interface Optional<Out, In> extends Shape<Out, In> {
  readonly isOptional: true;
}

export type OutOf<S> = S extends { parse: (given: unknown) => infer Out } ? Out : never;
export type InOf<S> = S extends { readonly [written]?: infer In } ? Exclude<In, undefined> : never;

function make<Out, In = Out>(read: Read<Out>): Shape<Out, In> & { readonly isOptional: false } {
  return { read, isOptional: false, parse: (given) => parse(read, given) };
}

function parse<Out>(read: Read<Out>, given: unknown): Out {
  const faults: Fault[] = [];
  const value = read(given, "", faults);
  if (value === misfit || faults.length > 0) {
    throw new Misfit(faults);
  }
  return value;
}

function wrong(fault: Fault, faults: Fault[]): typeof misfit {
  faults.push(fault);
  return misfit;
}

/** One condition on a value of a JavaScript type. */
function simple<T>(allowed: string, fits: (given: unknown) => given is T) {
  return make<T>((given, path, faults) =>
    fits(given) ? given : wrong({ path, given, allowed }, faults),
  );
}

export const anyText = simple("text", (given) => typeof given === "string");

/** Text that is not empty. */
export const text = simple(
  "text that is not empty",
  (given): given is string => typeof given === "string" && given !== "",
);

export const truth = simple("true or false", (given) => typeof given === "boolean");

/** Text of a certain form. */
export const textLike = (pattern: RegExp, allowed: string) =>
  simple(allowed, (given): given is string => typeof given === "string" && pattern.test(given));

/** An integer in a range, both ends included. */
export const integer = (from: number, to: number) =>
  simple(
    `an integer from ${from} to ${to}`,
    (given): given is number =>
      typeof given === "number" && Number.isInteger(given) && given >= from && given <= to,
  );

/** One of some values. */
export const oneOf = <const T extends readonly (string | number | boolean)[]>(...values: T) =>
  simple(values.map((value) => JSON.stringify(value)).join(" or "), (given): given is T[number] =>
    values.some((value) => value === given),
  );

/** A list, all of one shape. */
export function list<Out, In>(of: Shape<Out, In>, from = 0, to = Infinity) {
  const allowed = to === Infinity ? `a list` : `a list of ${from} to ${to}`;
  return make<Out[], In[]>((given, path, faults) => {
    if (!Array.isArray(given) || given.length < from || given.length > to) {
      return wrong({ path, given, allowed }, faults);
    }
    const values = given.map((one: unknown, index) => of.read(one, `${path}[${index}]`, faults));
    return values.includes(misfit) ? misfit : (values as Out[]);
  });
}

/** An object with any keys, all values of one shape. */
export function record<Out, In>(of: Shape<Out, In>) {
  return make<Record<string, Out>, Record<string, In>>((given, path, faults) => {
    if (!isObject(given)) {
      return wrong({ path, given, allowed: "an object" }, faults);
    }
    const entries = Object.entries(given).map(
      ([key, one]) => [key, of.read(one, `${path}.${key}`, faults)] as const,
    );
    return entries.some(([, value]) => value === misfit)
      ? misfit
      : (Object.fromEntries(entries) as Record<string, Out>);
  });
}

/** Absent, or of the shape. */
export function optional<Out, In>(of: Shape<Out, In>): Optional<Out | undefined, In | undefined> {
  const inner = make<Out | undefined, In | undefined>((given, path, faults) =>
    given === undefined ? undefined : of.read(given, path, faults),
  );
  return { ...inner, isOptional: true };
}

/** The default where nothing is given. */
export function withDefault<Out, In>(
  of: Shape<Out, In>,
  value: Out,
): Shape<Out, In | undefined> & { readonly hasDefault: true } {
  const inner = make<Out, In | undefined>((given, path, faults) =>
    given === undefined ? value : of.read(given, path, faults),
  );
  return { ...inner, hasDefault: true };
}

export function nullable<Out, In>(of: Shape<Out, In>) {
  return make<Out | null, In | null>((given, path, faults) =>
    given === null ? null : of.read(given, path, faults),
  );
}

/** The value of the shape, turned into another. */
export function mapped<Out, In, Next>(of: Shape<Out, In>, turn: (value: Out) => Next) {
  return make<Next, In>((given, path, faults) => {
    const value = of.read(given, path, faults);
    return value === misfit ? misfit : turn(value);
  });
}

type Fields = Readonly<Record<string, Shape<unknown, unknown>>>;
type Flat<T> = { [K in keyof T]: T[K] };
type OptionalKey<F> = { [K in keyof F]: F[K] extends { isOptional: true } ? K : never }[keyof F];
type OmissibleKey<F> = {
  [K in keyof F]: F[K] extends { isOptional: true } | { hasDefault: true } ? K : never;
}[keyof F];
type ObjectOut<F> = Flat<
  { [K in Exclude<keyof F, OptionalKey<F>>]: OutOf<F[K]> } & {
    [K in OptionalKey<F>]?: OutOf<F[K]>;
  }
>;
type ObjectIn<F> = Flat<
  { [K in Exclude<keyof F, OmissibleKey<F>>]: InOf<F[K]> } & {
    [K in OmissibleKey<F>]?: InOf<F[K]> | undefined;
  }
>;

/** An object with these fields and no others. */
export function object<const F extends Fields>(fields: F): Shape<ObjectOut<F>, ObjectIn<F>> {
  return make(fieldsOf(fields, true));
}

/** An object with at least these fields; others are dropped. For what is not ours. */
export function openObject<const F extends Fields>(fields: F): Shape<ObjectOut<F>, ObjectIn<F>> {
  return make(fieldsOf(fields, false));
}

function fieldsOf<F extends Fields>(fields: F, isStrict: boolean): Read<ObjectOut<F>> {
  const known = Object.entries(fields);
  return (given, path, faults) => {
    if (!isObject(given)) {
      return wrong({ path, given, allowed: "an object" }, faults);
    }
    const before = faults.length;
    const value: Record<string, unknown> = {};
    for (const [key, shape] of known) {
      const read = shape.read(given[key], join(path, key), faults);
      if (read !== undefined) {
        value[key] = read;
      }
    }
    for (const key of isStrict ? Object.keys(given) : []) {
      if (!Object.hasOwn(fields, key)) {
        wrong({ path: join(path, key), given: given[key], allowed: "no such key" }, faults);
      }
    }
    return faults.length > before ? misfit : (value as ObjectOut<F>);
  };
}

/** One of several objects, told apart by the value of one field. */
export function choice<const S extends readonly Shape<unknown, unknown>[]>(
  ...shapes: S
): Shape<OutOf<S[number]>, InOf<S[number]>> {
  return make((given, path, faults) => {
    const tries = shapes.map((shape) => {
      const own: Fault[] = [];
      return { value: shape.read(given, path, own), own };
    });
    const fit = tries.find(({ own }) => own.length === 0);
    if (fit !== undefined) {
      return fit.value as OutOf<S[number]>;
    }
    const nearest = tries.toSorted((one, other) => one.own.length - other.own.length)[0];
    faults.push(...(nearest?.own ?? []));
    return misfit;
  });
}

function isObject(given: unknown): given is Record<string, unknown> {
  return typeof given === "object" && given !== null && !Array.isArray(given);
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

/** The value, or the faults in words. */
export function fit<Out>(
  shape: Shape<Out, unknown>,
  given: unknown,
): { readonly value: Out } | { readonly misfit: string } {
  try {
    return { value: shape.parse(given) };
  } catch (problem) {
    if (problem instanceof Misfit) {
      return { misfit: problem.message };
    }
    throw problem;
  }
}

/** Properties as default storage sees them, and what may be kept in them. */

import { NotSimulated } from "../../errors.ts";
import type { Process } from "../../run/process.ts";
import { fullClassName } from "../product-classes.ts";
import type { RuntimeClass, SourceProperty } from "../runtime-class.ts";
import { isPersistent } from "./extent.ts";

/** What a property holds: a value of a data type, or another persistent object. */
export type PropertyKind =
  | { readonly kind: "text"; readonly longest: number }
  | { readonly kind: "number"; readonly isInteger: boolean }
  | { readonly kind: "boolean" | "timestamp" }
  | { readonly kind: "reference"; readonly target: RuntimeClass };

/** A property with a slot in the list of the object. */
export interface StoredProperty {
  readonly name: string;
  readonly isRequired: boolean;
  readonly kind: PropertyKind;
}

/** Longest text of a `%String` that says nothing of MAXLEN. Source: class %Library.String. */
const defaultMaxLength = 50;

const integer: PropertyKind = { kind: "number", isInteger: true };
const anyNumber: PropertyKind = { kind: "number", isInteger: false };

const dataTypes: ReadonlyMap<string, PropertyKind> = new Map<string, PropertyKind>([
  ["%Library.String", { kind: "text", longest: defaultMaxLength }],
  ["%Library.Integer", integer],
  ["%Library.Date", integer],
  ["%Library.Time", anyNumber],
  ["%Library.Numeric", anyNumber],
  ["%Library.Boolean", { kind: "boolean" }],
  ["%Library.TimeStamp", { kind: "timestamp" }],
]);

const known = new WeakMap<RuntimeClass, readonly StoredProperty[]>();

/** The properties with a slot, in the order of the slots: that of the storage definition, where the
 *  class has one, new properties last; else that of the source.
 *  Assumed: inherited ones first. The product keeps the order of the first compilation.
 *  @throws NotSimulated for a type that is not simulated, and for a slot without a property */
export function storedProperties(
  process: Process,
  runtimeClass: RuntimeClass,
): readonly StoredProperty[] {
  const found = known.get(runtimeClass);
  if (found !== undefined) return found;
  const made = inSlots(runtimeClass).map((property) => ({
    name: property.name,
    isRequired: property.isRequired,
    kind: kindOf(process, runtimeClass, property),
  }));
  known.set(runtimeClass, made);
  return made;
}

function inSlots({ name, properties, slots = [] }: RuntimeClass): SourceProperty[] {
  const stored = [...properties.values()].filter(({ isStored }) => isStored);
  const listed = slots.map((slot) => {
    const found = stored.find((property) => property.name === slot);
    if (found === undefined) throw new NotSimulated(`slot ${slot} of ${name} without a property`);
    return found;
  });
  return [...listed, ...stored.filter((property) => !slots.includes(property.name))];
}

function kindOf(
  process: Process,
  runtimeClass: RuntimeClass,
  property: SourceProperty,
): PropertyKind {
  const { type, typeParameters, packages } = property;
  const dataType = dataTypes.get(fullClassName(type === "" ? "%String" : type));
  if (dataType?.kind === "text") return { ...dataType, longest: longestOf(typeParameters) };
  if (dataType !== undefined) return dataType;
  const isQualified = type.includes(".") || type.startsWith("%");
  const candidates = isQualified ? [type] : packages.map((name) => `${name}.${type}`);
  for (const candidate of candidates) {
    const target = process.code.findClass(process, candidate);
    if (target !== undefined && isPersistent(target)) return { kind: "reference", target };
  }
  throw new NotSimulated(`property ${property.name} As ${type} of persistent ${runtimeClass.name}`);
}

/** `MAXLEN = ""` is no limit. */
function longestOf(parameters: ReadonlyMap<string, string>): number {
  const text = parameters.get("MAXLEN");
  if (text === undefined) return defaultMaxLength;
  return text === "" ? Infinity : Number(text);
}

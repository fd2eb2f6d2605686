/** Walks a wish along its schema and finds every fault of shape in one go, keeping what is well
 *  formed. Zod alone stops at the first fault of a branch (an unknown key, an invalid name), so
 *  that a person would see the rest only on the next run. */

import { z } from "zod";
import { type Fault, pathText, shown } from "../plan/fault.ts";
import { nearest } from "../plan/nearest.ts";

/** Faults and what is left when they are taken away. */
export interface Walked {
  readonly faults: readonly Fault[];
  /** The well-formed part, with defaults; `undefined` where nothing is left of it. */
  readonly kept: unknown;
}

type Path = readonly string[];

const helpSchema = z.object({ allowed: z.string(), remedy: z.string() });

/** What a field's schema says about itself; the outermost words win. */
function helpOf(schema: z.core.$ZodType): z.infer<typeof helpSchema> {
  const own = helpSchema.safeParse(z.globalRegistry.get(schema));
  if (own.success) return own.data;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return helpOf(schema.unwrap());
  }
  return { allowed: "an object", remedy: "write an object, {} for all defaults" };
}

function misfit(schema: z.core.$ZodType, value: unknown, path: Path): Walked {
  const fault = { path: pathText(path), given: shown(value), ...helpOf(schema) };
  const byDefault = z.safeParse(schema, undefined);
  return { faults: [fault], kept: byDefault.success ? byDefault.data : undefined };
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function gather(parts: readonly (readonly [string, Walked])[]): Walked {
  return {
    faults: parts.flatMap(([, part]) => part.faults),
    kept: Object.fromEntries(
      parts.filter(([, part]) => part.kept !== undefined).map(([key, part]) => [key, part.kept]),
    ),
  };
}

function unknownKey(key: string, known: readonly string[], path: Path): Fault {
  const near = nearest(key, known);
  return {
    path: pathText([...path, key]),
    given: `an unknown key ${shown(key)}`,
    allowed: known.join(", "),
    remedy: near === undefined ? "take it out" : `write ${near}, or take it out`,
  };
}

function walkObject(schema: z.ZodObject, value: Record<string, unknown>, path: Path): Walked {
  const known = Object.keys(schema.shape);
  const fields = gather(
    Object.entries<z.core.$ZodType>(schema.shape).map(([key, field]) => [
      key,
      walk(field, value[key], [...path, key]),
    ]),
  );
  const strangers = Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => unknownKey(key, known, path));
  return { faults: [...strangers, ...fields.faults], kept: fields.kept };
}

function walkRecord(schema: z.ZodRecord, value: Record<string, unknown>, path: Path): Walked {
  const entries = gather(
    Object.entries(value).map(([key, entry]) => [
      key,
      walk(schema.valueType, entry, [...path, key]),
    ]),
  );
  const names = Object.keys(value)
    .filter((key) => !z.safeParse(schema.keyType, key).success)
    .map((key) => ({
      path: pathText([...path, key]),
      given: `the name ${shown(key)}`,
      ...helpOf(schema.keyType),
    }));
  return { faults: [...names, ...entries.faults], kept: entries.kept };
}

function walkArray(schema: z.ZodArray, value: readonly unknown[], path: Path): Walked {
  const parts = value.map((entry, index) => walk(schema.element, entry, [...path, String(index)]));
  return {
    faults: parts.flatMap((part) => part.faults),
    kept: parts
      .map((part) => part.kept)
      .filter((part) => z.safeParse(schema.element, part).success),
  };
}

/** Finds every fault of shape in `value`. Never throws. */
export function walk(schema: z.core.$ZodType, value: unknown, path: Path = []): Walked {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return { faults: [], kept: parsed.data };
  const inner = innerOf(schema, value);
  if (inner instanceof z.ZodObject && isPlainObject(value)) return walkObject(inner, value, path);
  if (inner instanceof z.ZodRecord && isPlainObject(value)) return walkRecord(inner, value, path);
  if (inner instanceof z.ZodArray && Array.isArray(value)) return walkArray(inner, value, path);
  return misfit(schema, value, path);
}

/** The schema that speaks about a given value: past defaults, and in a union the object's. */
function innerOf(schema: z.core.$ZodType, value: unknown): z.core.$ZodType {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  ) {
    return innerOf(schema.unwrap(), value);
  }
  if (schema instanceof z.ZodUnion && isPlainObject(value)) {
    return schema.options.find((option) => option instanceof z.ZodObject) ?? schema;
  }
  return schema;
}

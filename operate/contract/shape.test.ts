import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  anyText,
  choice,
  fit,
  integer,
  list,
  mapped,
  Misfit,
  nullable,
  object,
  oneOf,
  openObject,
  optional,
  record,
  text,
  textLike,
  truth,
  withDefault,
} from "./shape.ts";

const person = object({
  name: text,
  age: integer(0, 150),
  nick: optional(text),
  tags: withDefault(list(text), []),
});

function faultsOf(read: () => unknown): string {
  try {
    read();
  } catch (problem) {
    if (problem instanceof Misfit) {
      return problem.message;
    }
    throw problem;
  }
  return "none";
}

describe("a shape", () => {
  test("gives the value with its defaults", () => {
    expect(person.parse({ name: "Ada", age: 36 })).toEqual({ name: "Ada", age: 36, tags: [] });
  });

  test("tells every fault at once, with its place, what was given and what is allowed", () => {
    const given = { name: "", age: 200, tags: ["a", 1], extra: true };

    expect(faultsOf(() => person.parse(given))).toBe(
      'name: given "", allowed: text that is not empty; ' +
        "age: given 200, allowed: an integer from 0 to 150; " +
        "tags[1]: given 1, allowed: text that is not empty; " +
        "extra: given true, allowed: no such key",
    );
  });

  test("names a field that is missing", () => {
    expect(faultsOf(() => person.parse({ age: 1 }))).toBe(
      "name: given nothing, allowed: text that is not empty",
    );
  });

  test("refuses what is not an object where one must be", () => {
    expect(faultsOf(() => person.parse([]))).toBe("the value: given [], allowed: an object");
    expect(faultsOf(() => person.parse(null))).toBe("the value: given null, allowed: an object");
  });

  test("does not take an inherited name for a known key", () => {
    const given = JSON.parse('{"name":"Ada","age":1,"constructor":1}') as unknown;

    expect(faultsOf(() => person.parse(given))).toBe("constructor: given 1, allowed: no such key");
  });

  test("keeps lists within their length", () => {
    expect(faultsOf(() => list(text, 1, 2).parse([]))).toBe(
      "the value: given [], allowed: a list of 1 to 2",
    );
    expect(list(text, 1, 2).parse(["a", "b"])).toEqual(["a", "b"]);
  });

  test("drops foreign keys of an open object", () => {
    expect(openObject({ a: text }).parse({ a: "x", b: 1 })).toEqual({ a: "x" });
  });

  test("turns a value into another only when it fits", () => {
    const upper = mapped(anyText, (value) => value.toUpperCase());

    expect(upper.parse("ab")).toBe("AB");
    expect(faultsOf(() => upper.parse(1))).toBe("the value: given 1, allowed: text");
  });

  test("tells the faults of the nearest alternative", () => {
    const answer = choice(
      object({ ok: oneOf(true), value: text }),
      object({ ok: oneOf(false), why: text }),
    );

    expect(answer.parse({ ok: false, why: "x" })).toEqual({ ok: false, why: "x" });
    expect(faultsOf(() => answer.parse({ ok: false, why: "" }))).toBe(
      'why: given "", allowed: text that is not empty',
    );
  });

  test("keeps null apart from absent", () => {
    expect(nullable(text).parse(null)).toBeNull();
    expect(fit(nullable(text), undefined)).toEqual({
      misfit: "the value: given nothing, allowed: text that is not empty",
    });
  });

  test("checks text against its form", () => {
    expect(fit(textLike(/^\/.*\/$/, "a directory"), "/a")).toEqual({
      misfit: 'the value: given "/a", allowed: a directory',
    });
  });

  test("takes whatever it has given, for any value that fits", () => {
    const fits = fc.record(
      {
        name: fc.string({ minLength: 1 }),
        age: fc.integer({ min: 0, max: 150 }),
        nick: fc.string({ minLength: 1 }),
        tags: fc.array(fc.string({ minLength: 1 })),
      },
      { requiredKeys: ["name", "age"] },
    );
    fc.assert(
      fc.property(fits, (given) => {
        const once = person.parse(given);

        expect(person.parse(JSON.parse(JSON.stringify(once)))).toEqual(once);
      }),
    );
  });

  test("ends in a value or a misfit for any JSON at all", () => {
    const anything = object({
      flag: truth,
      map: record(person),
      either: choice(object({ a: text }), object({ b: nullable(list(truth)) })),
    });
    fc.assert(
      fc.property(fc.jsonValue(), (given) => {
        const read = fit(anything, given);

        expect("value" in read || read.misfit !== "").toBe(true);
      }),
    );
  });
});

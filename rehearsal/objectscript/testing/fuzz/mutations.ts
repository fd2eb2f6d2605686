/** What a tired hand does to a program: pieces are cut, doubled and swapped. */

import fc from "fast-check";

/** One change. `at` and `size` count characters or words; they wrap around. */
interface Mutation {
  readonly what: "cut" | "double" | "swap" | "replace" | "repeat";
  readonly unit: "characters" | "words";
  readonly at: number;
  readonly size: number;
  /** What is put in by `replace`. */
  readonly text: string;
}

/** How often `repeat` repeats: more than any stack that recursion could end on. */
const many = 5_000;

const strange = [
  '"', "(", ")", "{", "}", "[", "]", "@", "^", "$", ".", "..", "#", "##", "&", "'", "|", "?", ":", ",",
  "\t", "  ", "/*", "//", ";", "\\", "\u0000", "\u00e4", "\u{1f600}", "$$", "...", "-", "+",
  "1E999",
] as const; // prettier-ignore

/** One to three changes; a repeated piece is rare, because it is slow. */
export const anyMutations: fc.Arbitrary<Mutation[]> = fc.array(
  fc.record({
    what: fc.oneof(
      { weight: 60, arbitrary: fc.constantFrom("cut", "double", "swap", "replace") },
      { weight: 1, arbitrary: fc.constant("repeat" as const) },
    ),
    unit: fc.constantFrom("characters", "words"),
    at: fc.nat({ max: 10_000 }),
    size: fc.integer({ min: 1, max: 6 }),
    text: fc.constantFrom(...strange),
  }),
  { minLength: 1, maxLength: 3 },
);

const wordPattern = /[\p{L}%$]+|\d+|"[^"\n]*"|\s+|[^]/gu;

/** The text after all changes, one after the other. */
export function mutated(text: string, mutations: readonly Mutation[]): string {
  return mutations.reduce((current, mutation) => apply(current, mutation), text);
}

function apply(text: string, { what, unit, at, size, text: put }: Mutation): string {
  const units = unit === "words" ? (text.match(wordPattern) ?? []) : Array.from(text);
  const start = units.length === 0 ? 0 : at % units.length;
  const before = units.slice(0, start).join("");
  const piece = units.slice(start, start + size).join("");
  const next = units.slice(start + size, start + 2 * size).join("");
  const rest = units.slice(start + 2 * size).join("");
  switch (what) {
    case "cut":
      return before + next + rest;
    case "double":
      return before + piece + piece + next + rest;
    case "swap":
      return before + next + piece + rest;
    case "replace":
      return before + put + next + rest;
    case "repeat":
      return before + piece.repeat(many) + next + rest;
  }
}

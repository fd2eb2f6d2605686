/** Random data for property tests of the storage. */

import fc from "fast-check";

/** Text of any 16-bit characters: also 0, and halves of surrogate pairs. */
export const anyText = fc
  .array(
    fc.oneof(
      fc.integer({ min: 32, max: 126 }),
      fc.constantFrom(0, 1, 255, 0x7f, 0x80, 0x7ff, 0x800, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xffff),
      fc.integer({ min: 0, max: 0xffff }),
    ),
    { maxLength: 12 },
  )
  .map((units) => String.fromCharCode(...units));

const decimalNumber = fc
  .tuple(fc.integer({ min: -99999, max: 99999 }), fc.integer({ min: -8, max: 8 }))
  .map(([digits, exponent]) => canonical(digits, exponent));

/** `digits * 10^exponent` in canonical form. */
function canonical(digits: number, exponent: number): string {
  const text = (digits * 10 ** exponent).toFixed(Math.max(0, -exponent));
  const short = text.includes(".") ? text.replace(/0+$/, "").replace(/\.$/, "") : text;
  const plain = short.replace(/^(-?)0\./, "$1.");
  return plain === "-0" || plain === "-" || plain === "" ? "0" : plain;
}

/** Subscripts of every kind: `""`, numbers, what only looks like one, other text. */
export const anySubscript = fc.oneof(
  fc.constant(""),
  fc.integer({ min: -20, max: 20 }).map(String),
  decimalNumber,
  fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }).map(String),
  fc.constantFrom(
    "007",
    "1.0",
    "-0",
    "-",
    ".",
    "+1",
    "1E3",
    "9223372036854775807",
    "a",
    "a\0",
    "B",
  ),
  anyText,
);

/** Subscripts a global may have: no empty ones, and few different ones so that they meet. */
export const nodeSubscript = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: -3, max: 12 }).map(String) },
  { weight: 2, arbitrary: fc.constantFrom("a", "ab", "b", "a\0", "10x", ".5", "-1.25") },
  { weight: 1, arbitrary: anySubscript.filter((text) => text !== "") },
);

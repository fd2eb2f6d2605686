import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, type ContainerSpecification, specificationHash } from "./specification.ts";

const specification: fc.Arbitrary<ContainerSpecification> = fc.record({
  name: fc.string(),
  image: fc.string(),
  hostname: fc.string(),
  network: fc.string(),
  command: fc.array(fc.string(), { maxLength: 3 }),
  environment: fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 }),
  mounts: fc.array(fc.record({ volume: fc.string(), target: fc.string() }), { maxLength: 2 }),
  ports: fc.array(fc.record({ address: fc.string(), host: fc.nat(), inside: fc.nat() }), {
    maxLength: 2,
  }),
  stopGraceSeconds: fc.nat(),
  init: fc.boolean(),
});

/** The same value with its keys inserted the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, part]) => [key, turned(part)]),
  );
}

describe("the hash of a specification", () => {
  it("does not depend on the order of keys", () => {
    fc.assert(
      fc.property(specification, (one) => {
        expect(specificationHash(turned(one) as ContainerSpecification)).toBe(
          specificationHash(one),
        );
      }),
    );
  });

  it("differs whenever anything else differs, the order of words included", () => {
    fc.assert(
      fc.property(specification, specification, (one, other) => {
        expect(specificationHash(one) === specificationHash(other)).toBe(
          canonicalJson(one) === canonicalJson(other),
        );
      }),
    );
    fc.assert(
      fc.property(specification, fc.string(), fc.string(), (one, first, second) => {
        fc.pre(first !== second);
        const hash = (command: string[]) => specificationHash({ ...one, command });

        expect(hash([first, second])).not.toBe(hash([second, first]));
      }),
    );
  });
});

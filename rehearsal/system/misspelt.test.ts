/** A slip of the pen in the name of a class or a class method is never taken for a call. */

import { expect, it } from "vitest";
import { misspellings } from "../objectscript/testing/misspellings.ts";
import { sharedInstance } from "./testing/shared-instance.ts";

const instance = sharedInstance();

interface Call {
  readonly className: string;
  readonly method: string;
}

const refusals = /<SYNTAX>|<METHOD DOES NOT EXIST>|<CLASS DOES NOT EXIST>|not simulated: /;

/** Calls whose answer is no refusal of the name. */
async function accepted(calls: readonly Call[]): Promise<string[]> {
  const lines = calls.map(({ className, method }) => `do ##class(${className}).${method}()`);
  const answers = await instance.lines("%SYS", ...lines);
  return lines.filter((_, index) => !refusals.test(answers[index] ?? ""));
}

/** With the letter case of the first letter changed too: names of methods depend on it. */
function slipsOf(name: string, isName: (slip: string) => boolean): string[] {
  const first = name.charAt(0);
  const other = first === first.toUpperCase() ? first.toLowerCase() : first.toUpperCase();
  const turned = other + name.slice(1);
  return [...misspellings(name, isName), ...(turned === name || isName(turned) ? [] : [turned])];
}

it("methods are errors", async () => {
  const calls = instance.natives.flatMap(({ name: className, classMethods }) =>
    Object.keys(classMethods).flatMap((name) =>
      slipsOf(name, (slip) => Object.hasOwn(classMethods, slip)).map((method) => ({
        className,
        method,
      })),
    ),
  );
  expect(calls.length).toBeGreaterThan(500);
  expect(await accepted(calls)).toEqual([]);
}, 60_000);

it("classes are errors", async () => {
  const names = new Set(instance.natives.map(({ name }) => name));
  const calls = instance.natives.flatMap(({ name, classMethods }) =>
    slipsOf(name, (slip) => names.has(slip)).map((className) => ({
      className,
      method: Object.keys(classMethods)[0] ?? "%New",
    })),
  );
  expect(calls.length).toBeGreaterThan(100);
  expect(await accepted(calls)).toEqual([]);
}, 60_000);

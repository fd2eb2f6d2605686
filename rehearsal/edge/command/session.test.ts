import { describe, expect, it } from "vitest";
import { parseSessionOptions } from "./session.ts";

describe("the command line of iris session", () => {
  it.for([
    [["-U", "%SYS"], "%SYS", undefined],
    [["-U%SYS"], "%SYS", undefined],
    [["-B"], undefined, undefined],
    [["-U", "USER", "##class(C).M(1)"], "USER", "##class(C).M(1)"],
    [["label^routine"], undefined, "label^routine"],
    [["-b", "1024", "-U", "X"], "X", undefined],
  ] as const)("%j", ([words, namespace, entry]) => {
    expect(parseSessionOptions(words)).toEqual({ namespace, entry });
  });

  it("refuses what it does not know", () => {
    expect(() => parseSessionOptions(["-X"])).toThrow("not simulated: option -X");
    expect(() => parseSessionOptions(["-U"])).toThrow("-U needs a namespace");
    expect(() => parseSessionOptions(["a^b", "c"])).toThrow('Unexpected argument "c"');
  });
});

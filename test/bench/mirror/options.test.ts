import { describe, expect, it } from "vitest";
import { readOptions } from "./options.ts";

const read = (line: string) => readOptions(line.split(" ").filter(Boolean));
const usual = { records: 1_000_000, members: 16, rate: 2000, seconds: 30, only: undefined };

describe("the command line of bench:mirror", () => {
  it.for([
    ["", usual],
    ["--records 5 --members 2", { ...usual, records: 5, members: 2 }],
    ["--rate=100 --seconds=7", { ...usual, rate: 100, seconds: 7 }],
    ["--only keep-up", { ...usual, only: "keep-up" }],
    ["--help", undefined],
  ] as const)("understands %j", ([line, wish]) => {
    expect(read(line)).toEqual(wish);
  });

  it.for([
    ["--members 17", "2 to 16"],
    ["--members 1", "2 to 16"],
    ["--rate fast", "10 to 1000000"],
    ["--seconds 1e3", "1 to 3600"],
    ["--only both", "catch-up or keep-up"],
    ["7", "7"],
  ] as const)("refuses %j and says what is allowed", ([line, allowed]) => {
    expect(() => read(line)).toThrow(allowed);
  });
});

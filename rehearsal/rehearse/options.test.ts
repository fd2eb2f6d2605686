import { describe, expect, it } from "vitest";
import { readWish } from "./options.ts";

const read = (line: string) =>
  readWish(line.split(" ").filter(Boolean), ["lost-all", "start-both"]);

describe("the command line of rehearse", () => {
  it.for([
    ["", { do: "seeds", seeds: 1000, events: 2000 }],
    ["--seeds 20", { do: "seeds", seeds: 20, events: 2000 }],
    ["--seeds=20 --events 500", { do: "seeds", seeds: 20, events: 500 }],
    ["--seed 7", { do: "seed", seed: 7, events: 2000 }],
    ["--story lost-all", { do: "story", story: "lost-all", seed: 1 }],
    ["--story lost-all --seed 3", { do: "story", story: "lost-all", seed: 3 }],
    ["--list", { do: "list" }],
    ["--help", { do: "help" }],
    ["-h --seeds x", { do: "help" }],
  ] as const)("understands %j", ([line, wish]) => {
    expect(read(line)).toEqual(wish);
  });

  it.for([
    ["--seeds 0", "1 to 10000000"],
    ["--seeds many", "1 to 10000000"],
    ["--seed -1", "--seed"],
    ["--seed 1e3", "1 to 4294967295"],
    ["--events 0", "1 to 1000000"],
    ["--seeds 5 --seed 5", "one of them"],
    ["--seeds 5 --story lost-all", "one of them"],
    ["--story lost-all --events 5", "--events"],
    ["--story lost", "lost-all\n  start-both"],
    ["--speed", "--speed"],
    ["7", "7"],
  ] as const)("refuses %j and says what is allowed", ([line, allowed]) => {
    const wish = read(line);

    expect(wish.do).toBe("refuse");
    expect(wish.do === "refuse" ? wish.why : "").toContain(allowed);
  });
});

/** Many seeds on all processors. What it does not show: how fast; the command prints that. */

import { describe, expect, it } from "vitest";
import { closing } from "./report.ts";
import { playSeeds } from "./seeds.ts";

describe("playing many seeds", () => {
  it("plays each of them once, with as many events as asked for", async () => {
    const progress: number[] = [];
    const tally = await playSeeds({
      seeds: 25,
      events: 300,
      onProgress: ({ runs }) => progress.push(runs),
    });

    expect(tally).toMatchObject({ runs: 25, failed: [] });
    expect(tally.events).toBeGreaterThanOrEqual(25 * 300);
    expect(progress).toHaveLength(3);
    expect(closing({ seeds: 25, events: 300 }, tally)).toMatchObject({ exitCode: 0 });
  });

  it("names the seeds that failed, shows their picture and how to repeat them", async () => {
    const worker = new URL("./testing/failing-worker.ts", import.meta.url);
    const tally = await playSeeds({ seeds: 30, events: 300, worker });
    const { lines, exitCode } = closing({ seeds: 30, events: 300 }, tally);

    expect(exitCode).toBe(1);
    expect(lines.join("\n")).toContain("4 of 30 seeds failed: 7, 14, 21, 28");
    expect(lines).toContain("seed 7");
    expect(lines.join("\n")).toContain("npm run rehearse -- --seed 7 --events 300");
  });
});

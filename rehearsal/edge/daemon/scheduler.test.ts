import { describe, expect, it } from "vitest";
import type { Running } from "../../objectscript/host.ts";
import { Scheduler } from "./scheduler.ts";

function* endless(): Running<string> {
  for (;;) yield { kind: "slice" };
}

function* counting(to: number): Running<number> {
  for (let count = 0; count < to; count++) yield { kind: "slice" };
  return to;
}

describe("the scheduler", () => {
  it("lets others run beside an endless loop", async () => {
    const scheduler = new Scheduler();
    const loop = scheduler.run(endless());

    expect(await scheduler.run(counting(10_000)).done).toBe(10_000);

    loop.end("ended from outside");
    expect(await loop.done).toBe("ended from outside");
  });

  it("lets the event loop run beside an endless loop", async () => {
    const scheduler = new Scheduler();
    const loop = scheduler.run(endless());

    await new Promise((resolve) => setImmediate(resolve));

    loop.end("over");
    await loop.done;
  });

  it("goes on when what a process waits for has happened, also when it failed", async () => {
    function* waiting(): Running<string> {
      yield { kind: "wait", until: Promise.reject(new Error("lost")) };
      yield { kind: "wait", until: Promise.resolve() };
      return "went on";
    }

    expect(await new Scheduler().run(waiting()).done).toBe("went on");
  });

  it("ends a process that waits for ever, and its finally block may wait itself", async () => {
    const steps: string[] = [];
    function* waiting(): Running<string> {
      try {
        yield { kind: "wait", until: new Promise(() => undefined) };
      } finally {
        steps.push("finally");
        yield { kind: "wait", until: Promise.resolve() };
        steps.push("after its wait");
      }
      return "never";
    }
    const task = new Scheduler().run(waiting());
    await new Promise((resolve) => setImmediate(resolve));

    task.end("ended");

    expect(await task.done).toBe("ended");
    expect(steps).toEqual(["finally", "after its wait"]);
  });

  it("hands on what a process throws", async () => {
    // eslint-disable-next-line require-yield -- a process that fails at once
    function* failing(): Running<string> {
      throw new Error("inside");
    }

    await expect(new Scheduler().run(failing()).done).rejects.toThrow("inside");
  });
});

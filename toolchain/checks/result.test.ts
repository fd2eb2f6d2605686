import { describe, expect, it } from "vitest";
import { closingLine, fromGo, fromVitest, notRun, single } from "./result.mjs";
import { remainsCheck } from "./remains.mjs";

describe("a run of Vitest", () => {
  const report = JSON.stringify({
    numPassedTests: 3,
    numFailedTests: 1,
    numPendingTests: 1,
    numTodoTests: 1,
  });

  it("counts what its report counts", () => {
    expect(fromVitest("unit", 1, report)).toMatchObject({ passed: 3, failed: 1, skipped: 2 });
  });

  it("has failed when it broke, whatever it counted", () => {
    const good = JSON.stringify({ numPassedTests: 3, numFailedTests: 0 });

    expect(fromVitest("unit", 1, good)).toMatchObject({ passed: 3, failed: 1 });
    expect(fromVitest("unit", 1, "")).toMatchObject({ passed: 0, failed: 1 });
  });
});

describe("a run of go test", () => {
  const event = (Action: string, Test?: string) => JSON.stringify({ Action, Test });

  it("counts tests, not packages", () => {
    const events = [event("run", "A"), event("pass", "A"), event("skip", "B"), event("pass")];

    expect(fromGo("go", 0, events.join("\n"))).toMatchObject({ passed: 1, failed: 0, skipped: 1 });
  });

  it("has failed when it did not compile", () => {
    expect(fromGo("go", 1, "not JSON")).toMatchObject({ passed: 0, failed: 1 });
  });
});

describe("the closing line", () => {
  it("adds everything up", () => {
    const results = [single("format", true), fromGo("go", 0, '{"Action":"pass","Test":"A"}')];

    expect(closingLine(results)).toBe("2 passed, 0 failed");
  });

  it("tells what was skipped only when something was", () => {
    const results = [single("lint", false, "why"), notRun("scenarios", "no Docker")];

    expect(closingLine(results)).toBe("0 passed, 1 failed, 1 skipped");
  });
});

describe("nothing is left behind", () => {
  it("when everything that is there was there before", () => {
    expect(remainsCheck(["container dev-a"], ["container dev-a"]).failed).toBe(0);
    expect(remainsCheck([], ["volume test-a"])).toMatchObject({
      failed: 1,
      remark: "volume test-a",
    });
  });
});

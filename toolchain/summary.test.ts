import { describe, expect, it } from "vitest";
import { checkLines, memberLines, nextLines, timeLine } from "./summary.mjs";

describe("the summary of npm run up", () => {
  it("has a line for each member: role, address, session", () => {
    const members = {
      mirrorA: { role: "Primary", url: "http://localhost:52775/", session: "docker exec a" },
      arbiterless: { role: "Backup", session: "docker exec b" },
    };

    const lines = memberLines({
      mirrorName: "MIRRORSET",
      failoverMode: "arbiter controlled",
      members,
    });

    expect(lines).toEqual([
      "Mirror MIRRORSET, arbiter controlled",
      "  mirrorA      Primary  http://localhost:52775/  docker exec a",
      "  arbiterless  Backup                            docker exec b",
    ]);
  });

  it("says that a mirror with one failover member cannot fail over", () => {
    expect(memberLines({ mirrorName: "M", failoverMode: "single member", members: {} })).toEqual([
      "Mirror M, single member",
      "  A failover is impossible: there is one failover member.",
    ]);
  });

  it("bears outputs that are missing or secret", () => {
    expect(memberLines({})).toEqual(["Mirror ?"]);
    const secret: unknown = { mirrorName: "M", members: "[secret]" };
    expect(memberLines(secret as Parameters<typeof memberLines>[0])).toEqual(["Mirror M"]);
  });

  it("tells what was verified, and nothing where nothing was", () => {
    expect(checkLines({ checks: ["a record was read"] })).toEqual([
      ...["", "Verified:", "  a record was read"],
    ]);
    expect([checkLines({}), checkLines({ checks: [] })]).toEqual([[], []]);
    const secret: unknown = { checks: "[secret]" };
    expect(checkLines(secret as Parameters<typeof checkLines>[0])).toEqual([]);
  });

  it("names the stack in the next commands only where it must be named", () => {
    expect(nextLines("dev", true, false).join("\n")).toMatch(/npm run up +repairs/);
    expect(nextLines("test", false, false).join("\n")).toMatch(/npm run up -- test +repairs/);
  });

  it("says how to stop an engine only where one was started", () => {
    expect(nextLines("dev", true, true).join("\n")).toContain("npm run engine -- stop");
    expect(nextLines("dev", true, false).join("\n")).not.toContain("engine");
  });

  it("shows where the time went, without what took none", () => {
    const phases = [
      { title: "Installing npm packages", ms: 30 },
      { title: "Building pulumi", ms: 125_000 },
      { title: "pulumi up", ms: 9_500 },
    ];

    expect(timeLine(phases)).toBe(
      "Time: Building pulumi 2 min 5 s; pulumi up 9.5 s; together 2 min 15 s",
    );
  });
});

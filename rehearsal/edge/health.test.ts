import { expect, it } from "vitest";
import { Health } from "./health.ts";

const at = (minutes: number): Date => new Date(minutes * 60_000);

it("a severe message makes it alert for thirty minutes, or until somebody says that it is ok", () => {
  const health = new Health();
  health.note(1, at(0));
  expect(health.word(at(0))).toBe("ok");
  health.note(2, at(1));
  health.note(0, at(2));
  expect(health.word(at(30))).toBe("alert");
  expect(health.word(at(31))).toBe("ok");
  health.note(3, at(40));
  expect(health.word(at(41))).toBe("alert");
  health.reset();
  expect(health.word(at(41))).toBe("ok");
});

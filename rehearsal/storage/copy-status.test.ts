import { expect, test } from "vitest";
import { copyStatus, type CopySituation } from "./copy-status.ts";

const healthy: CopySituation = {
  isPrimary: false,
  isMounted: true,
  isInCatalogue: true,
  hasRightGuid: true,
  isActivated: true,
  isCaughtUp: true,
  isCatchupRunning: false,
  isStopped: false,
  isCurrent: false,
};

test.each<[Partial<CopySituation>, string]>([
  [{}, "Dejournaling"],
  [{ isPrimary: true, isCurrent: true }, "Normal"],
  [{ isPrimary: true }, "Needs Catchup"],
  [{ isCaughtUp: false }, "Needs Catchup"],
  [{ isCaughtUp: false, isCatchupRunning: true }, "Catchup Running"],
  [{ isActivated: false, isCaughtUp: false }, "Needs Activation"],
  [{ isStopped: true }, "Dejournaling Stopped"],
  [{ isMounted: false }, "Database Dismounted"],
  [{ isInCatalogue: false }, "Orphaned"],
  [{ hasRightGuid: false, isActivated: false }, "Obsolete"],
])("a copy with %j is %s", (different, word) => {
  expect(copyStatus({ ...healthy, ...different })).toBe(word);
});

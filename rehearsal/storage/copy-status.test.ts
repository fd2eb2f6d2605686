import { expect, test } from "vitest";
import { copyStatus, type CopySituation } from "./copy-status.ts";

const healthy: CopySituation = {
  isPrimary: false,
  isMounted: true,
  isInCatalogue: true,
  hasRightGuid: true,
  needsDownload: false,
  isDownloading: false,
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
  [{ needsDownload: true, isActivated: false, isCaughtUp: false }, "Needs Download"],
  [{ needsDownload: true, isDownloading: true, isActivated: false }, "Downloading"],
  [{ needsDownload: true, isMounted: false }, "Database Dismounted"],
  [{ isStopped: true }, "Dejournaling Stopped"],
  [{ isMounted: false }, "Database Dismounted"],
  [{ isInCatalogue: false }, "Orphaned"],
  [{ hasRightGuid: false, isActivated: false }, "Obsolete"],
])("a copy with %j is %s", (different, word) => {
  expect(copyStatus({ ...healthy, ...different })).toBe(word);
});

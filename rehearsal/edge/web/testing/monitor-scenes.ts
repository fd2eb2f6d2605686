/** Members a person may look at. */

import { memberIn, peerB } from "../../../core/testing/scenes.ts";
import type { CopyRow } from "../../../storage/mirrored-copies.ts";
import type { CatalogueEntry } from "../../../storage/types.ts";

/** Primary of a pair that is ready for a failover. */
export const healthyPrimary = memberIn(
  { name: "primary", lineage: "A1" },
  {
    peers: { B: peerB("active") },
    arbiter: { isConnected: true, seesPartner: true },
    control: { kind: "arbiter", epoch: { lineage: "A1", number: 7 }, isShared: true },
    reports: [
      { name: "A", isConnected: true, isActive: false, isCaughtUp: true },
      { name: "B", isConnected: true, isActive: true, isCaughtUp: true },
    ],
  },
);

/** Backup whose primary is gone and whose partner's agent does not answer. */
export const bereavedBackup = memberIn({
  name: "bereaved",
  primary: "B",
  question: undefined,
  isExplained: true,
  wasActive: true,
});

/** Primary that lost its active backup. */
export const troubledPrimary = memberIn({
  name: "trouble",
  lineage: "A1",
  isBounded: true,
  question: undefined,
});

/** A database as it should be on a primary. */
export const normal: CopyRow = {
  name: "COMPANY",
  directory: "/dur/company/",
  mirror: "MIR",
  status: "Normal",
  position: { file: 1, offset: 100 },
  isMounted: true,
};

/** A database of the mirror that is not configured on the member. */
export const missing: CatalogueEntry = {
  database: "LOST",
  databaseGuid: "guid-LOST",
  directory: "/old/lost/",
  hadData: false,
  added: { file: 1, offset: 100 },
};

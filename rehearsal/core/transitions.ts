/** The whole life of a member as one table. `step` takes the first row that applies; a phase
 *  changes in no other way. The diagram of README.md is made from it. */

import type { Row } from "./machine.ts";
import { byHandRows } from "./transitions-by-hand.ts";
import { asyncRows } from "./transitions-async.ts";
import { operatorRows } from "./transitions-operate.ts";
import { followRows, primaryRows } from "./transitions-serve.ts";
import { startRows } from "./transitions-start.ts";
import { checkTable } from "./table-check.ts";

/** All rows, in the order in which they are tried. */
export const transitions: readonly Row[] = checkTable([
  ...asyncRows,
  ...startRows,
  ...followRows,
  ...primaryRows,
  ...operatorRows,
  ...byHandRows,
]);

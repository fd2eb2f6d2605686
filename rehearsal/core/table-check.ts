/** The table is well formed, or the engine does not start. */

import type { Row } from "./machine.ts";
import type { PhaseName } from "./phases.ts";

/** Where every instance begins. */
const firstPhase: PhaseName = "off";

/** The table as it is.
 *  @throws Error naming everything that is wrong with it */
export function checkTable(rows: readonly Row[]): readonly Row[] {
  const faults = [...doubleIds(rows), ...shadowed(rows), ...unreachable(rows), ...silent(rows)];
  if (faults.length > 0) throw new Error(`The transition table is wrong: ${faults.join("; ")}`);
  return rows;
}

function doubleIds(rows: readonly Row[]): string[] {
  return rows
    .filter((row, index) => rows.findIndex((other) => other.id === row.id) !== index)
    .map((row) => `two rows are called ${row.id}`);
}

/** A row behind one without a guard, for the same phase and event, can never apply. */
function shadowed(rows: readonly Row[]): string[] {
  return rows.flatMap((row, index) =>
    row.from
      .filter((phase) =>
        rows
          .slice(0, index)
          .some(
            (earlier) =>
              earlier.when === undefined &&
              earlier.event === row.event &&
              earlier.from.includes(phase),
          ),
      )
      .map((phase) => `${row.id} is shadowed in phase ${phase}`),
  );
}

function unreachable(rows: readonly Row[]): string[] {
  const reached = new Set<PhaseName>([firstPhase]);
  for (let before = 0; before !== reached.size;) {
    before = reached.size;
    for (const row of rows) if (row.from.some((name) => reached.has(name))) reached.add(row.to);
  }
  const named = new Set(rows.flatMap((row) => [...row.from, row.to]));
  return [...named]
    .filter((name) => !reached.has(name))
    .map((name) => `phase ${name} is never reached`);
}

/** Every row argues for itself. */
function silent(rows: readonly Row[]): string[] {
  return rows
    .filter(({ why, source, from }) => why === "" || source === "" || from.length === 0)
    .map(({ id }) => `${id} does not say why, whence, or from where`);
}

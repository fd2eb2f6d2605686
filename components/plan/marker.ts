/** The drift marker: the value of a step's environment that makes Pulumi run it again. */

/** What stands in the environment of a step that never had to repair anything. */
export const noDrift = "none";

/** Markers in the state by step; a step that is not there was never run to its end. */
export type StoredMarkers = Readonly<Record<string, string>>;

/** Markers by step for this run; null for a step that has nothing to repair. */
export type Markers = Readonly<Record<string, string | null>>;

/** What closes the markers of one run. It must differ from every marker of the past, or the same
 *  drift would go unrepaired when it comes again; and it must be the same in a preview and in the
 *  `up` that follows, so it is no clock: it counts on from what the state has. */
function repairNumber(stored: StoredMarkers): number {
  const past = Object.values(stored).flatMap((marker) => {
    const number = /\(repair (\d+)\)$/.exec(marker)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
  return Math.max(0, ...past) + 1;
}

/** Markers from words of drift. A step without words gets none, and neither does one that the
 *  state does not know: it is created anyway. */
export function markersOf(
  words: Readonly<Record<string, readonly string[]>>,
  stored: StoredMarkers,
): Markers {
  const number = repairNumber(stored);
  return Object.fromEntries(
    Object.entries(words).map(([step, found]) => [
      step,
      found.length === 0 || !Object.hasOwn(stored, step)
        ? null
        : `${found.join("; ")} (repair ${number})`,
    ]),
  );
}

/** The known word nearest to a misspelt one. */

/** Beyond this share of changed letters two words have nothing to do with each other. */
const furthestShare = 0.5;

/** Number of letters to add, drop or change to get from one word to the other. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let at = 1; at <= from.length; at++) {
    const next = [at];
    for (let other = 1; other <= to.length; other++) {
      const changed = (row[other - 1] ?? 0) + (from[at - 1] === to[other - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[other] ?? 0) + 1, (next[other - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}

/** The nearest of the known words, or `undefined` where none resembles the given one. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({
      candidate,
      far: distance(word.toLowerCase(), candidate.toLowerCase()),
    }))
    .filter(({ candidate, far }) => far <= Math.max(word.length, candidate.length) * furthestShare)
    .toSorted((one, other) => one.far - other.far);
  return ranked[0]?.candidate;
}

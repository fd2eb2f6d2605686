/** Slips of the pen, for tests. */

/** The name without one letter, with one twice, with two in each other's place, and with one that
 *  does not belong there: one of each kind, somewhere in the middle.
 *  @param isName names that these slips hit by chance, which are left out */
export function misspellings(name: string, isName: (slip: string) => boolean): string[] {
  const at = Math.floor(name.length / 2);
  const [before, here, behind] = [name.slice(0, at), name.charAt(at), name.slice(at + 1)];
  const slips = [
    before + behind,
    before + here + here + behind,
    before + behind.charAt(0) + here + behind.slice(1),
    `${name}q`,
  ];
  return [...new Set(slips)].filter((slip) => slip !== "" && slip !== name && !isName(slip));
}

/** How long a test may take that starts many instances or writes much. */

/** A start syncs a dozen files and a large test makes a few hundred of them: seconds on a quiet
 *  machine, ten times that on one that is shared. */
export const slowMs = 120_000;

/** What the state remembers of earlier runs, beside the markers of drift. */

/** A formed mirror is remembered as long as the state is; one without any step knows nothing. */
export interface Past {
  /** Whether a mirror was formed: `unknown` in a state that was lost or destroyed. */
  readonly formed: "yes" | "no" | "unknown";
  /** As what each member joined, by its key, in the words of `Eligibility`. */
  readonly joinedAs: Readonly<Record<string, string>>;
}

/** A state that is empty. */
export const noPast: Past = { formed: "unknown", joinedAs: {} };

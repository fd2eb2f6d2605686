/** Spans of time in words. */

/**
 * `0.4 s`, `12 s`, `3 min 5 s`.
 * @param {number} ms
 */
export function spanInWords(ms) {
  if (ms < 10_000) {
    return `${(ms / 1000).toFixed(1)} s`;
  }
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

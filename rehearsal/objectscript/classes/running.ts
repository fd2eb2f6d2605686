/** Results that may come at once or after pauses. */

import type { Running } from "../host.ts";

/** True for a coroutine. */
function isRunning<T>(result: T | Running<T>): result is Running<T> {
  return typeof result === "object" && result !== null && "next" in result && "throw" in result;
}

/** Waits for a result, if it has to be waited for. */
export function* finish<T>(result: T | Running<T>): Running<T> {
  return isRunning(result) ? yield* result : result;
}

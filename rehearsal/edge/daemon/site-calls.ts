/** Runs entry points of `^ZMIRROR` in processes of their own. */

import { isTrue } from "../../objectscript/numbers.ts";
import type { CallSite } from "../mirror/site-routine.ts";
import type { Processes } from "./processes.ts";
import { NullDevice } from "./session-device.ts";

/** Whoever calls them.
 *  @param processes asked late: the mirror is made before there are processes */
export function siteCalls(processes: () => Processes): CallSite {
  return async (entry) => {
    let answer: "absent" | "yes" | "no" | undefined;
    let error: Error | undefined;
    const started = processes().run(
      function* (process) {
        try {
          const returned = yield* process.callEntry(entry, "ZMIRROR");
          if (returned === undefined) answer = "absent";
          else answer = returned.value === undefined || isTrue(returned.value) ? "yes" : "no";
        } catch (thrown) {
          error = thrown instanceof Error ? thrown : new Error(String(thrown));
        }
        return 0;
      },
      { namespace: "%SYS", principal: new NullDevice() },
    );
    await started.done;
    if (error !== undefined) throw error;
    if (answer === undefined) throw new Error("its process was ended");
    return answer;
  };
}

/** `Backup.General`: the freeze before files of databases are copied from outside.
 *  Source: class reference Backup.General (ExternalFreeze, ExternalThaw, IsWDSuspended). Processes
 *  go on writing meanwhile; a freeze with WDSuspendLimit ends by itself after that many seconds. */

import { NotSimulated } from "../../objectscript/errors.ts";
import { isTrue } from "../../objectscript/numbers.ts";
import { finish } from "../../objectscript/classes/running.ts";
import type { NativeClass, NativeMethod, Running } from "../../objectscript/host.ts";
import { systemClock } from "../../storage/clock.ts";
import type { Value } from "../../objectscript/value.ts";
import { isError, statusText } from "../library/status.ts";
import { statusMethod } from "../support/answers.ts";
import { Refusal } from "../support/refusal.ts";
import type { Instance } from "../instance.ts";

/** Arguments of ExternalFreeze that mean something here, in the product's order. TimeOut and
 *  Verbose may be given: how long it may wait for the processes, which here takes no time, and what
 *  it tells on its way. */
const freezeArguments = { switchJournalFile: 2, limitSeconds: 9 } as const;

/** Further ones: a log, its text, the virtual machine, from when on updates wait, a user, the name
 *  of a file given back. */
const otherArguments = [0, 1, 4, 6, 7, 8];
const requiredFile = 10;

/** What `iris session` ends with when one of these is the call on its command line.
 *  Source: class reference. */
const directStatuses = { yes: 5, no: 3 } as const;

const otherMethods = [
  "AbortBackup",
  "AddDatabaseToList",
  "ClearAbortStatus",
  "ClearDatabaseList",
  "ExternalSetHistory",
  "GetAbortStatus",
  "GetDatabaseList",
  "IsBackupRunning",
  "QuiesceUpdates",
  "RemoveDatabaseFromList",
  "ResumeUpdates",
  "StartTask",
];

/** A method that returns a status and, on the command line, ends with 5 or 3.
 *  Assumed: what failed is printed there, where nobody else could say it. */
function telling(work: Parameters<typeof statusMethod>[0]): NativeMethod {
  const method = statusMethod(work);
  return function* (call, process): Running<Value> {
    const status = (yield* finish(method(call, process))) ?? "";
    const failed = isError(status);
    if (failed && process.isDirect) process.write(`${statusText(status)}\n`);
    process.setDirectStatus(failed ? directStatuses.no : directStatuses.yes);
    return status;
  };
}

/** The class on this instance. */
export function backupGeneral({ store }: Instance): NativeClass {
  let withoutLimit = (): void => undefined;
  const thaw = async (): Promise<void> => {
    withoutLimit();
    await store.thaw();
  };
  return {
    name: "Backup.General",
    namespace: "%SYS",
    classMethods: {
      ExternalFreeze: telling(async (call) => {
        if (otherArguments.some((index) => call.text(index) !== "") || call.length > requiredFile) {
          throw new NotSimulated(
            "ExternalFreeze with LogFile, Text, Hibernate, a user, RequiredFile",
          );
        }
        const switching = call.text(freezeArguments.switchJournalFile);
        const seconds = limitOf(call.text(freezeArguments.limitSeconds));
        // Assumed: the text of the product was not read.
        if (store.isFrozen) throw new Refusal(5001, "the system is suspended already");
        await store.freeze(switching === "" || isTrue(switching));
        if (seconds > 0) {
          withoutLimit = systemClock.after(seconds * 1000, () => void thaw());
        }
      }),
      // Assumed: nothing to thaw is no error.
      ExternalThaw: telling(thaw),
      IsWDSuspended: () => (store.isFrozen ? 1 : 0),
      // Assumed: besides the exit status it gives the same answer.
      IsWDSuspendedExt: (_, process) => {
        process.setDirectStatus(store.isFrozen ? directStatuses.yes : directStatuses.no);
        return store.isFrozen ? 1 : 0;
      },
    },
    // Source: class reference (signatures).
    mostArguments: { ExternalFreeze: 11, ExternalThaw: 3 },
    notSimulated: [...otherMethods],
  };
}

/** Seconds; none is no limit. @throws Refusal 407 for anything else */
function limitOf(text: string): number {
  const seconds = Number(text);
  if (!Number.isInteger(seconds) || seconds < 0) throw new Refusal(407, "WDSuspendLimit");
  return seconds;
}

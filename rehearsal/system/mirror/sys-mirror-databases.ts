/** The part of `SYS.Mirror` about mirrored databases.
 *  Source: class reference SYS.Mirror (AddDatabase, ActivateMirroredDatabase, CatchupDB,
 *  RemoveMirroredDatabase, PurgeJournalFiles). */

import { NotSimulated } from "../../objectscript/errors.ts";
import { isTrue } from "../../objectscript/numbers.ts";
import { decodeList, encodeList } from "../../objectscript/lists.ts";
import type { NativeMethod, Running } from "../../objectscript/host.ts";
import { directoryName } from "../../storage/configuration.ts";
import { Refusal } from "../support/refusal.ts";
import type { Value } from "../../objectscript/value.ts";
import type { Instance } from "../instance.ts";
import { awaiting, statusMethod } from "../support/answers.ts";

/** Its methods on this instance. */
export function sysMirrorDatabases(instance: Instance): Readonly<Record<string, NativeMethod>> {
  const { store } = instance;
  return {
    AddDatabase: statusMethod((call) => {
      const directory = directoryName(call.text(0));
      const name = call.text(1) === "" ? configuredName(instance, directory) : call.text(1);
      const mayEnableJournal = call.text(2) !== "0";
      return store.mirroredDatabases.add(directory, name.toUpperCase(), mayEnableJournal);
    }),
    ActivateMirroredDatabase: statusMethod((call) =>
      store.mirroredDatabases.activate(call.text(0), instance.mirror.view().isFailoverDatabase),
    ),
    RemoveMirroredDatabase: statusMethod((call) => store.mirroredDatabases.remove(call.text(0))),
    CatchupDB: catchUp(instance),
    PurgeJournalFiles: purgeJournalFiles(instance),
    ...(instance.profile.downloadsDatabases ? { DownloadMirrorDatabase: download(instance) } : {}),
  };
}

/** Fetches a copy that waits for its download, now.
 *  Source: seen live on 2026.1 (arguments, text of the refusal); absent in 2024.3. Assumed: without
 *  RunBackground it waits and says why nobody could give it; the download is tried again anyway. */
function download({ mirror, store }: Instance): NativeMethod {
  return statusMethod(async (call) => {
    const view = mirror.view();
    if (view.isMember === 0) throw new Refusal(2074);
    const set = call.text(0).toUpperCase();
    if (set !== "" && !view.mirrorNames.includes(set)) throw new Refusal(2051, call.text(0));
    const name = call.text(1).toUpperCase();
    if (!store.downloads.waiting().some(({ database }) => database === name)) {
      throw new Refusal(5001, `Existing mirror DB '${call.text(1)}' is not in Download mode`);
    }
    const fetched = mirror.fetchDatabase(name);
    const isInBackground = isTrue(call.text(2));
    const why = isInBackground ? undefined : await fetched;
    if (why !== undefined) throw new Refusal(5001, `Download of ${name} waits: ${why}`);
  });
}

/** The database must stand in `[Databases]`; its name there is the default in the mirror.
 *  @throws Refusal 473 */
function configuredName({ store }: Instance, directory: string): string {
  const found = store.configuration
    .databases()
    .find((database) => database.directory === directory && database.server === "");
  if (found === undefined) throw new Refusal(473, directory);
  return found.name;
}

/** Takes and gives system file numbers. Returns 1 when at least one was caught up. */
function catchUp({ store }: Instance): NativeMethod {
  return function* (call): Running<Value> {
    const wanted = decodeList(call.text(0)).map((item) => Number(item ?? -1));
    const entries = store.databases.list().filter(({ sfn }) => wanted.includes(sfn));
    const directories = entries.map(({ directory }) => directory);
    const failures = yield* awaiting(store.mirroredDatabases.catchUp(directories));
    const failed = entries.filter(({ directory }) =>
      failures.some((failure) => directoryName(failure.directory) === directory),
    );
    const unknown = wanted.filter((sfn) => !entries.some((entry) => entry.sfn === sfn));
    call.set(2, encodeList([...failed.map(({ sfn }) => sfn), ...unknown]));
    return failed.length < entries.length ? 1 : 0;
  };
}

/** Removes the mirror journal files that nobody needs.
 *  Source: GCDI_journal_purge_mirror for who keeps a file. Assumed: a person who asks wants the
 *  space now, so the days and backups of the local purge criteria are not waited for. What
 *  CheckOnly=1, the default, and the further arguments give is not documented well enough. */
function purgeJournalFiles({ mirror, store }: Instance): NativeMethod {
  return statusMethod(async (call) => {
    const hasMore = [1, 2, 3, 4].some((index) => call.text(index) !== "");
    if (call.text(0) !== "0" || hasMore) {
      throw new NotSimulated("PurgeJournalFiles with anything but CheckOnly=0");
    }
    const needed = mirror.journalNeededByOthers() ?? store.mirror.journal?.durable;
    if (needed !== undefined) await store.mirror.purgeJournal(needed);
  });
}

/** Reading the mirror journal of an instance that does not run, without changing anything: what its
 *  ISCAgent hands to a member that takes over.
 *  Source: GHA_mirror_set (journal data from the agent). */

import { existsSync } from "node:fs";
import { Configuration, directoryName } from "./configuration.ts";
import { FileSequence } from "./file-sequence.ts";
import { findFiles, scan } from "./journal-open.ts";
import type { JournalFileHeader, JournalPosition } from "./types.ts";

/** A journal that is only read. */
export interface JournalReader {
  headers(): readonly JournalFileHeader[];
  /** End of the last whole record on disk. */
  readonly durable: JournalPosition;
  /** At most `limit` raw bytes that follow `from`; empty at the end; moves on to the next file.
   *  @throws JournalMissing when that file is not here */
  read(from: JournalPosition, limit: number): { at: JournalPosition; bytes: Uint8Array };
  close(): void;
}

/** Directory of an instance's journals. Source: RACS, [Journal] CurrentDirectory. */
export function journalDirectory(configuration: Configuration, managerDirectory: string): string {
  const configured = configuration.get("Journal", "CurrentDirectory") ?? "";
  return configured === "" ? `${managerDirectory}journal/` : directoryName(configured);
}

/** Prefix of the names of a mirror's journal files. Source: GHA_mirror_set_sync. */
export function mirrorPrefix(mirror: string): string {
  return `MIRROR-${mirror}-`;
}

/** Opens the mirror journal of an instance that does not run. A torn record at its end is not seen.
 *  @throws JournalDamaged when a file in between is not whole, or one belongs to another mirror */
export function readMirrorJournal(
  dataDirectory: string,
  mirror: string,
  mirrorGuid: string,
): JournalReader {
  const place = directoryName(dataDirectory);
  const directory = journalDirectory(new Configuration(`${place}iris.cpf`), `${place}mgr/`);
  const prefix = mirrorPrefix(mirror);
  const files = existsSync(directory)
    ? findFiles({ directory, prefix, mirrorGuid, flags: "r" }).files
    : [];
  const last = files.at(-1);
  if (last !== undefined) last.durableSize = scan(last).end;
  const sequence = new FileSequence(files);
  return {
    headers: () => sequence.all.map(({ header }) => header),
    get durable() {
      return sequence.durable;
    },
    read: (from, limit) => sequence.read(from, limit),
    close: () => {
      sequence.close();
    },
  };
}

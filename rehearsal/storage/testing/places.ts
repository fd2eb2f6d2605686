/** Temporary directories for tests of the storage. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { JournalFiles, type JournalPlace } from "../journal-files.ts";
import type { JournalPosition, JournalRecord, NewJournalFile } from "../types.ts";

/** A directory that is removed when the test is over, with closing slash. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "rehearsal-storage-"));
  onTestFinished(() => {
    rmSync(directory, { recursive: true });
  });
  return `${directory}/`;
}

/** 24 November 2025, noon. */
export const noon = new Date(2025, 10, 24, 12).getTime();

/** Where the journal of the mirror DEV lies in a directory. */
export function mirrorPlace(directory: string, limit = 1024 * 1024): JournalPlace {
  return {
    directory,
    prefix: "MIRROR-DEV-",
    listPath: `${directory}mirrorjrn-DEV.log`,
    fileBytesLimit: limit,
    now: () => noon,
    mirrorGuid: "GUID-DEV",
  };
}

/** What the first primary says when it begins a file. */
export const firstFile: NewJournalFile = {
  mirror: "DEV",
  mirrorGuid: "GUID-DEV",
  lineage: "first",
  primary: "MIRRORA",
  createdEpochMs: noon,
};

/** Opens the journal of the mirror DEV; closed when the test is over. */
export function openMirrorJournal(directory: string, limit?: number): JournalFiles {
  const journal = new JournalFiles(mirrorPlace(directory, limit));
  onTestFinished(() => journal.close());
  return journal;
}

/** A record that sets one global of the database COMPANY. */
export const setRecord = (value: string): JournalRecord => ({
  type: "set",
  database: "COMPANY",
  global: "x",
  subscripts: ["1"],
  value,
});

/** What the records of a journal set, from a position on; of other records their type. */
export const valuesFrom = (journal: JournalFiles, from: JournalPosition): string[] =>
  [...journal.records(from)].map(({ record }) =>
    record.type === "set" ? record.value : record.type,
  );

/** The label inside an IRIS.DAT: who the database is, and up to where its data goes. It is a table
 *  of its own, so that position and data change in one commit of the file. */

import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { formatPosition, parsePosition } from "./position.ts";
import { StatusError } from "./status-error.ts";
import type { JournalPosition, MirrorLabel } from "./types.ts";

/** Up to where a file holds what one journal says. */
export interface Mark {
  /** Everything up to here is in the file. */
  readonly position: JournalPosition;
  /** No transaction that was open at `position` began before this. Rolling back begins here. */
  readonly transactionsFrom: JournalPosition;
}

/** A mark where no transaction was open. */
export function markAt(position: JournalPosition): Mark {
  return { position, transactionsFrom: position };
}

/** The part of the mirror label that changes rarely; its position is a mark. */
export type MirrorIdentity = Omit<MirrorLabel, "position">;

/** All of the label. */
export interface Label {
  readonly guid: string;
  /** GUID of the instance that had it mounted last: a file from elsewhere is noticed. */
  readonly owner: string;
  /** Own journal of the owner; `undefined` when the file was closed in order: it needs nothing. */
  readonly own: Mark | undefined;
  readonly mirror: MirrorIdentity | undefined;
  /** Mirror journal; meaningful only with `mirror`. */
  readonly mirrored: Mark | undefined;
  /** What `SYS.Database` keeps with a database: sizes, resource, journal state. */
  readonly properties: Readonly<Record<string, string>>;
}

const format = "1";

const mirrorSchema = z.strictObject({
  mirror: z.string(),
  mirrorGuid: z.string(),
  database: z.string(),
  databaseGuid: z.string(),
  activated: z.boolean(),
  caughtUp: z.boolean(),
  failoverDatabase: z.boolean(),
  needsDownload: z.boolean().optional(),
});
const propertiesSchema = z.record(z.string(), z.string());

/** Table of the label. */
export const labelTable =
  "create table label (name text primary key, value text not null) without rowid";

/** Reads the label of an open file.
 *  @throws StatusError 314 when it has none, or one of another format */
export function readLabel(sqlite: DatabaseSync, path: string): Label {
  const rows = readRows(sqlite, path);
  try {
    if (rows["format"] !== format) throw new Error("unknown format");
    const text = (name: string): string => z.string().parse(rows[name]);
    const json = (name: string): unknown => JSON.parse(text(name));
    return {
      guid: text("guid"),
      owner: text("owner"),
      own: parseMark(text("own")),
      mirror: text("mirror") === "" ? undefined : mirrorSchema.parse(json("mirror")),
      mirrored: parseMark(text("mirrored")),
      properties: propertiesSchema.parse(json("properties")),
    };
  } catch (cause) {
    throw Object.assign(new StatusError(314, path), { cause });
  }
}

function readRows(sqlite: DatabaseSync, path: string): Record<string, unknown> {
  try {
    const rows = sqlite.prepare("select name, value from label").all();
    return Object.fromEntries(rows.map((row) => [String(row["name"]), row["value"]]));
  } catch (cause) {
    throw Object.assign(new StatusError(314, path), { cause });
  }
}

/** The rows of a label. */
export function labelRows(label: Label): readonly (readonly [string, string])[] {
  return [
    ["format", format],
    ["guid", label.guid],
    ["owner", label.owner],
    ["own", formatMark(label.own)],
    ["mirror", label.mirror === undefined ? "" : JSON.stringify(label.mirror)],
    ["mirrored", formatMark(label.mirrored)],
    ["properties", JSON.stringify(label.properties)],
  ];
}

function formatMark(mark: Mark | undefined): string {
  if (mark === undefined) return "";
  return `${formatPosition(mark.position)} ${formatPosition(mark.transactionsFrom)}`;
}

function parseMark(text: string): Mark | undefined {
  if (text === "") return undefined;
  const [position = "", transactionsFrom = ""] = text.split(" ");
  return {
    position: parsePosition(position),
    transactionsFrom: parsePosition(transactionsFrom),
  };
}

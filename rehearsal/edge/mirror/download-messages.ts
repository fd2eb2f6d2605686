/** What two members say to each other on a connection that carries one download. The bytes of the
 *  file come in frames of their own between `offered` and `sent`. */

import type { Standing } from "../../storage/download-types.ts";
import { position } from "./message-parsers.ts";
import { count, oneOf, shape, text, variants, type Parser } from "./parse.ts";

/** First word of whoever wants a database. */
export interface DownloadRequest {
  /** `look`: only whether there is a valid copy. */
  readonly wants: "look" | "file";
  readonly mirrorGuid: string;
  readonly member: string;
  readonly memberGuid: string;
  /** Name in the mirror. */
  readonly database: string;
  readonly databaseGuid: string;
}

/** Why a member gives nothing. */
type DownloadRefusal =
  /** Whoever asks is no member of its mirror. */
  | "notMember"
  /** It has no valid copy, or not one that may be sent now. */
  | "noCopy";

/** From the giving side. */
export type FromSource =
  | { readonly kind: "refused"; readonly why: DownloadRefusal }
  /** Answer to a look. */
  | { readonly kind: "there" }
  | { readonly kind: "offered"; readonly bytes: number; readonly standing: Standing }
  /** All pieces were sent. */
  | { readonly kind: "sent"; readonly checksum: string };

/** From the taking side: it has written so many bytes, more may follow. */
export interface Taken {
  readonly kind: "taken";
  readonly bytes: number;
}

/** A request; the kind of the message is looked at by the superserver. */
export const downloadRequest = shape<DownloadRequest>({
  wants: oneOf("look", "file"),
  mirrorGuid: text,
  member: text,
  memberGuid: text,
  database: text,
  databaseGuid: text,
});

const standing = shape<Standing>({
  mark: shape<Standing["mark"]>({ position, transactionsFrom: position }),
  lineage: text,
});

/** What comes from the giving side. */
export const fromSource: Parser<FromSource> = variants<FromSource>({
  refused: { why: oneOf("notMember", "noCopy") },
  there: {},
  offered: { bytes: count, standing },
  sent: { checksum: text },
});

/** What comes from the taking side. */
export const taken: Parser<Taken> = variants<Taken>({ taken: { bytes: count } });

/** How the bytes of a file are checked. */
export const checksumKind = "sha256";

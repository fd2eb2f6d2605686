/** What pages are made from, and what they are. */

import type { Profile } from "../../profile.ts";
import type { CopyRow } from "../../storage/mirrored-copies.ts";
import type { CatalogueEntry } from "../../storage/types.ts";
import type { Alerts } from "../alerts.ts";
import type { MirrorView } from "../mirror/view.ts";

/** What the pages show. */
export interface PageSource {
  readonly profile: Profile;
  readonly alerts: Alerts;
  /** This moment of the mirror. */
  mirror(): MirrorView;
  /** Mirrored databases of this instance. */
  databases(): readonly CopyRow[];
  /** Databases of the mirror that are not configured here. */
  missingDatabases(): readonly CatalogueEntry[];
}

/** Answer to one path. */
export interface Page {
  readonly status: 200 | 404 | 405 | 503;
  readonly type: "text/plain" | "text/html" | "application/json";
  readonly body: string;
  /** What a browser may load and run for it.
   *  @default nothing at all */
  readonly policy?: string;
}

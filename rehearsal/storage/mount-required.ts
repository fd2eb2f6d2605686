/** "Mount Required at Startup": what a member must have before it may become primary.
 *  Source: GHA_mirror_set 3.3.2; class reference Config.Databases (MountRequired). */

import type { Configuration, ConfiguredDatabase } from "./configuration.ts";
import type { Databases } from "./databases.ts";
import type { MirroredCopies } from "./mirrored-copies.ts";
import type { JournalPosition } from "./types.ts";

/** What is looked at. */
export interface RequirementsScene {
  readonly configuration: Configuration;
  readonly databases: Databases;
  readonly copies: MirroredCopies;
  /** End of the mirror's journal on disk: a copy that is not there lacks something. */
  readonly durable: JournalPosition | undefined;
}

/** Each database marked MountRequired=1 that is not mounted here, or is mirrored and not activated
 *  and caught up: which, where, and what a person can do. Empty when nothing stands against this
 *  member. Nothing is mounted by asking: whoever dismounted a database may be copying its file. */
export function unmetRequirements(scene: RequirementsScene): readonly string[] {
  return scene.configuration
    .databases()
    .filter(({ mountRequired, server }) => mountRequired && server === "")
    .flatMap((configured) => {
      const lack = lackOf(configured, scene);
      if (lack === undefined) return [];
      const { name, directory } = configured;
      return [
        `database ${name} (${directory}) has MountRequired=1 and ${lack}, or clear MountRequired`,
      ];
    });
}

function lackOf(
  { directory }: ConfiguredDatabase,
  { databases, copies, durable }: RequirementsScene,
): string | undefined {
  const database = databases.find(directory)?.database;
  if (database === undefined) return "is not mounted: repair IRIS.DAT and mount it";
  const { mirror } = database.label;
  if (mirror === undefined) return undefined;
  if (!mirror.activated) return "is not activated: activate it and catch it up";
  if (durable !== undefined && copies.complete(durable).includes(database)) return undefined;
  return "is not caught up: catch it up, or copy it anew";
}

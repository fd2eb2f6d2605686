/** A copy of a member's volume, as a backup of the host keeps one. The container is stopped when it
 *  is made or put back. Needs root, as all drills do. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./root.ts";
import { volumePlace } from "./volume-place.ts";

/** One copy. */
export class VolumeCopy implements Disposable {
  private readonly place: string;
  private readonly copy = mkdtempSync(join(tmpdir(), "volume-copy-"));

  private constructor(place: string) {
    this.place = place;
  }

  /** Copies what the volume of this container holds now. */
  static async of(container: string): Promise<VolumeCopy> {
    const made = new VolumeCopy(await volumePlace(container));
    await root("cp", "--archive", `${made.place}/.`, made.copy);
    return made;
  }

  /** Puts it in place of what the volume holds. */
  async putBack(): Promise<void> {
    await root("find", this.place, "-mindepth", "1", "-delete");
    await root("cp", "--archive", `${this.copy}/.`, this.place);
  }

  [Symbol.dispose](): void {
    rmSync(this.copy, { recursive: true, force: true });
  }
}

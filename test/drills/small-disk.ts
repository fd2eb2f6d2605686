/** A small file system under a member's volume, so that its disk can be full while the machine's is
 *  not: an image file, mounted where the volume keeps its data. Needs root, as all drills do. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../support/run.ts";
import { root } from "./root.ts";
import { volumePlace } from "./volume-place.ts";

/** Room beside what the member has: enough to live, filled in a moment. */
const roomMiB = 64;

/** The disk of one member. */
export class SmallDisk {
  private readonly place: string;
  private readonly scratch: string;

  private constructor(place: string, scratch: string) {
    this.place = place;
    this.scratch = scratch;
  }

  /** Puts one under a container that is stopped; its data moves along. */
  static async under(container: string): Promise<SmallDisk> {
    const place = await volumePlace(container);
    const disk = new SmallDisk(place, mkdtempSync(join(tmpdir(), "small-disk-")));
    await disk.lay();
    return disk;
  }

  private async lay(): Promise<void> {
    const image = join(this.scratch, "image");
    const [used = ""] = (await root("du", "--summarize", "--block-size=1M", this.place)).split(
      "\t",
    );
    await root("truncate", `--size=${Number(used) + roomMiB}M`, image);
    await root("mkfs.ext4", "-q", "-F", "-m", "0", "-O", "^has_journal", image);
    const stage = join(this.scratch, "stage");
    await root("mkdir", stage);
    await root("mount", "-o", "loop", image, stage);
    await root("cp", "--archive", `${this.place}/.`, stage);
    await root("umount", stage);
    await root("mount", "-o", "loop", image, this.place);
  }

  /** Takes all the room there is. */
  async fill(): Promise<void> {
    const ended = await run("dd", ["if=/dev/zero", `of=${join(this.place, "filler")}`, "bs=4096"]);
    if (!ended.text.includes("No space left"))
      throw new Error(`The disk is not full: ${ended.text}`);
  }

  /** Gives it back. */
  empty(): void {
    rmSync(join(this.place, "filler"), { force: true });
  }

  /** Takes the disk away again; the container is stopped, its data moves back. */
  async remove(): Promise<void> {
    this.empty();
    const image = join(this.scratch, "image");
    const stage = join(this.scratch, "stage");
    await root("umount", this.place);
    await root("mount", "-o", "loop,ro", image, stage);
    await root("find", this.place, "-mindepth", "1", "-delete");
    await root("cp", "--archive", `${stage}/.`, this.place);
    await root("umount", stage);
    rmSync(this.scratch, { recursive: true, force: true });
  }
}

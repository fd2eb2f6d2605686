/** A copy of the checkout in a folder of its own: what a user has after `git clone`, so that a test
 *  leaves no file in the real one and a checkout can be lost. */

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { checkoutPrefix } from "../../toolchain/checks/remains.mjs";

/** Top of the real checkout. */
export const top = join(import.meta.dirname, "../..");

/** A copied checkout; gone at the end of its scope. */
export class Checkout implements Disposable {
  readonly folder: string;

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), checkoutPrefix(process.env)));
    const listed = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    const paths = execFileSync("git", listed, { cwd: top, encoding: "utf8" });
    for (const path of paths.split("\0").filter((name) => name !== "")) {
      const copy = join(this.folder, path);
      mkdirSync(dirname(copy), { recursive: true });
      cpSync(join(top, path), copy, { force: true });
    }
    // Installing the packages again proves nothing here; a fresh clone in CI does.
    symlinkSync(join(top, "node_modules"), join(this.folder, "node_modules"));
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

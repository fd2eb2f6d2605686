/** A headless browser as a child process: what it makes of a page, and how that looks. */

import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** Loading one small page takes a second or two; ten times that on a busy machine. */
const pageBudgetMs = 30_000;

/** Debian's name of the program. */
const program = "chromium";

/** True where the browser is installed. */
export function hasBrowser(): boolean {
  try {
    execFileSync(program, ["--version"], { stdio: "ignore", timeout: pageBudgetMs });
    return true;
  } catch {
    return false;
  }
}

/** How to look at it. */
export interface Look {
  readonly url: string;
  readonly isDark: boolean;
  readonly widthPx: number;
  /** Where the picture goes. */
  readonly file: string;
}

async function browse(extra: readonly string[]): Promise<string> {
  const profile = mkdtempSync(join(tmpdir(), "browser-"));
  // No sandbox: in a container, as root, there is none; the page is our own.
  const options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"];
  try {
    const { stdout } = await promisify(execFile)(
      program,
      [...options, `--user-data-dir=${profile}`, ...extra],
      { timeout: pageBudgetMs, maxBuffer: 16 * 1024 * 1024 },
    );
    return stdout;
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}

/** Takes a picture. */
export async function photograph({ url, isDark, widthPx, file }: Look): Promise<void> {
  const dark = isDark ? ["--force-dark-mode", "--blink-settings=preferredColorScheme=0"] : [];
  await browse([...dark, `--window-size=${widthPx},1100`, `--screenshot=${file}`, url]);
}

/** The page as the browser understood it. */
export function domOf(url: string): Promise<string> {
  return browse(["--dump-dom", url]);
}

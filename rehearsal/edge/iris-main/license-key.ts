/** `--key`: the licence key beside the instance. Source: ADOCK_iris_iscmain (copied to the
 *  manager's directory; a changed file is copied again). Its content is looked at by nobody here:
 *  the engine needs no licence. */

import { readFileSync, writeFileSync } from "node:fs";
import { StartFailure } from "../command/start.ts";
import type { Places } from "../places.ts";
import type { MainLog } from "./main-log.ts";

/** How often to look for another key. Assumed: how soon the product takes it is not documented. */
const lookEveryMs = 1000;

/** The key file of one container. */
export class LicenseKey {
  private readonly file: string;
  private readonly places: Pick<Places, "managerDirectory">;
  private readonly log: Pick<MainLog, "info" | "error">;
  /** What was copied last, or could not be. */
  private placed: Buffer | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    file: string,
    places: Pick<Places, "managerDirectory">,
    log: Pick<MainLog, "info" | "error">,
  ) {
    this.file = file;
    this.places = places;
    this.log = log;
  }

  /** Copies it.
   *  @throws StartFailure for a file that cannot be read. Assumed: not documented. */
  place(): void {
    const key = this.read();
    if (key === undefined) throw new StartFailure(`License key ${this.file} cannot be read`);
    this.copy(key);
  }

  /** Looks for another content from now on. */
  begin(): void {
    this.timer = setInterval(() => this.look(), lookEveryMs);
    this.timer.unref();
  }

  end(): void {
    clearInterval(this.timer);
  }

  /** Copies a key that holds something else; one that is away is waited for. The instance goes on
   *  with its old one where the copy fails, which is said once. */
  look(): void {
    const key = this.read();
    if (key === undefined || this.placed?.equals(key) === true) return;
    try {
      this.copy(key);
      this.log.info(`License key ${this.file} has changed and was copied`);
    } catch (problem) {
      this.placed = key;
      this.log.error(`License key ${this.file} has changed and was not copied: ${String(problem)}`);
    }
  }

  private copy(key: Buffer): void {
    writeFileSync(`${this.places.managerDirectory}iris.key`, key);
    this.placed = key;
  }

  private read(): Buffer | undefined {
    try {
      return readFileSync(this.file);
    } catch {
      return undefined;
    }
  }
}

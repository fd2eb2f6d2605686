/** State of the System Monitor, as `iris list`, `iris qlist` and the image's health check tell it.
 *  Source: seen live (one severe message makes a container unhealthy; a mirror that forms writes
 *  such); GCM 5.4 (back after thirty minutes without another). Assumed: the word for it is `alert`;
 *  nothing here warns or hangs. */

/** How long a severe message counts. */
const countsMs = 30 * 60_000;

/** Health of one instance since its start. */
export class Health {
  private lastSevereEpochMs = -Infinity;

  /** A line of messages.log was written. */
  note(severity: number, at: Date): void {
    if (severity >= 2) this.lastSevereEpochMs = at.getTime();
  }

  /** SYS.Container.SetMonitorStateOK. */
  reset(): void {
    this.lastSevereEpochMs = -Infinity;
  }

  word(at: Date): "ok" | "alert" {
    return at.getTime() - this.lastSevereEpochMs < countsMs ? "alert" : "ok";
  }
}

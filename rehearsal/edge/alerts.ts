/** Alerts since somebody last asked. Source: GCM (`/api/monitor/alerts`).
 *  Assumed: what was not asked for is forgotten when the instance ends. */

/** One severe line of messages.log. */
export interface Alert {
  readonly at: Date;
  readonly severity: number;
  readonly text: string;
}

/** So many are kept for whoever asks; of more the oldest go, all stand in `alerts.log`. */
export const alertsMax = 1000;

/** The alerts nobody has asked for yet. */
export class Alerts {
  private unread: Alert[] = [];

  get areWaiting(): boolean {
    return this.unread.length > 0;
  }

  add(alert: Alert): void {
    this.unread = [...this.unread, alert].slice(-alertsMax);
  }

  /** Gives them, oldest first, and forgets them. */
  take(): readonly Alert[] {
    const taken = this.unread;
    this.unread = [];
    return taken;
  }
}

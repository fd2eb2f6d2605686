/** Lines of messages.log. Source: GCM (format), published logs of 2020 and later:
 *  `MM/DD/YY-HH:MM:SS:mmm (pid) severity [Category] text`, local time. */

import { appendFileSync } from "node:fs";
import { Alerts } from "./alerts.ts";

/** 0 information, 1 warning, 2 severe, 3 fatal. */
export type Severity = 0 | 1 | 2 | 3;

const two = (value: number): string => String(value).padStart(2, "0");

/** One line, without its end. */
function formatLogLine(
  at: Date,
  processId: number,
  entry: { severity: Severity; category: string; text: string },
): string {
  const date = `${two(at.getMonth() + 1)}/${two(at.getDate())}/${two(at.getFullYear() % 100)}`;
  const time = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
  const millis = String(at.getMilliseconds()).padStart(3, "0");
  const head = `${date}-${time}:${millis} (${processId}) ${entry.severity}`;
  return `${head} [${entry.category}] ${entry.text}`;
}

/** Appends to `messages.log`; severity 2 and above also to `alerts.log`. Source: GCM. */
export class MessagesLog {
  /** What `/api/monitor/alerts` tells. */
  readonly alerts = new Alerts();
  private readonly file: string;
  private readonly alertsFile: string;

  constructor(managerDirectory: string) {
    this.file = `${managerDirectory}messages.log`;
    this.alertsFile = `${managerDirectory}alerts.log`;
  }

  write(severity: Severity, category: string, text: string): void {
    const at = new Date();
    const line = `${formatLogLine(at, process.pid, { severity, category, text })}\n`;
    appendFileSync(this.file, line);
    if (severity < 2) return;
    appendFileSync(this.alertsFile, line);
    this.alerts.add({ at, severity, text });
  }
}

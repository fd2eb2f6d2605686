/** Lines of messages.log. Source: GCM (format), published logs of 2020 and later:
 *  `MM/DD/YY-HH:MM:SS:mmm (pid) severity [Category] text`, local time. */

import { appendFileSync, statSync, truncateSync } from "node:fs";
import { Alerts } from "./alerts.ts";
import { Health } from "./health.ts";

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

/** Lines kept for a disk that takes none; of more the oldest go. */
const unwrittenMax = 10_000;

/** One file. What the disk does not take is kept and written before the next line: whoever writes
 *  a log has nothing to do with it. */
class LogFile {
  private readonly path: string;
  private unwritten: string[] = [];

  constructor(path: string) {
    this.path = path;
  }

  append(line: string): void {
    this.unwritten = [...this.unwritten, line].slice(-unwrittenMax);
    const size = sizeOf(this.path);
    try {
      appendFileSync(this.path, this.unwritten.join(""));
      this.unwritten = [];
    } catch {
      // A full disk takes the beginning of a text.
      if (sizeOf(this.path) > size) truncateSync(this.path, size);
    }
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** Appends to `messages.log`; severity 2 and above also to `alerts.log`. Source: GCM. */
export class MessagesLog {
  /** What `/api/monitor/alerts` tells. */
  readonly alerts = new Alerts();
  readonly health = new Health();
  private readonly file: LogFile;
  private readonly alertsFile: LogFile;

  constructor(managerDirectory: string) {
    this.file = new LogFile(`${managerDirectory}messages.log`);
    this.alertsFile = new LogFile(`${managerDirectory}alerts.log`);
  }

  write(severity: Severity, category: string, text: string): void {
    const at = new Date();
    const line = `${formatLogLine(at, process.pid, { severity, category, text })}\n`;
    this.file.append(line);
    this.health.note(severity, at);
    if (severity < 2) return;
    this.alertsFile.append(line);
    this.alerts.add({ at, severity, text });
  }
}

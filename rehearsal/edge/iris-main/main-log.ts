/** iris-main's own lines: bare on standard output, with a time in its file.
 *  Source: captured container logs; ADOCK "Ownership and Directories" for the file. */

import { appendFileSync } from "node:fs";

const two = (value: number): string => String(value).padStart(2, "0");

function stamp(at: Date): string {
  const time = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
  return `${time} ${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** Writes a line to both places. */
export class MainLog {
  private readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  info(text: string): void {
    this.write("INFO", text);
  }

  error(text: string): void {
    this.write("ERROR", text);
  }

  fatal(text: string): void {
    this.write("FATAL", text);
  }

  private write(level: string, text: string): void {
    process.stdout.write(`[${level}] ${text}\n`);
    try {
      appendFileSync(this.file, `${stamp(new Date())} [${level}] ${text}\n`);
    } catch (error) {
      // A read-only home must not keep the instance from starting; standard output has the line.
      process.stderr.write(`iris-main.log: ${String(error)}\n`);
    }
  }
}

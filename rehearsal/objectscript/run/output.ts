/** The current device, and the cursor that every written text moves. */

import type { Device } from "../host.ts";
import { limitedLength } from "../operators.ts";

/** Writes on the device in use. */
export class Output {
  readonly principal: Device;
  private device: Device;
  /** Line of the cursor per device, for `$y`. */
  private readonly lines = new WeakMap<Device, number>();

  constructor(principal: Device) {
    this.principal = principal;
    this.device = principal;
  }

  get current(): Device {
    return this.device;
  }

  get line(): number {
    return this.lines.get(this.device) ?? 0;
  }

  set line(line: number) {
    this.lines.set(this.device, line);
  }

  use(device: Device): void {
    this.device = device;
  }

  /** Back to the principal device. */
  usePrincipal(): void {
    this.device = this.principal;
  }

  write(text: string): void {
    if (text === "") return;
    this.device.write(text);
    const lastLine = text.lastIndexOf("\n");
    if (lastLine === -1) {
      this.device.column = text.includes("\r")
        ? text.length - text.lastIndexOf("\r") - 1
        : this.device.column + text.length;
      return;
    }
    this.device.column = text.length - lastLine - 1;
    this.line += text.split("\n").length - 1;
  }

  /** `!`: to the first column of the next line. */
  newLine(): void {
    this.write("\n");
  }

  /** `#`: a form feed; the cursor is at the top. */
  newPage(): void {
    this.device.write("\f");
    this.device.column = 0;
    this.line = 0;
  }

  /** `?n`: blanks up to column `column`; nothing when the cursor is there or beyond. */
  moveTo(column: number): void {
    const missing = limitedLength(column) - this.device.column;
    if (missing > 0) this.write(" ".repeat(missing));
  }
}

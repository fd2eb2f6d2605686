/** `%Installer.Manifest`: writes the code of setup() from a manifest, and what that code calls.
 *  Source: GCI_manifest. Assumed: the shape of the lines of the log. */

import { NotSimulated } from "../../objectscript/errors.ts";
import { dateText, horologOf, timeText } from "../../objectscript/functions/date-text.ts";
import type { NativeClass, NativeProcess } from "../../objectscript/host.ts";
import { isCanonicalNumber } from "../../objectscript/numbers.ts";
import type { Value } from "../../objectscript/value.ts";
import { isError, statusText } from "../library/status.ts";
import { manifestCode } from "./manifest-code.ts";

const odbcFormat = 3;

interface Line {
  readonly level: number;
  readonly source: string;
  readonly text: string;
}

/** Writes a line unless its level is above the one asked for; -1 asks for none. */
function writeLog(process: NativeProcess, asked: Value, { level, source, text }: Line): void {
  if (level > Number(asked)) return;
  const { epochMs, offsetMinutes } = process.now();
  const { day, seconds } = horologOf(epochMs + offsetMinutes * 60_000);
  const time = `${dateText(day, odbcFormat)} ${timeText(Math.floor(seconds), 1, 0)}`;
  process.write(`${time} ${String(level)} ${source}: ${text}\n`);
}

/** The class. The methods are those of this engine's own generated code, no methods of the
 *  product. */
export const installerManifest: NativeClass = {
  name: "%Installer.Manifest",
  generators: { "%Generate": manifestCode },
  classMethods: {
    "%Log": (call, process) => {
      const line = { level: Number(call.text(1)), source: call.text(2), text: call.text(3) };
      writeLog(process, call.value(0), line);
      return "";
    },
    "%Ended": (call, process) => {
      const status = call.value(2);
      const text = isError(status)
        ? `Installation failed: ${statusText(status)}`
        : "Installation succeeded";
      writeLog(process, call.value(0), { level: 0, source: call.text(1), text });
      return "";
    },
    "%Need": (call) => {
      const name = call.text(0);
      if (call.node(1, [name]) === undefined) {
        throw new NotSimulated(`the variable ${name} of manifests`);
      }
      return "";
    },
    "%Number": (call) => {
      if (!isCanonicalNumber(call.text(0))) {
        throw new NotSimulated(`the variable ${call.text(1)} as code ('${call.text(0)}')`);
      }
      return call.value(0);
    },
    "%Refuse": (call) => {
      throw new NotSimulated(`setup() with ${call.text(0)}`);
    },
  },
  notSimulated: ["%New", "%OnNew", "XMLExport", "XMLImport"],
};

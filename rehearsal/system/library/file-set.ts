/** The query `%File:FileSet`: what lies in a directory. Source: %Library.File guide. */

import type { NativeProcess, NativeQuery } from "../../objectscript/host.ts";
import { dateText, horologOf, timeText } from "../../objectscript/functions/date-text.ts";
import type { LibraryEnvironment } from "./environment.ts";
import { directoryPath } from "./paths.ts";

const odbcFormat = 3;

/** The query over the files of the instance. Arguments: directory, patterns with `;` between,
 *  order (ignored: by name), and whether directories are listed too. */
export function fileSet(
  { files }: LibraryEnvironment,
  directoryIn: (process: NativeProcess) => string,
): NativeQuery {
  return {
    columns: ["Name", "Type", "Size", "DateCreated", "DateModified", "ItemName"],
    rows([directory = "", patterns = "", , withDirectories = "0"], process) {
      const base = directoryPath(directory, directoryIn(process));
      const isWanted = matcher(patterns);
      return (files.names(base) ?? []).flatMap((name) => {
        const facts = files.facts(base + name);
        if (facts === undefined) return [];
        const isDirectory = facts.kind === "directory";
        if (isDirectory ? withDirectories !== "1" : !isWanted(name)) return [];
        const { offsetMinutes } = process.now();
        const moment = (epochMs: number): string => momentText(epochMs + offsetMinutes * 60_000);
        const size = isDirectory ? "" : String(facts.sizeBytes);
        const dates = [moment(facts.createdEpochMs), moment(facts.modifiedEpochMs)];
        return [[base + name, isDirectory ? "D" : "F", size, ...dates, name]];
      });
    },
  };
}

function momentText(localMs: number): string {
  const { day, seconds } = horologOf(localMs);
  return `${dateText(day, odbcFormat)} ${timeText(Math.floor(seconds), 1, 0)}`;
}

/** `*.cls;*.mac`; no pattern means everything. */
function matcher(patterns: string): (name: string) => boolean {
  const expressions = patterns
    .split(";")
    .filter((pattern) => pattern !== "")
    .map((pattern) => {
      const source = pattern.replaceAll(/[.+^${}()|[\]\\]/g, "\\$&");
      return new RegExp(`^${source.replaceAll("*", ".*").replaceAll("?", ".")}$`);
    });
  return (name) => expressions.length === 0 || expressions.some((one) => one.test(name));
}

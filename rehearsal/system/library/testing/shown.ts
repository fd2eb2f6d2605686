/** A session on files in memory. */

import type { NativeClass } from "../../../objectscript/host.ts";
import { createCodeCache, createProcess } from "../../../objectscript/process.ts";
import { drive } from "../../../objectscript/testing/drive.ts";
import { MemoryHost } from "../../../objectscript/testing/memory-host.ts";
import { testEnvironment } from "../../../objectscript/testing/session.ts";
import { libraryClasses } from "../classes.ts";
import { MemoryFiles } from "./memory-files.ts";

const listing: NativeClass = {
  name: "Test.Queries",
  classMethods: {},
  queries: {
    Pairs: {
      columns: ["Name", "Value"],
      rows: ([prefix = ""]) => [
        [`${prefix}a`, "1"],
        [`${prefix}b`, "2"],
      ],
    },
  },
};

/** What the lines print, and what they write to the console log. */
export async function shown(
  files: Readonly<Record<string, string>>,
  lines: readonly string[],
): Promise<string> {
  const memory = new MemoryFiles(files);
  const logged: string[] = [];
  const environment = {
    ...testEnvironment(memory),
    consoleLog: (text: string, severity: number) => logged.push(`${String(severity)} ${text}`),
    monitorStateOk: () => undefined,
  };
  const classes = [...libraryClasses(environment).values(), listing];
  const host = new MemoryHost({ lines, classes });
  await drive(createProcess(host, createCodeCache()).session({ node: "n", instance: "I" }));
  return host.principal.output + logged.join("\n");
}

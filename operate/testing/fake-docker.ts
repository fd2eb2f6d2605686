/** A `docker` on PATH that plays a container with an instance, line by line, for tests of the way
 *  in. It proves how we talk, not how the product answers. */

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** JavaScript that answers each line of `iris session`; `line` is the line, `print` writes. */
export interface FakeDocker {
  /** Standard output of any other docker command by its first words; exit 1 and stderr for the
   *  rest. */
  readonly commands?: Readonly<Record<string, string>>;
  readonly session: string;
}

export interface InstalledDocker extends AsyncDisposable {
  /** PATH with the fake first. */
  readonly path: string;
}

/** Puts it into a folder of its own. */
export async function installFakeDocker(fake: FakeDocker): Promise<InstalledDocker> {
  const directory = await mkdtemp(join(tmpdir(), "iris-mirror-test-"));
  await writeFile(join(directory, "docker"), scriptOf(fake), { mode: 0o755 });
  return {
    path: `${directory}${delimiter}${process.env["PATH"] ?? ""}`,
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true }),
  };
}

function scriptOf({ commands = {}, session }: FakeDocker): string {
  return `#!${process.execPath}
const argv = process.argv.slice(2).join(" ");
const commands = ${JSON.stringify(commands)};
const known = Object.keys(commands).find((words) => argv.startsWith(words));
const print = (text) => process.stdout.write(text);
if (known !== undefined) {
  print(commands[known]);
  // A log that is followed stays open while its container runs.
  if (argv.includes("--follow")) setInterval(() => undefined, 1000);
} else if (!argv.includes(" session ")) {
  process.stderr.write("Error: No such container: " + argv.split(" ").at(-1) + "\\n");
  process.exitCode = 1;
} else {
  require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
    const end = /irismirror"_" (\\d+) end>>/.exec(line);
    if (end !== null) { print("\\n%SYS>\\n\\n<<irismirror " + end[1] + " end>>\\n"); return; }
    const id = /Run\\((\\d+)/.exec(line)?.[1];
    const mark = "irismirror " + id;
    const answer = (json) => print("\\n<<" + mark + " " + json + " " + mark + ">>\\n");
    ${session}
  }).on("close", () => process.exit());
}
`;
}

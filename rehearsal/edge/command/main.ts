/** The `iris` command. Source: GSA "The iris Command". */

import { profileOf, type Profile } from "../../profile.ts";
import { InstanceDown } from "../control/client.ts";
import { placesFrom, type Places } from "../places.ts";

interface Invocation {
  readonly words: readonly string[];
  readonly places: Places;
  readonly profile: Profile;
}

type Command = (invocation: Invocation) => Promise<number>;

const out = (text: string): void => {
  process.stdout.write(text);
};

/** Runs what works on an instance; refuses any other name than the one that is here. */
function onInstance(command: Command): Command {
  return async (invocation) => {
    const [name, ...words] = invocation.words;
    if (name?.toUpperCase() !== invocation.places.instance) {
      // Assumed: text and exit status for an unknown instance were not read.
      process.stderr.write(`Instance '${name ?? ""}' is not defined\n`);
      return 1;
    }
    return await command({ ...invocation, words });
  };
}

const session = onInstance(async ({ words, places }) => {
  const { parseSessionOptions, runSession } = await import("./session.ts");
  return await runSession(places, parseSessionOptions(words));
});

const show = (kind: "list" | "qlist"): Command => {
  const print: Command = async ({ places, profile }) => {
    const { instanceStatus } = await import("./look.ts");
    const { listBlock, qlistLine } = await import("./status.ts");
    const status = await instanceStatus(places, profile);
    out(kind === "list" ? listBlock(status, profile) : `${qlistLine(status, profile)}\n`);
    return 0;
  };
  return async (invocation) =>
    invocation.words.length === 0 ? print(invocation) : onInstance(print)(invocation);
};

const start = onInstance(async ({ places, words }) => {
  const { prepareDataDirectory, startInstance, StartFailure } = await import("./start.ts");
  refuseUnknown(words, ["quietly"]);
  try {
    prepareDataDirectory(places);
    await startInstance(places);
    return 0;
  } catch (error) {
    if (!(error instanceof StartFailure)) throw error;
    out(`${error.message}\n`);
    return 1;
  }
});

const stop = onInstance(async (invocation) => {
  const { stopInstance } = await import("./stop.ts");
  const { words, places } = invocation;
  refuseUnknown(words, ["quietly", "restart", "nofailover", "/nofailover"]);
  const mayFailOver = !words.some((word) => word.replace("/", "") === "nofailover");
  await stopInstance(places, { mayFailOver });
  if (!words.includes("restart")) return 0;
  return await start({ ...invocation, words: [places.instance] });
});

const restart = onInstance(async (invocation) =>
  stop({ ...invocation, words: [invocation.places.instance, ...invocation.words, "restart"] }),
);

const force = onInstance(async ({ places }) => {
  const { forceDown } = await import("./stop.ts");
  await forceDown(places);
  return 0;
});

const merge = onInstance(async ({ words, places, profile }) => {
  const { filesToMerge, mergeFiles } = await import("./merge.ts");
  const environment = process.env;
  return await mergeFiles(places, filesToMerge(words, { places, profile, environment }));
});

const commands: Readonly<Record<string, Command>> = {
  session,
  terminal: session,
  console: session,
  list: show("list"),
  qlist: show("qlist"),
  start,
  stop,
  restart,
  force,
  merge,
};

/** Commands of the product that this engine does not have yet. */
const notSimulated = ["all", "qall", "allw", "stopnoshut", "sql", "mdx", "python"];

function refuseUnknown(words: readonly string[], known: readonly string[]): void {
  const unknown = words.find((word) => !known.includes(word));
  if (unknown !== undefined) throw new Error(`Unknown argument "${unknown}"`);
}

async function main(words: readonly string[]): Promise<number> {
  const [name = "", ...rest] = words;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    const isKnown = notSimulated.includes(name);
    process.stderr.write(isKnown ? `not simulated: iris ${name}\n` : help(name));
    return 1;
  }
  const profile = profileOf(process.env["REHEARSAL_PROFILE"] ?? "");
  try {
    return await command({ words: rest, places: placesFrom(process.env), profile });
  } catch (error) {
    if (error instanceof InstanceDown) {
      // Assumed: the product's text for a stopped instance was not read.
      process.stderr.write("Sign-on inhibited: the instance is not running\n");
    } else {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    }
    return 1;
  }
}

function help(name: string): string {
  const known = Object.keys(commands).join(", ");
  return `Unknown command "${name}". Known: ${known}.\n`;
}

process.exitCode = await main(process.argv.slice(2));

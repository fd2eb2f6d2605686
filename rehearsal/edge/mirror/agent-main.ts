/** The ISCAgent as a process: `agent-main.ts --port <n>`. The same program is the arbiter's.
 *  Source: captured container logs (lines), GHA_mirror_set_config (ports and files). */

import { appendFileSync, closeSync, existsSync, writeFileSync, writeSync } from "node:fs";
import { systemClock } from "../../storage/clock.ts";
import { Configuration } from "../../storage/configuration.ts";
import { readMirrorJournal } from "../../storage/journal-reader.ts";
import { runningDaemon } from "../command/daemon-file.ts";
import { ask } from "../control/client.ts";
import { placesFrom, type Places } from "../places.ts";
import { AgentServer, type AgentInstance } from "./agent-server.ts";
import { agentRuns, runningAgent } from "./agent-status.ts";
import { readMembership, writeGivenWay } from "./configuration-file.ts";

/** Source: GHA_mirror_set_config. */
const usualPort = 2188;

/** The port asked for.
 *  @throws Error for other words than `--port <n>` */
function portFrom(words: readonly string[]): number {
  if (words.length === 0) return usualPort;
  const [word, value = ""] = words;
  const port = Number(value);
  const isPort = Number.isInteger(port) && port > 0 && port < 65_536;
  if (word !== "--port" || !isPort || words.length > 2) {
    throw new Error(`not simulated: ${words.join(" ")}. Usage: agent-main.ts --port <number>`);
  }
  return port;
}

/** The instance of this container, as its agent finds it. */
function instanceAt(places: Places): AgentInstance {
  return {
    name: places.instance,
    isRunning: () => runningDaemon(places.daemonFile) !== undefined,
    relay: (request) => ask(places.controlSocket, { ask: "mirror", request }),
    configuration: () =>
      existsSync(places.cpf)
        ? readMembership(new Configuration(places.cpf))?.configuration
        : undefined,
    giveWay: (configuration) => writeGivenWay(new Configuration(places.cpf), configuration),
    openJournal: (mirror, mirrorGuid) =>
      readMirrorJournal(places.dataDirectory, mirror, mirrorGuid),
  };
}

/** On standard output and in the agent's own log. Source: public scripts (the file's name). */
function say(registryDirectory: string, text: string): void {
  process.stdout.write(`${text}\n`);
  keep(() => appendFileSync(`${registryDirectory}/iscagent_console.log`, `${text}\n`));
}

/** Tells the script that started it, and waits, how it went. */
function tell(word: "listening" | "in use"): void {
  const handle = Number(process.env["ISCAGENT_TELLS_ON"] ?? "0");
  if (handle === 0) return;
  writeSync(handle, `${word}\n`);
  closeSync(handle);
}

/** Assumed: what the product writes there was never seen. */
function note(statusFile: string, text: string): void {
  keep(() => writeFileSync(statusFile, `${text}\n`));
}

/** An agent works without its files, too. */
function keep(write: () => void): void {
  try {
    write();
  } catch (error) {
    process.stderr.write(`ISCAgent: ${String(error)}\n`);
  }
}

/** True when the agent of this container listens on the port asked for. */
function hasOwnAgent(words: readonly string[]): boolean {
  const { registryDirectory } = placesFrom(process.env);
  return runningAgent(`${registryDirectory}/iscagent.status`)?.port === portFrom(words);
}

async function main(): Promise<void> {
  const port = portFrom(process.argv.slice(2));
  const places = placesFrom(process.env);
  const { registryDirectory } = places;
  const statusFile = `${registryDirectory}/iscagent.status`;
  say(registryDirectory, `Writing status to file: ${statusFile}`);
  say(registryDirectory, `Reading configuration from file: ${registryDirectory}/iscagent.conf`);
  say(registryDirectory, `ISCAgent[${process.pid}]: Starting`);
  say(registryDirectory, `ISCAgent[${process.pid}]: Starting ApplicationServer on *:${port}`);
  const agent = await AgentServer.start({
    port,
    clock: systemClock,
    instance: instanceAt(places),
  });
  note(statusFile, agentRuns({ processId: process.pid, port }));
  tell("listening");
  const stop = (): void => {
    note(statusFile, `stopped ${process.pid}`);
    void agent.close().then(() => process.exit(0));
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

try {
  await main();
} catch (error) {
  const isInUse = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  // A port that somebody else holds is a failure: this container would be without an agent.
  if (isInUse && hasOwnAgent(process.argv.slice(2))) tell("in use");
  process.stderr.write(`ISCAgent: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

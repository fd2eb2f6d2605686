/** The Docker engine as tests use it: argv of the ordinary client. */

import { z } from "zod";
import { run } from "./run.ts";

/** Runs `docker` and gives its standard output.
 *  @throws Error with what it said */
export async function docker(args: readonly string[], input?: string): Promise<string> {
  const ended = await run("docker", args, input === undefined ? {} : { input });
  if (ended.code !== 0) throw new Error(`docker ${args.join(" ")}: ${ended.text}`);
  return ended.stdout;
}

const names = (text: string): string[] => text.split("\n").filter((name) => name !== "");

/** Everything on the engine that carries the label of a stack, as `kind name`. */
export async function belongings(stack: string): Promise<string[]> {
  const filter = ["--filter", `label=io.iris-mirror.stack=${stack}`];
  const [containers, volumes, networks] = await Promise.all([
    docker(["ps", "-a", ...filter, "--format", "{{.Names}}"]),
    docker(["volume", "ls", ...filter, "--format", "{{.Name}}"]),
    docker(["network", "ls", ...filter, "--format", "{{.Name}}"]),
  ]);
  return [
    ...names(containers).map((name) => `container ${name}`),
    ...names(volumes).map((name) => `volume ${name}`),
    ...names(networks).map((name) => `network ${name}`),
  ].sort();
}

/** Everything on the engine, of anybody: to show that nothing was touched. */
export async function everything(): Promise<string> {
  const [containers, volumes, networks] = await Promise.all([
    docker(["ps", "-a", "--format", "{{.ID}} {{.Names}}"]),
    docker(["volume", "ls", "--format", "{{.Name}}"]),
    docker(["network", "ls", "--format", "{{.ID}} {{.Name}}"]),
  ]);
  return [containers, volumes, networks].join("\n");
}

const inspected = z.array(z.looseObject({ Id: z.string() })).min(1);

/** Id of a container. */
export async function containerId(name: string): Promise<string> {
  const [found] = inspected.parse(JSON.parse(await docker(["container", "inspect", name])));
  return found?.Id ?? "";
}

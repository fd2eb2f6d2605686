/** A mirror of two members by `docker` alone and a shell script: no Pulumi. */

import { join } from "node:path";
import { top } from "../support/checkout.ts";
import { docker } from "../support/docker.ts";
import { run } from "../support/run.ts";

/** The images of one release. */
export interface Images {
  readonly member: string;
  readonly arbiter: string;
}

const passphrase = { PULUMI_CONFIG_PASSPHRASE: "of a bench" };
const names = ["mirrorA", "mirrorB"] as const;

/** Runs a program. @throws Error with what it said when it fails */
export async function ran(program: string, args: readonly string[], cwd: string): Promise<string> {
  const ended = await run(program, args, { cwd, env: passphrase });
  if (ended.code !== 0) throw new Error(`${program} ${args.join(" ")}:\n${ended.text}`);
  return ended.stdout;
}

/** Network, volumes and containers of one name on the engine; gone at the end of their scope. */
export class BarePair implements AsyncDisposable {
  private readonly stack: string;
  private readonly images: Images;
  private readonly label: readonly string[];

  private constructor(stack: string, images: Images) {
    this.stack = stack;
    this.images = images;
    this.label = ["--label", `io.iris-mirror.stack=${stack}`];
  }

  /** Volumes that belong to the instances' user; nothing is started yet. */
  static async prepare(stack: string, images: Images): Promise<BarePair> {
    const pair = new BarePair(stack, images);
    try {
      await Promise.all(names.map((name) => pair.volume(name)));
    } catch (problem) {
      await pair[Symbol.asyncDispose]();
      throw problem;
    }
    return pair;
  }

  private async volume(name: string): Promise<void> {
    const volume = `${this.stack}-${name}-data`;
    await docker(["volume", "create", ...this.label, volume]);
    const own = ["run", "--rm", "-u", "0", "--entrypoint", "chown", "-v", `${volume}:/dur`];
    await docker([...own, this.images.member, "51773:51773", "/dur"]);
  }

  /** Name of a member's container. */
  container(name: (typeof names)[number]): string {
    return `${this.stack}-${name}`;
  }

  /** Creates the network and starts the three containers. */
  async start(): Promise<void> {
    const network = `${this.stack}-network`;
    await docker(["network", "create", ...this.label, network]);
    const start = (name: string, rest: readonly string[]) =>
      docker([
        ...["run", "-d", ...this.label, "--name", `${this.stack}-${name}`, "--hostname", name],
        ...["--network", network, "--network-alias", name, ...rest],
      ]);
    const data = "ISC_DATA_DIRECTORY=/dur/iconfig";
    await Promise.all([
      start("arbiter", [this.images.arbiter]),
      ...names.map((name) =>
        start(name, ["-v", `${this.stack}-${name}-data:/dur`, "-e", data, this.images.member]),
      ),
    ]);
  }

  /** Makes the running members a mirror with the three databases: mirrorA is primary, mirrorB an
   *  active backup. */
  async form(): Promise<void> {
    const script = join(import.meta.dirname, "form-by-shell.sh");
    await ran(script, [this.stack, "/dur/iconfig/mgr"], top);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const all = ["arbiter", ...names].map((name) => `${this.stack}-${name}`);
    await run("docker", ["rm", "-f", ...all]);
    await run("docker", ["volume", "rm", ...names.map((name) => `${this.stack}-${name}-data`)]);
    await run("docker", ["network", "rm", `${this.stack}-network`]);
  }
}

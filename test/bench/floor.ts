/** What a first deploy cannot be faster than, measured with the same tools. */

import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { top } from "../support/checkout.ts";
import { docker } from "../support/docker.ts";
import { run } from "../support/run.ts";
import { timed } from "./measure.ts";

/** The images both sides use. */
export interface Images {
  readonly member: string;
  readonly arbiter: string;
}

/** The three parts of the floor, in milliseconds. */
export interface Floor {
  /** `pulumi up` of the bare program. */
  readonly bare: number;
  /** A shell script that makes the running containers a mirror. */
  readonly forming: number;
  /** Creating network, volumes and containers with `docker` alone. */
  readonly dockerRun: number;
}

const passphrase = { PULUMI_CONFIG_PASSPHRASE: "of a bench" };

async function must(program: string, args: readonly string[], cwd: string): Promise<string> {
  const ended = await run(program, args, { cwd, env: passphrase });
  if (ended.code !== 0) throw new Error(`${program} ${args.join(" ")}:\n${ended.text}`);
  return ended.stdout;
}

/** `pulumi up` of the bare program with that many commands; everything is removed behind it. */
export async function bareProgram(
  cli: string,
  stack: string,
  images: Images,
  commands: number,
): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "iris-mirror-floor-"));
  const pulumi = (...args: string[]) => must(cli, [...args, "--stack", stack], folder);
  try {
    fill(folder, stack, { ...images, commands: String(commands) });
    await pulumi("stack", "init");
    const up = await timed(() => pulumi("up", "--yes", "--skip-preview", "--non-interactive"));
    await pulumi("destroy", "--yes", "--skip-preview", "--non-interactive");
    await pulumi("stack", "rm", "--yes");
    return up;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function fill(folder: string, stack: string, values: Record<string, string>): void {
  cpSync(join(import.meta.dirname, "floor-program.ts"), join(folder, "index.ts"));
  symlinkSync(join(top, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "empty.ts"), "export {};\n");
  writeFileSync(join(folder, "package.json"), '{"type":"module","main":"index.ts"}\n');
  const runtime = { name: "nodejs", options: { typescript: false, packagemanager: "npm" } };
  writeFileSync(
    join(folder, "Pulumi.yaml"),
    JSON.stringify({ name: "iris-mirror-floor", main: "index.ts", runtime }),
  );
  const config = {
    "iris-mirror-floor:memberImage": values["member"],
    "iris-mirror-floor:arbiterImage": values["arbiter"],
    "iris-mirror-floor:commands": values["commands"],
  };
  writeFileSync(join(folder, `Pulumi.${stack}.yaml`), JSON.stringify({ config }));
}

/** Containers by `docker` alone, then the shell script: the two times. */
export async function byShell(
  stack: string,
  images: Images,
): Promise<Pick<Floor, "forming" | "dockerRun">> {
  const names = ["mirrorA", "mirrorB"];
  const label = ["--label", `io.iris-mirror.stack=${stack}`];
  try {
    for (const name of names) {
      const volume = `${stack}-${name}-data`;
      await docker(["volume", "create", ...label, volume]);
      const own = ["run", "--rm", "-u", "0", "--entrypoint", "chown", "-v", `${volume}:/dur`];
      await docker([...own, images.member, "51773:51773", "/dur"]);
    }
    const dockerRun = await timed(() => containers(stack, images, label));
    const script = join(import.meta.dirname, "form-by-shell.sh");
    const forming = await timed(() => must(script, [stack, "/dur/iconfig/mgr"], top));
    return { forming, dockerRun };
  } finally {
    await removed(stack, names);
  }
}

async function containers(stack: string, images: Images, label: string[]): Promise<void> {
  const network = `${stack}-network`;
  await docker(["network", "create", ...label, network]);
  const start = (name: string, rest: readonly string[]) =>
    docker([
      ...["run", "-d", ...label, "--name", `${stack}-${name}`, "--hostname", name],
      ...["--network", network, "--network-alias", name, ...rest],
    ]);
  const data = "ISC_DATA_DIRECTORY=/dur/iconfig";
  await Promise.all([
    start("arbiter", [images.arbiter]),
    ...["mirrorA", "mirrorB"].map((name) =>
      start(name, ["-v", `${stack}-${name}-data:/dur`, "-e", data, images.member]),
    ),
  ]);
}

async function removed(stack: string, names: readonly string[]): Promise<void> {
  const all = ["arbiter", ...names].map((name) => `${stack}-${name}`);
  await run("docker", ["rm", "-f", ...all]);
  await run("docker", ["volume", "rm", ...names.map((name) => `${stack}-${name}-data`)]);
  await run("docker", ["network", "rm", `${stack}-network`]);
}

/** What a first deploy cannot be faster than, measured with the same tools. */

import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { top } from "../support/checkout.ts";
import { BarePair, ran, type Images } from "./bare-pair.ts";
import { timed } from "./measure.ts";

/** The three parts of the floor, in milliseconds. */
export interface Floor {
  /** `pulumi up` of the bare program. */
  readonly bare: number;
  /** A shell script that makes the running containers a mirror. */
  readonly forming: number;
  /** Creating network and containers with `docker` alone. */
  readonly dockerRun: number;
}

/** `pulumi up` of the bare program with that many commands; everything is removed behind it. */
export async function bareProgram(
  cli: string,
  stack: string,
  images: Images,
  commands: number,
): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "iris-mirror-floor-"));
  const pulumi = (...args: string[]) => ran(cli, [...args, "--stack", stack], folder);
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
  await using pair = await BarePair.prepare(stack, images);
  const dockerRun = await timed(() => pair.start());
  const forming = await timed(() => pair.form());
  return { forming, dockerRun };
}

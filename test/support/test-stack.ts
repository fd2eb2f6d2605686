/** A stack of a test: its own name, ports and names on the engine; gone at the end of its scope. */

import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { top, type Checkout } from "./checkout.ts";
import { belongings } from "./docker.ts";
import { freePorts } from "./ports.ts";
import { run, type Ended, type RunOptions } from "./run.ts";

const node = join(top, "node_modules/.bin/node");

/** The stacks of tests keep secrets from nobody. */
const passphrase = { PULUMI_CONFIG_PASSPHRASE: "of a test" };

/** The dev stack's topology, with names and ports that disturb nobody. */
export function smallTopology(ports: readonly number[]): Record<string, unknown> {
  const named = { COMPANY: {}, CUSTOMER: {}, PERSONAL: {} };
  return {
    name: "MIRRORSET",
    version: "2022.1",
    failover: { mirrorA: { webPort: ports[0] }, mirrorB: { webPort: ports[1] } },
    databases: named,
    namespaces: named,
  };
}

/** One stack, used through a checkout. */
export class TestStack implements AsyncDisposable {
  readonly name: string;
  readonly folder: string;

  private constructor(name: string, folder: string) {
    this.name = name;
    this.folder = folder;
  }

  /** A new stack with this topology; nothing is deployed yet. */
  static async create(checkout: Checkout, topology?: Record<string, unknown>): Promise<TestStack> {
    const run = process.env["IRIS_MIRROR_TEST_RUN"] ?? "";
    const stack = new TestStack(`t${run}${randomBytes(4).toString("hex")}`, checkout.folder);
    stack.configure(topology ?? smallTopology(await freePorts(2)));
    await stack.pulumi(["stack", "select", "--create"]);
    return stack;
  }

  /** A stack that exists, used through the checkout in this folder. */
  static existing(name: string, folder: string): TestStack {
    return new TestStack(name, folder);
  }

  /** Names a container of this stack has on the engine. */
  container(member: string): string {
    return `${this.name}-${member}`;
  }

  /** Writes the stack's configuration. JSON is YAML. */
  configure(topology: Record<string, unknown>): void {
    const config = { config: { "iris-mirror:mirror": topology } };
    writeFileSync(join(this.folder, `Pulumi.${this.name}.yaml`), JSON.stringify(config, null, 2));
  }

  /** Runs a command of Pulumi for this stack. */
  pulumi(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
    const [verb = "", ...rest] = args;
    const words = verb === "stack" ? [verb, ...rest] : [verb, "--non-interactive", ...rest];
    return this.tool("pulumi.mjs", [...words, "--stack", this.name], options);
  }

  /** Runs one of the project's own commands. */
  tool(program: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
    return run(node, [join(this.folder, "toolchain", program), ...args], {
      ...options,
      cwd: this.folder,
      env: { ...passphrase, ...options.env },
    });
  }

  /** Deploys. @throws Error with everything Pulumi said when it did not work */
  async up(options: RunOptions = {}): Promise<string> {
    return must(await this.pulumi(["up", "--yes", "--skip-preview"], options));
  }

  async destroy(): Promise<string> {
    return must(await this.pulumi(["destroy", "--yes", "--skip-preview"]));
  }

  /** Shows what would change. */
  preview(): Promise<Ended> {
    return this.pulumi(["preview", "--diff"]);
  }

  /** A preview that must find nothing to do. @throws Error with what it found */
  async expectNoChanges(): Promise<void> {
    must(await this.pulumi(["preview", "--expect-no-changes"]));
  }

  /** Outputs of the stack. */
  async outputs(): Promise<unknown> {
    return JSON.parse(must(await this.pulumi(["stack", "output", "--json"]), "stdout"));
  }

  belongings(): Promise<string[]> {
    return belongings(this.name);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = await this.tool("down.mjs", ["--delete-data", this.name]);
    must(ended);
  }
}

function must(ended: Ended, what: "text" | "stdout" = "text"): string {
  if (ended.code !== 0) throw new Error(`exit code ${ended.code}:\n${ended.text}`);
  return ended[what];
}

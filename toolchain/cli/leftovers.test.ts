import { describe, expect, it } from "vitest";
import { leftovers } from "./leftovers.mjs";

type Process = Parameters<typeof leftovers>[0][number];

const cache = "/cache";
const checkout = "/checkout";
const built = (name: string) => `${cache}/pulumi/x-123/${name}`;

function process(pid: number, parent: number, program: string, args: string[] = []): Process {
  return { pid, parent, program, args, started: new Date(0) };
}

const init = process(1, 0, "/sbin/init");
const find = (...processes: Process[]) =>
  leftovers([init, ...processes], cache, checkout).map(({ pid }) => pid);

describe("what a killed Pulumi left behind", () => {
  it("are plugins, language hosts and programs that no engine stands above", () => {
    const run = "/checkout/node_modules/@pulumi/pulumi/cmd/run/index.js";

    expect(
      find(
        process(10, 1, built("pulumi-resource-docker")),
        process(11, 1, built("pulumi-language-nodejs")),
        process(12, 11, "/usr/bin/node", ["node", run]),
      ),
    ).toEqual([10, 11, 12]);
  });

  it("are not those of an engine that lives, ours or the user's", () => {
    expect(
      find(
        process(10, 1, built("pulumi")),
        process(11, 10, built("pulumi-resource-docker")),
        process(20, 1, "/usr/bin/pulumi"),
        process(21, 20, built("pulumi-language-nodejs")),
        process(30, 1, "/nix/bin/.pulumi-wrapped"),
        process(31, 30, built("pulumi-resource-command")),
      ),
    ).toEqual([]);
  });

  it("are not those of another Pulumi, another checkout, or a step that runs", () => {
    const elsewhere = "/other/node_modules/@pulumi/pulumi/cmd/run/index.js";

    expect(
      find(
        process(10, 1, "/root/.pulumi/plugins/resource-docker-v5.2.0/pulumi-resource-docker"),
        process(11, 1, "/usr/bin/node", ["node", elsewhere]),
        process(12, 1, "/usr/bin/node", ["node", "/checkout/operate/step.ts"]),
      ),
    ).toEqual([]);
  });
});

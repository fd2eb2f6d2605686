/** Worlds for component tests: what a look saw, and how verbs answer. */

import * as pulumi from "@pulumi/pulumi";
import { vi } from "vitest";
import { contractVersion } from "../../operate/contract.ts";
import type { Seen } from "../../components/plan/seen.ts";
import { deploy, type Registered, type World } from "./harness.ts";

/** Verbs that succeed. */
function goodAnswer(verb: string): string {
  const answer =
    verb === "verify"
      ? {
          version: contractVersion,
          roles: { mirrorA: "Primary", mirrorB: "Backup" },
          failoverMode: "arbiter controlled",
          replicated: true,
        }
      : { version: contractVersion, verb };
  return JSON.stringify(answer);
}

/** A world in which the look sees what is given, and the state has these markers. */
export function worldOf(
  seen: Seen,
  preview: boolean,
  stored: Readonly<Record<string, string>> = {},
): World {
  return {
    preview,
    stdout: goodAnswer,
    call: (token) =>
      token === "command:local:run"
        ? {
            stdout: JSON.stringify({ version: contractVersion, ...lookShape(seen) }),
          }
        : {
            outputs: Object.fromEntries(
              Object.entries(stored).map(([step, DRIFT]) => [
                `urn:pulumi:dev::iris-mirror::command:local:Command::${step}`,
                { type: "command:local:Command", outputs: { environment: { DRIFT } } },
              ]),
            ),
          },
  };
}

/** A look's answer has more than the plan needs. */
function lookShape(seen: Seen): object {
  return { ...seen, docker: { version: "20.10.24", ...seen.docker } };
}

/** Deploys the project's own program with a topology. */
export async function deployProgram(topology: object, world: World): Promise<Deployed> {
  pulumi.runtime.setAllConfig({ "iris-mirror:mirror": JSON.stringify(topology) });
  // The program runs when it is loaded, so each run loads it anew.
  vi.resetModules();
  return new Deployed(await deploy(async () => ({ ...(await import("../../index.ts")) }), world));
}

/** What was registered, with the questions tests ask. */
export class Deployed {
  readonly all: readonly Registered[];

  constructor(all: readonly Registered[]) {
    this.all = all;
  }

  /** The one custom resource of a name.
   *  @throws Error when there is none */
  resource(name: string): Registered {
    const found = this.all.find((one) => one.custom && one.name === name);
    if (found === undefined) throw new Error(`no custom resource is named ${name}`);
    return found;
  }

  /** All resources of a type. */
  ofType(type: string): readonly Registered[] {
    return this.all.filter((one) => one.type === type);
  }

  /** Markers of the steps that have one. */
  get markers(): Record<string, string> {
    const markers = this.ofType("command:local:Command").map(({ name, inputs }) => ({
      name,
      marker: (inputs["environment"] as { DRIFT: string }).DRIFT,
    }));
    return Object.fromEntries(
      markers.filter(({ marker }) => marker !== "none").map(({ name, marker }) => [name, marker]),
    );
  }
}

/** Where a secret may stand: inside its envelope and nowhere else. Not proven here: what the
 *  engine and the providers print; the canary of the scenarios looks there. */

import { local } from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import { expect, it, vi } from "vitest";
import { devTopology, emptyEngine } from "../../components/plan/testing/engines.ts";
import { deploy, type Registered } from "./harness.ts";
import { deployProgram, worldOf } from "./worlds.ts";

const canary = "c4nary-s3cret";

/** What marks a secret on the wire. Source: @pulumi/pulumi, runtime/rpc. */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** The value without what lies in a secret's envelope. */
function withoutEnvelopes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEnvelopes);
  if (typeof value !== "object" || value === null) return value;
  if (signatureKey in value && value[signatureKey] === secretSignature) return "a secret";
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, withoutEnvelopes(part)]),
  );
}

/** Names of the resources in which the canary stands openly. */
function leaks(registered: readonly Registered[]): string[] {
  return registered
    .filter(({ inputs, outputs }) =>
      JSON.stringify(withoutEnvelopes({ inputs, outputs })).includes(canary),
    )
    .map(({ name }) => name);
}

it("is nowhere in the open, though the environment of the program is full of it", async () => {
  vi.stubEnv("PULUMI_CONFIG_PASSPHRASE", canary);
  vi.stubEnv("IRIS_MIRROR_PASSWORD", canary);
  const deployed = await deployProgram(devTopology, worldOf(emptyEngine, false));
  vi.unstubAllEnvs();

  expect(leaks(deployed.all)).toEqual([]);
});

it("is found by this very check where it leaks, and not where it is wrapped", async () => {
  const password = () => pulumi.secret(canary);
  const registered = await deploy(
    () => {
      const parent = new pulumi.ComponentResource("test:index:Parent", "parent");
      new local.Command("wrapped", { stdin: password() }, { parent });
      new local.Command(
        "leaky",
        { create: pulumi.unsecret(pulumi.interpolate`login ${password()}`) },
        { parent },
      );
      return {};
    },
    { preview: false },
  );

  expect(leaks(registered)).toEqual(["leaky"]);
});

/** A run that is refused. Not proven here: how Pulumi prints it; a scenario reads that. */

import * as pulumi from "@pulumi/pulumi";
import { expect, it, vi } from "vitest";
import { devTopology, emptyEngine } from "../../components/plan/testing/engines.ts";
import { deployProgram, worldOf } from "./worlds.ts";

/** What a refused program throws. */
async function refusal(topology: object, seen = emptyEngine): Promise<Error> {
  try {
    await deployProgram(topology, worldOf(seen, false));
  } catch (error) {
    return error as Error;
  }
  throw new Error("the program was not refused");
}

it("reports faults of the topology and of the engine together, without a stack trace", async () => {
  const taken = {
    ...emptyEngine,
    ports: [{ address: "127.0.0.1", port: 52775, holder: "a process on this host" }],
  };
  const error = await refusal({ ...devTopology, name: "TOO-LONG-A-NAME-FOR-IT", vip: 1 }, taken);

  expect(pulumi.RunError.isInstance(error)).toBe(true);
  expect(error.message).toBe(`The mirror is not deployed, nothing was touched: 3 faults.

  vip
    given:   an unknown key "vip"
    allowed: name, engine, version, image, licenseKey, webServerPort, arbiter, failover, async, \
databases, namespaces, settings, apps, durableDirectory, qosTimeoutMs, \
stopGraceSeconds, publishAddress, names
    change:  take it out

  name
    given:   "TOO-LONG-A-NAME-FOR-IT"
    allowed: 1 to 15 letters and digits
    change:  choose a short name, such as MIRRORSET

  failover.mirrorA.webPort
    given:   52775, which a process on this host has on 127.0.0.1
    allowed: a port of the Docker host that is free
    change:  choose another port, or stop what has it
`);
});

it("is refused even when nothing of the topology can be understood", async () => {
  const error = await refusal([]);

  expect(error.message).toContain("nothing was touched");
});

it("does not keep anybody from destroying: what is in the way of a deployment may stay", async () => {
  vi.stubEnv("IRIS_MIRROR_OPERATION", "destroy");
  const foreign = { ...emptyEngine, containers: { mirrorA: { state: "running" } } };
  const destroyed = await deployProgram(devTopology, worldOf(foreign, false));
  const error = await refusal({ ...devTopology, name: "" }, foreign);
  vi.unstubAllEnvs();

  expect(destroyed.resource("mirrorA").name).toBe("mirrorA");
  expect(error.message).toContain("1 fault.");
});

it("meets a misspelt patience before anything else", async () => {
  vi.stubEnv("IRIS_MIRROR_PATIENCE", "three");
  const error = await refusal(devTopology);
  vi.unstubAllEnvs();

  expect(error.message).toBe('IRIS_MIRROR_PATIENCE: "three" is not a positive number');
});

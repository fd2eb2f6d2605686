/** The verbs that make a mirror, run on instances in memory as a deployment runs them. */

import type { Eligibility, MemberAddress } from "../contract/common.ts";
import { MirrorError } from "../mirror-error.ts";
import * as database from "../verbs/database.ts";
import * as databases from "../verbs/databases.ts";
import * as form from "../verbs/form.ts";
import * as join from "../verbs/join.ts";
import * as removeDatabase from "../verbs/remove-database.ts";
import { FakeWorld } from "./fake-world.ts";

const version = 1;
export const mirror = { name: "MIRRORSET", arbiter: "arbiter|2188", qosTimeoutMs: 8000 };
export const company = { name: "COMPANY", directory: "/dur/db/company/" };
export const personal = { name: "PERSONAL", directory: "/dur/db/personal/" };

export async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "no failure";
  } catch (problem) {
    if (problem instanceof MirrorError) {
      return problem.code;
    }
    throw problem;
  }
}

export function pair(): FakeWorld {
  return new FakeWorld("mirrorA", "mirrorB");
}

export const verbs = {
  form: (world: FakeWorld) =>
    form.run({ version, mirror, failover: world.members.slice(0, 2) }, world),
  join: (world: FakeWorld, index: number, eligibility: Eligibility = "failover") =>
    join.run(
      {
        ...{ version, mirror: mirror.name, failover: world.members.slice(0, 2), eligibility },
        member: memberAt(world, index),
      } as const,
      world,
    ),
  database: (world: FakeWorld, given = company) =>
    database.run(
      { version, mirror: mirror.name, database: given, failover: world.members.slice(0, 2) },
      world,
    ),
  databases: (
    world: FakeWorld,
    index: number,
    { held = [company, personal], releases = false } = {},
  ) =>
    databases.run(
      {
        ...{ version, mirror: mirror.name, databases: held, releases },
        member: memberAt(world, index),
        failover: world.members.slice(0, 2),
      } as const,
      world,
    ),
  removeDatabase: (world: FakeWorld, failover = world.members.slice(0, 2)) =>
    removeDatabase.run({ version, mirror: mirror.name, database: company, failover }, world),
};

/** Every step of a deployment, in its order. */
export async function deploy(world: FakeWorld): Promise<void> {
  await verbs.form(world);
  await verbs.join(world, 0);
  await verbs.join(world, 1);
  await verbs.database(world);
  await verbs.database(world, personal);
  await verbs.databases(world, 0);
  await verbs.databases(world, 1);
}

export async function deployed(): Promise<FakeWorld> {
  const world = pair();
  await deploy(world);
  world.acts.length = 0;
  return world;
}

function memberAt(world: FakeWorld, index: number): MemberAddress {
  const member = world.members[index];
  if (member === undefined) {
    throw new RangeError(`there is no member ${index}`);
  }
  return member;
}

/** What stays of a deployment, without the identity that differs from run to run. */
export function stateOf(world: FakeWorld): unknown {
  return world.instances.map((one) => ({
    status: one.status,
    mirror: one.mirror?.name,
    configured: [...one.configured],
    files: [...one.files],
  }));
}

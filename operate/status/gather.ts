/** What there is of a stack, found by our labels: needs neither Pulumi nor its state. */

import { labels } from "../contract/common.ts";
import { failoverReadyOf } from "../instance.ts";
import { listContainers, type ListedContainer } from "../look/engine.ts";
import { isAsync } from "../member-types.ts";
import { MirrorError } from "../mirror-error.ts";
import { stateWithOrWithoutCode } from "../plain-state.ts";
import type { Session } from "../session.ts";
import type { World } from "../world.ts";

/** One member as a person wants to know it. */
export interface MemberStatus {
  readonly name: string;
  readonly container: string;
  /** Docker's word. */
  readonly containerState: string;
  /** PRIMARY, BACKUP, …; absent when the instance could not be asked. */
  readonly status?: string;
  /** Failover, Disaster Recovery, …; absent as `status`. */
  readonly type?: string;
  readonly mirror?: string;
  /** `host|port` from the configuration of the mirror. */
  readonly arbiter?: string;
  /** Whether a failover would succeed; absent for an async, which plays no part in one. */
  readonly failoverReady?: boolean;
  /** Why a failover would not succeed. */
  readonly notReadyBecause?: string;
  readonly databases?: readonly { readonly name: string; readonly status: string }[];
  /** Why the instance could not be asked. */
  readonly unreachable?: string;
}

export interface StackStatus {
  readonly stack: string;
  readonly members: readonly MemberStatus[];
  /** The arbiter's container, when the stack has one. */
  readonly arbiter?: { readonly container: string; readonly containerState: string };
}

/** All stacks of this Docker engine, or the one that is named. */
export async function gather(world: World, stack: string | undefined): Promise<StackStatus[]> {
  const listed = (await listContainers(world)).filter((one) => one.stack !== "");
  const names = [...new Set(listed.map((one) => one.stack))].toSorted();
  const wanted = names.filter((name) => stack === undefined || name === stack);
  return Promise.all(
    wanted.map((name) =>
      gatherStack(
        world,
        name,
        listed.filter((one) => one.stack === name),
      ),
    ),
  );
}

async function gatherStack(
  world: World,
  stack: string,
  listed: readonly ListedContainer[],
): Promise<StackStatus> {
  const arbiter = listed.find((one) => one.kind === "arbiter");
  const members = await Promise.all(
    listed.filter((one) => one.kind === "member").map((one) => gatherMember(world, one)),
  );
  return {
    stack,
    members: members.toSorted((one, other) => (one.name < other.name ? -1 : 1)),
    ...(arbiter === undefined
      ? {}
      : { arbiter: { container: arbiter.name, containerState: arbiter.state } }),
  };
}

async function gatherMember(world: World, listed: ListedContainer): Promise<MemberStatus> {
  const known = { name: listed.member, container: listed.name, containerState: listed.state };
  if (listed.state !== "running") {
    return { ...known, unreachable: `the container is ${listed.state}` };
  }
  const session = world.open({ name: listed.member, container: listed.name, instance: "IRIS" });
  const limit = world.budget("lookAtMember");
  const answer = await world.clock.within(limit, askMember(session));
  session.close();
  return { ...known, ...(answer ?? { unreachable: `no answer within ${limit / 1000} s` }) };
}

async function askMember(session: Session): Promise<Partial<MemberStatus>> {
  try {
    const state = await stateWithOrWithoutCode(session);
    const known = {
      status: state.status,
      type: state.type,
      databases: state.databases.map(({ name, status }) => ({ name, status })),
    };
    if (state.mirror === undefined || state.code === "") {
      return known;
    }
    const { name: mirror, arbiter } = state.mirror;
    const place = { ...known, mirror, ...(arbiter === undefined ? {} : { arbiter }) };
    if (isAsync(state.type)) {
      return place;
    }
    const { ready, reason } = await failoverReadyOf(session);
    return {
      ...place,
      failoverReady: ready,
      ...(ready ? {} : { notReadyBecause: reason }),
    };
  } catch (problem) {
    if (problem instanceof MirrorError) {
      return { unreachable: problem.seen };
    }
    throw problem;
  }
}

/** How a stack is found, for the help text. */
export const foundBy = `the label ${labels.stack} of containers`;

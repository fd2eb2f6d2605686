/** What an instance answers, parsed: one function per question of install/cls. */

import { flag, number, orAbsent } from "./answers.ts";
import type { InstanceAddress } from "./contract/common.ts";
import {
  anyText,
  fit,
  list,
  mapped,
  openObject,
  optional,
  withDefault,
  type OutOf,
  type Shape,
} from "./contract/shape.ts";
import { MirrorError } from "./mirror-error.ts";
import type { Session } from "./session.ts";
import type { World } from "./world.ts";

const mirrorAnswer = openObject({
  name: anyText,
  guid: anyText,
  arbiter: orAbsent,
  qosTimeoutMs: number,
});

const databasesAnswer = list(
  openObject({
    name: mapped(anyText, (given) => given.toUpperCase()),
    directory: anyText,
    status: anyText,
  }),
);
export type MirroredDatabase = OutOf<typeof databasesAnswer>[number];

const stateAnswer = openObject({
  product: anyText,
  /** PRIMARY, BACKUP, NOTINIT, … */
  status: anyText,
  type: anyText,
  service: flag,
  code: anyText,
  mirror: optional(mirrorAnswer),
  databases: withDefault(databasesAnswer, []),
});
/** `ZIrisMirror.Instance.State`. */
export type InstanceState = OutOf<typeof stateAnswer>;

const databaseStateAnswer = openObject({
  primary: flag,
  configuredDirectory: orAbsent,
  file: flag,
  /** One that is not mounted does not tell what it is. */
  mounted: withDefault(flag, false),
  mirrored: withDefault(flag, false),
  mirror: orAbsent,
  mirrorName: orAbsent,
});
/** `ZIrisMirror.Database.State`: one database, whether it is there and as what. */
export type DatabaseState = OutOf<typeof databaseStateAnswer>;

const failoverMembersAnswer = openObject({
  members: list(openObject({ name: anyText, role: anyText, status: anyText })),
});
/** A failover member as another one sees it, for example `MIRRORA Primary Active`. */
export type FailoverMember = OutOf<typeof failoverMembersAnswer>["members"][number];

const memberNamesAnswer = openObject({
  members: list(mapped(anyText, (given) => given.toUpperCase())),
});

/** Asks a primitive and parses its answer. @throws MirrorError `no-answer` for another shape. */
export async function ask<T>(
  session: Session,
  shape: Shape<T, unknown>,
  primitive: string,
  argument: object = {},
): Promise<T> {
  const answer = await session.call(primitive, argument);
  const read = fit(shape, answer);
  if ("misfit" in read) {
    throw new MirrorError({
      code: "no-answer",
      subject: session.member.container,
      seen: `${primitive} answered ${JSON.stringify(answer)}: ${read.misfit}`,
      remedy: "Load the code of this checkout again: `npx pulumi up`.",
    });
  }
  return read.value;
}

export const stateOf = (session: Session): Promise<InstanceState> =>
  ask(session, stateAnswer, "Instance.State");

export const serviceIsEnabled = async (session: Session): Promise<boolean> =>
  (await ask(session, openObject({ enabled: flag }), "Service.State")).enabled;

export const failoverMembersOf = async (session: Session): Promise<FailoverMember[]> =>
  (await ask(session, failoverMembersAnswer, "Mirror.FailoverMembers")).members;

/** Names of all members of the mirror as this one has them, upper case, asyncs and those that are
 *  down included. */
export const memberNamesOf = async (session: Session): Promise<string[]> =>
  (await ask(session, memberNamesAnswer, "Mirror.Members")).members;

/** The addresses under which the mirror lists a member. */
export const entryOf = (
  session: Session,
  argument: { readonly mirror: string; readonly memberName: string },
): Promise<{ readonly mirrorAddress: string; readonly agentAddress: string }> =>
  ask(
    session,
    openObject({ mirrorAddress: anyText, agentAddress: anyText }),
    "Mirror.Entry",
    argument,
  );

export const databaseStateOf = (
  session: Session,
  database: { readonly name: string; readonly directory: string },
): Promise<DatabaseState> => ask(session, databaseStateAnswer, "Database.State", database);

/** Runs a primitive that checks the member's role just before it acts.
 *  @returns false when the role had changed and nothing was done. */
export const actInRole = async (
  session: Session,
  primitive: "Database.Create" | "Database.Add" | "Database.Remove" | "Mirror.Forget",
  argument: { readonly primary: boolean } & Record<string, unknown>,
): Promise<boolean> => (await ask(session, openObject({ done: flag }), primitive, argument)).done;

/** PRIMARY, BACKUP, TRANSITION, … */
export const statusOf = async (session: Session): Promise<string> =>
  (await ask(session, openObject({ status: anyText }), "Mirror.Status")).status;

const readyAnswer = openObject({ ready: flag, reason: withDefault(anyText, "") });

/** Whether a failover would succeed now, and why not. */
export const failoverReadyOf = (
  session: Session,
): Promise<{ readonly ready: boolean; readonly reason: string }> =>
  ask(session, readyAnswer, "Mirror.FailoverReady");

export const mirroredDatabasesOf = async (session: Session): Promise<MirroredDatabase[]> =>
  (await ask(session, openObject({ databases: databasesAnswer }), "Database.List")).databases;

/** Names of the globals in a database. */
export const globalsIn = async (
  session: Session,
  database: { readonly directory: string },
): Promise<string[]> =>
  (await ask(session, openObject({ names: list(anyText) }), "Database.Globals", database)).names;

/** Applies what a copy lacks. @returns false when the product could not */
export const catchUp = async (
  session: Session,
  database: { readonly directory: string },
): Promise<boolean> =>
  (await ask(session, openObject({ caughtUp: flag }), "Database.CatchUp", database)).caughtUp;

/** In how many of the databases the record is. */
export const recordsIn = async (
  session: Session,
  argument: { readonly directories: readonly string[]; readonly token: string },
): Promise<number> =>
  (await ask(session, openObject({ arrived: number }), "Record.Read", argument)).arrived;

/** The error a write into each database meets, empty where it would be accepted. */
export const writeErrors = async (
  session: Session,
  directories: readonly string[],
): Promise<string[]> =>
  (
    await ask(session, openObject({ errors: list(anyText) }), "Record.WriteErrors", {
      directories,
    })
  ).errors;

/** Runs with a session of a member and closes it whatever happens. */
export async function withSession<T>(
  world: World,
  member: InstanceAddress,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const session = world.open(member);
  try {
    return await work(session);
  } finally {
    session.close();
  }
}

/** Brings a member the file of a database that the mirror has and journals cannot rebuild there.
 *  Interrupted anywhere, it is begun anew: until the last moment the copy has another name.
 *  Source: GHA_mirror_set_configdbs 4.8.4.3 (copy, mount, activate, catch up). */

import type { DatabaseSettings, MemberAddress } from "../contract/common.ts";
import { copyLimitMs } from "../budgets.ts";
import { actInRole, stateOf } from "../instance.ts";
import { withMembers } from "../members.ts";
import { MirrorError } from "../mirror-error.ts";
import type { Session } from "../session.ts";
import type { World } from "../world.ts";
import { copyFile, endHelper, megabytes } from "./copy.ts";
import {
  clear,
  factsOf,
  growingPlace,
  putInPlace,
  refuseWithoutRoom,
  seal,
  type FileFacts,
} from "./files.ts";
import { whileFrozen } from "./freeze.ts";
import { placeOf } from "./place.ts";
import { mountedStateOf } from "./state.ts";
import { chooseSource, helperName, type Source } from "./source.ts";

/** The member that gets a copy, and where the mirror lives. */
export interface Seeding {
  readonly mirror: string;
  readonly member: MemberAddress;
  readonly session: Session;
  readonly failover: readonly MemberAddress[];
}

/** Copies, sets aside what is in the way, mounts. Activating and catching up are the caller's, for
 *  they are what any copy needs. @param why for a person: what made it necessary */
export async function seed(
  world: World,
  seeding: Seeding,
  database: DatabaseSettings,
  why: string,
): Promise<void> {
  const { member } = seeding;
  const what = `${database.name} on ${member.name}`;
  const to = { container: member.container, directory: database.directory };
  await endHelper(world, helperName(member));
  await clear(world, to);
  const partners = seeding.failover.filter(({ name }) => name !== member.name);
  await withMembers(world, partners, async (asked) => {
    const source = chooseSource({ mirror: seeding.mirror, database }, asked);
    world.say(`${what}: ${why}; copied from ${source.reached.member.name}`);
    const facts = await factsOf(world, folderOf(source));
    await refuseWithoutRoom(world, to, facts.bytes);
    const sum = await copied(world, seeding, { source, database, facts });
    await seal(world, to, { sum, facts });
    await refuseDisconnected(seeding);
    await vacate(seeding, database);
    const aside = await putInPlace(world, to);
    await mount(seeding.session, database, what);
    const kept = aside === undefined ? "" : `; what was there is now in ${aside}`;
    world.say(`${what}: ${megabytes(facts.bytes)} MB copied, checksum ${sum}${kept}`);
  });
}

const folderOf = ({ reached, directory }: Source) => ({
  container: reached.member.container,
  directory,
});

async function copied(
  world: World,
  { member }: Seeding,
  job: {
    readonly source: Source;
    readonly database: DatabaseSettings;
    readonly facts: FileFacts;
  },
): Promise<string> {
  const { source, database, facts } = job;
  const [from, to] = await Promise.all([
    placeOf(world, source.reached.member.container, source.directory),
    placeOf(world, member.container, `${growingPlace(database.directory)}/`),
  ]);
  const limitMs = copyLimitMs(facts.bytes, world.budget("copy"));
  return whileFrozen(world, { session: source.reached.session, limitMs }, () =>
    copyFile(world, {
      ...{ name: helperName(member), from, to, bytes: facts.bytes, limitMs },
      what: `${database.name} from ${source.reached.member.name} to ${member.name}`,
    }),
  );
}

/** The journals since the copy began come to a member that was connected all the time; one that
 *  lost its connection gets them when it is back, or learns from the product that they are gone. */
async function refuseDisconnected({ member, session }: Seeding): Promise<void> {
  const { status } = await stateOf(session);
  if (!["BACKUP", "CONNECTED"].includes(status)) {
    throw new MirrorError({
      code: "copy-failed",
      subject: member.name,
      seen: `it became ${status} while its copy was made`,
      remedy: "Run the same command again when it is backup or connected.",
    });
  }
}

/** Takes what stands in the place out of use. A mirrored copy is made an ordinary one first: the
 *  product may refuse to dismount it otherwise (seen on a backup of 2026.1). */
async function vacate({ member, session }: Seeding, database: DatabaseSettings): Promise<void> {
  const state = await mountedStateOf(session, database);
  if (!state.file) {
    return;
  }
  if (state.mirrored && !(await actInRole(session, "Database.Remove", asCopy(database)))) {
    throw new MirrorError({
      code: "copy-failed",
      subject: `${database.name} on ${member.name}`,
      seen: "the member became primary just now",
      remedy: "Run the same command again: it looks first and goes on from what is there.",
    });
  }
  await session.call("Database.Dismount", database);
}

const asCopy = ({ directory }: DatabaseSettings) => ({ directory, primary: false });

async function mount(session: Session, database: DatabaseSettings, what: string): Promise<void> {
  await session.call("Database.Mount", database);
  const state = await mountedStateOf(session, database);
  if (!state.mirrored) {
    throw new MirrorError({
      code: "copy-failed",
      subject: what,
      seen: "the copy is mounted and the instance does not take it for a mirrored database",
      remedy: "Look into the messages.log of that member.",
    });
  }
}

/** A copy that waits for its download, and the ways of its file, for tests of the storage. */

import { readdirSync } from "node:fs";
import type { DownloadTarget } from "../download-target.ts";
import type { HeldCopy, WaitingCopy } from "../download-types.ts";
import { TestMember } from "./members.ts";
import { temporaryDirectory } from "./places.ts";

const pieceBytes = 64 * 1024;

/** A primary with COMPANY, which held data before it was mirrored, and a member that asked for it
 *  and was told that somebody has it. */
export async function withWaiting(): Promise<[TestMember, TestMember, WaitingCopy]> {
  const primary = await TestMember.open(temporaryDirectory());
  const other = await TestMember.open(temporaryDirectory());
  await primary.promote("A");
  const directory = primary.configure("COMPANY");
  await primary.store.createDatabase(directory);
  await primary.process("COMPANY").set("x", ["old"], "x".repeat(500_000));
  await primary.store.mirroredDatabases.add(directory, "COMPANY");
  await primary.settle();
  await other.follow(primary);
  other.store.downloads.sources = { isThere: () => Promise.resolve(true), soon: () => undefined };
  await other.mirrored("COMPANY");
  return [primary, other, waitingOn(other)];
}

function waitingOn(member: TestMember): WaitingCopy {
  const [copy] = member.store.downloads.waiting();
  if (copy === undefined) throw new Error("nothing waits");
  return copy;
}

/** Takes hold of the file. */
export async function heldBy(member: TestMember, copy: WaitingCopy): Promise<HeldCopy> {
  const held = await member.store.downloads.source.hold(copy.database, copy.databaseGuid);
  if (held === undefined) throw new Error("it has no valid copy");
  return held;
}

/** All bytes of what is held. */
export async function bytesOf(held: HeldCopy): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (let offset = 0; offset < held.bytes; offset += pieceBytes) {
    pieces.push(await held.read(offset, pieceBytes));
  }
  return Buffer.concat(pieces);
}

/** All bytes of what is held, with something done between the pieces. */
export async function send(
  held: HeldCopy,
  target: DownloadTarget,
  between: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  for (let offset = 0; offset < held.bytes; offset += pieceBytes) {
    await target.write(await held.read(offset, pieceBytes));
    await between();
  }
  await target.finish();
}

/** Files in the directory of COMPANY. */
export const files = (member: TestMember): string[] =>
  readdirSync(member.databaseDirectory("COMPANY")).sort();

/** The lines mirroring writes to messages.log. Those marked *captured* or *documented* have the
 *  product's words; no source was found for the others, so nothing should match on them. */

import type { LogLine } from "./effects.ts";
import { describePosition, type JournalPosition } from "./position.ts";

const line = (severity: LogLine["severity"], text: string): LogLine => ({
  severity,
  category: "Utility.Event",
  text,
});

/** Captured. */
export const managerInitialized = (mirror: string): LogLine =>
  line(0, `Manager initialized for ${mirror}`);

/** Captured. */
export const becomingWithoutOthers = (): LogLine =>
  line(0, "No other mirror members configured, becoming primary mirror server");

/** Captured; always notified. Source: GCM. */
export const becomingPrimary = (): LogLine => line(1, "Becoming primary mirror server");

/** Captured. */
export const foundPrimary = (primary: string): LogLine =>
  line(0, `Found ${primary} as primary, becoming backup`);

/** Assumed: wording; only that of a backup was captured. */
export const foundPrimaryAsAsync = (primary: string): LogLine =>
  line(0, `Found ${primary} as primary, connecting as async member`);

/** Assumed: wording. */
export const noPrimaryFound = (): LogLine =>
  line(1, "No primary was found: this async member goes on looking for one");

/** Assumed: wording. */
export const asyncLostPrimary = (primary: string): LogLine =>
  line(1, `Disconnected from primary: ${primary}`);

/** Captured; `ver 4` is the product's protocol. */
export const connectedToPrimary = (primary: string): LogLine => ({
  severity: 0,
  category: "Generic.Event",
  text: `MirrorClient: Connected to primary: ${primary} (ver 4)`,
});

/** Documented (seen live). */
export const neitherRole = (): LogLine =>
  line(2, "Failed to become either Primary or Backup at startup");

/** Documented. Source: GHA_mirror_manage. */
export const primaryLost = (): LogLine => ({
  severity: 1,
  category: "Generic.Event",
  text: "MirrorClient: Primary AckDaemon failed to answer status request",
});

/** Documented. Source: GHA_mirror_manage. */
export const cannotTakeOver = (): LogLine =>
  line(2, "Failed to contact agent on former primary, can't take over");

/** Documented. Source: GHA_mirror_manage. */
export const inactiveBackupDown = (): LogLine => line(1, "nonactive Backup is down");

/** Its beginning is documented, the rest is not. Source: GHA_mirror_manage. */
export const dataInconsistent = (mirror: string, why: string): LogLine =>
  line(
    2,
    `This member has detected that its data is inconsistent with the mirror ${mirror}. ` +
      `${why} It must be rebuilt.`,
  );

/** Assumed: wording. */
export const notStarted = (mirror: string, why: string): LogLine =>
  line(1, `Mirror ${mirror} is not started: ${why}`);

/** The documentation names the event ("network address validation"), not its text. */
export const addressNotValid = (address: string, found: string): LogLine =>
  line(2, `Network address validation error: ${address} ${found}; not joining the mirror`);

/** Assumed: wording. */
export const undecidableHistory = (mirror: string, partner: string): LogLine =>
  line(
    2,
    `The journals of this member and of ${partner} left each other in mirror ${mirror}: ` +
      "a person must choose which of them is right",
  );

/** Assumed: wording. */
export const retrieving = (partner: string, from: JournalPosition): LogLine =>
  line(
    0,
    `Retrieving journal data from the agent of ${partner} starting at ` + describePosition(from),
  );

/** Assumed: wording. */
export const retrievalFailed = (partner: string, why: string): LogLine =>
  line(2, `Could not retrieve journal data from the agent of ${partner}: ${why}`);

/** Assumed: wording. */
export const notBecomingPrimary = (why: string): LogLine =>
  line(2, `This member does not become primary: ${why}`);

/** Assumed: wording. */
export const takingOver = (why: string): LogLine => line(1, `Taking over: ${why}`);

/** Assumed: wording. */
export const activeBackupLost = (backup: string, isBounded: boolean): LogLine =>
  line(
    2,
    `Lost the connection to the active backup ${backup}: in trouble state until it acknowledges` +
      (isBounded ? " or the trouble timeout ends" : " or the arbiter decides"),
  );

/** Assumed: wording. */
export const troubleOver = (why: string): LogLine => line(1, `Leaving trouble state: ${why}`);

/** Assumed: wording. */
export const isolated = (): LogLine =>
  line(2, "The arbiter decided for the backup: staying in trouble state until it is reached");

/** Assumed: wording. */
export const backupConnected = (backup: string): LogLine => line(0, `${backup} is connected`);

/** Assumed: wording. */
export const backupActive = (backup: string): LogLine => line(0, `${backup} is an active backup`);

/** Assumed: wording. */
export const backupWent = (backup: string): LogLine => line(0, `${backup} disconnected`);

/** Assumed: wording. */
export const backupStopped = (backup: string): LogLine => line(0, `${backup} stopped mirroring`);

/** Assumed: wording. */
export const arbiterConnected = (): LogLine => line(0, "Connected to the arbiter");

/** Severity 2 is documented, the text is not. Source: GHA_mirror_manage. */
export const arbiterLost = (): LogLine => line(2, "Lost the connection to the arbiter");

/** Assumed: wording. */
export const arbiterControlled = (): LogLine =>
  line(0, "Switched from Agent Controlled to Arbiter Controlled Failover");

/** Assumed: wording. */
export const agentControlled = (): LogLine =>
  line(1, "Switched from Arbiter Controlled to Agent Controlled Failover");

/** Assumed: wording. */
export const handingOver = (backup: string): LogLine =>
  line(0, `Handing over the primary role to ${backup}`);

/** Assumed: wording. */
export const handOverDone = (backup: string): LogLine =>
  line(0, `${backup} takes over the primary role`);

/** Assumed: wording. */
export const handOverLate = (backup: string): LogLine =>
  line(1, `${backup} did not take over in time; stopping without it`);

/** Assumed: wording. */
export const handOverReceived = (primary: string): LogLine =>
  line(0, `${primary} stops and hands over the primary role`);

/** Assumed: wording. */
export const consented = (partner: string): LogLine =>
  line(0, `${partner} may become primary; this member waits for it`);

/** Assumed: wording. */
export const forcedDown = (partner: string): LogLine =>
  line(2, `${partner} is primary: this member is forced down`);

/** Assumed: wording. */
export const wantedByHand = (primary: string): LogLine =>
  line(1, `BecomePrimary: this member shall be primary in place of ${primary}`);

/** What the documentation warns of ("be sure it is down and stays down"), before it happens.
 *  Assumed: wording. Source: GHA_mirror_set_member_change 6.2.3. */
export const wantedWithoutPrimary = (primary: string): LogLine =>
  line(
    2,
    `BecomePrimary: this member shall be primary in place of ${primary}, unless anybody answers. ` +
      `What ${primary} acknowledged alone, after it had lost this member, is lost, and there are ` +
      `two primaries if ${primary} still runs or is started before`,
  );

/** What the documentation warns of, before it happens. Assumed: wording.
 *  Source: GHA_mirror_set_member_change 6.2.3. */
export const forcing = (partner: string, waitMs: number): LogLine =>
  line(
    2,
    `Force: this member shall become primary with what it has, unless ${partner} answers within ` +
      `${Math.round(waitMs / 1000)} s. What ${partner} acknowledged and this member lacks is ` +
      `lost, other members may have to be rebuilt, and there are two primaries if ${partner} still runs`,
  );

/** Assumed: wording. */
export const notByHand = (why: string): LogLine =>
  line(1, `BecomePrimary: this member does not become primary: ${why}`);

/** Assumed: wording. */
export const forcedDownByHand = (heir: string): LogLine =>
  line(2, `${heir} was told to become primary: this member is forced down`);

/** Assumed: wording. */
export const roleChanged = (member: string, kind: "promote" | "demote"): LogLine =>
  line(1, `${member} was ${kind}d: the failover members of the mirror have changed`);

/** Assumed: wording. */
export const promotedTo = (primary: string): LogLine =>
  line(1, `This member is promoted to failover member, partner of ${primary}`);

/** What the documentation warns of, before it happens. Assumed: wording.
 *  Source: SYS.Mirror.PromoteWithNoPartner (ValidatedMember). */
export const promotingAlone = (absent: readonly string[]): LogLine =>
  line(
    2,
    "This DR async shall become primary, since a person says that no primary runs. What a former " +
      "primary acknowledged and no reachable member has is lost" +
      (absent.length === 0
        ? ""
        : `; not reached: ${absent.join(", ")}. Set ValidatedMember=0 there before it starts ` +
          "again, or there may be two primaries"),
  );

/** Assumed: wording. */
export const givingWay = (member: string): LogLine =>
  line(1, `${member} is made primary by a person: this member gives way (ValidatedMember=0)`);

/** Assumed: wording. */
export const demoted = (): LogLine => line(1, "This member is demoted to DR async member");

/** Assumed: wording. */
export const memberAdded = (name: string): LogLine => line(0, `${name} joined the mirror`);

/** Assumed: wording. */
export const memberRemoved = (name: string): LogLine =>
  line(0, `${name} was removed from the mirror`);

/** Assumed: wording. */
export const mirroringStopped = (mirror: string): LogLine =>
  line(1, `Mirror ${mirror} was stopped on this member`);

/** Assumed: wording. */
export const mirrorRemoved = (mirror: string): LogLine =>
  line(0, `The configuration of mirror ${mirror} was removed from this member`);

/** Assumed: wording. */
export const noFailoverSet = (isSet: boolean): LogLine =>
  line(0, isSet ? "No failover is set" : "No failover is cleared");

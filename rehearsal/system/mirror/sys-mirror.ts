/** `SYS.Mirror`: create, join, leave, databases of a mirror, and what it tells.
 *  Source: class reference SYS.Mirror, build 2024.3. */

import { encodeList } from "../../objectscript/lists.ts";
import type { Arguments, NativeClass, NativeMethod } from "../../objectscript/host.ts";
import type { AsyncType } from "../../core/configuration.ts";
import { asyncTypes } from "../../edge/mirror/configuration-file.ts";
import type { FailoverMemberRow } from "../../edge/mirror/view.ts";
import type { Instance } from "../instance.ts";
import { awaiting, statusMethod, takeProperties } from "../support/answers.ts";
import { Refusal } from "../support/refusal.ts";
import { localInfoKeys, mirrorInfoKeys } from "./info-keys.ts";
import { sysMirrorDatabases } from "./sys-mirror-databases.ts";
import { sysMirrorQueries } from "./sys-mirror-queries.ts";
import { sysMirrorRoles } from "./sys-mirror-roles.ts";

/** The product's methods that this engine does not have yet. */
const notSimulated = [
  "AddDatabaseNonPrimary",
  "AddFailoverMember",
  "AsyncDejournalStart",
  "AsyncDejournalStatus",
  "AsyncDejournalStop",
  "AuthorizePendingMembers",
  "CheckLeftOverJournalFile",
  "DatabasesLatency",
  "DejournalPauseDatabase",
  "DistanceFromPrimaryDatabases",
  "DistanceFromPrimaryJournalFiles",
  "GetPrimaryJournalPosition",
  "JournalFilesLatency",
  "JrnPurgeDefaultWait",
  "RemoveFromApprovalList",
  "RemoveOneMirrorSet",
  "UpdateDNinMirrorSetMember",
  "UpdateMirrorSSL",
  "UpdateMirrorUseSSL",
  "VerifyMirrorSSLCertificates",
];

/** Source: class reference (signatures). */
const mostArguments: Readonly<Record<string, number>> = {
  ActivateMirroredDatabase: 1,
  AddDatabase: 3,
  BecomePrimary: 0,
  CatchupDB: 3,
  ClearNoFailover: 2,
  CreateNewMirrorSet: 4,
  DefaultSystemName: 0,
  Demote: 0,
  DemotePartner: 0,
  DownloadMirrorDatabase: 3,
  IsFailoverReady: 1,
  IsMirrorStarted: 1,
  JoinMirrorAsAsyncMember: 8,
  JoinMirrorAsFailoverMember: 7,
  Promote: 1,
  PromoteCheck: 2,
  PromoteWithNoPartner: 2,
  PromoteWithPartner: 1,
  PromoteWithSelectedPartner: 2,
  RemoveMirrorConfiguration: 3,
  RemoveMirroredDatabase: 1,
  SetNoFailover: 1,
  StartMirror: 1,
  StopMirror: 2,
};

function create({ mirror }: Instance): NativeMethod {
  return statusMethod((call) =>
    mirror.createMirror({
      mirror: call.text(0),
      systemName: call.text(1),
      mirrorInfo: takeProperties(call, 2, mirrorInfoKeys),
    }),
  );
}

const portOr = (call: Arguments, index: number, otherwise: number): number =>
  call.text(index) === "" ? otherwise : Number(call.text(index));

function joinAsFailover({ mirror }: Instance): NativeMethod {
  return statusMethod((call) =>
    mirror.join({
      eligibility: "failover",
      mirror: call.text(0),
      systemName: call.text(1),
      instance: call.text(2),
      agentAddress: call.text(3),
      agentPort: portOr(call, 4, 2188),
      localInfo: takeProperties(call, 5, localInfoKeys),
    }),
  );
}

/** Source: SYS.Mirror.JoinMirrorAsAsyncMember (0 DR, 1 read-only, 2 read-write reporting).
 *  @throws Refusal 2142 */
function asyncTypeFrom(given: string): AsyncType {
  const type = asyncTypes[Number(given === "" ? NaN : given)];
  if (type === undefined) throw new Refusal(2142);
  return type;
}

function joinAsAsync({ mirror }: Instance): NativeMethod {
  return statusMethod((call) =>
    mirror.join({
      eligibility: asyncTypeFrom(call.text(5)),
      mirror: call.text(0),
      systemName: call.text(1),
      instance: call.text(2),
      agentAddress: call.text(3),
      agentPort: portOr(call, 4, 2188),
      localInfo: takeProperties(call, 6, localInfoKeys),
    }),
  );
}

/** Databases stay marked as mirrored unless the first argument is 1; journals go unless the second
 *  is 0. Source: class reference SYS.Mirror.RemoveMirrorConfiguration. */
function removeConfiguration({ mirror, store }: Instance): NativeMethod {
  return statusMethod(async (call) => {
    const name = mirror.view().mirrorName;
    const directories = store.mirror.copies.rows().map((row) => row.directory);
    await mirror.removeConfiguration();
    if (call.text(0) === "1") {
      for (const directory of directories) await store.mirroredDatabases.remove(directory);
    }
    await store.mirror.closeJournal();
    if (call.text(1) !== "0" && name !== "") store.mirror.removeJournals(name);
  });
}

function memberList(row: FailoverMemberRow | undefined): string {
  if (row === undefined) return "";
  const { name, agentAddress, role, status, mirrorAddress, ecpAddress } = row;
  return encodeList([name, agentAddress, role, status, mirrorAddress, ecpAddress]);
}

function failoverMemberStatus({ mirror }: Instance): NativeMethod {
  return statusMethod((call) => {
    const members = mirror.view().failoverMembers();
    call.set(0, memberList(members.this));
    call.set(1, memberList(members.other));
  });
}

/** The class on this instance. */
export function sysMirror(instance: Instance): NativeClass {
  const { mirror } = instance;
  return {
    name: "SYS.Mirror",
    namespace: "%SYS",
    classMethods: {
      CreateNewMirrorSet: create(instance),
      JoinMirrorAsFailoverMember: joinAsFailover(instance),
      JoinMirrorAsAsyncMember: joinAsAsync(instance),
      RemoveMirrorConfiguration: removeConfiguration(instance),
      StartMirror: statusMethod((call) => mirror.startMirror(call.text(0))),
      StopMirror: statusMethod((call) => mirror.stopMirror(call.text(0))),
      SetNoFailover: statusMethod(() => mirror.setNoFailover()),
      ClearNoFailover: statusMethod(() => mirror.clearNoFailover()),
      GetFailoverMemberStatus: failoverMemberStatus(instance),
      BecomePrimary: function* () {
        return (yield* awaiting(mirror.roles.becomePrimary())) ? 1 : 0;
      },
      DefaultSystemName: () => mirror.defaultSystemName(),
      IsMirrorStarted: (call) => isStarted(instance, call.text(0)),
      IsFailoverReady: () => {
        const { ready, reason } = mirror.view().failoverReady;
        return ready ? encodeList([1]) : encodeList([0, reason]);
      },
      ...sysMirrorDatabases(instance),
      ...sysMirrorRoles(instance),
    },
    mostArguments,
    queries: sysMirrorQueries(instance),
    notSimulated,
  };
}

function isStarted({ mirror }: Instance, name: string): number {
  const view = mirror.view();
  const isOurs = view.mirrorNames.includes(name.toUpperCase());
  return isOurs && view.status !== "STOPPED" && view.status !== "NOTINIT" ? 1 : 0;
}

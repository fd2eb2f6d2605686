/** The primitives of install/cls about membership, played on facts in memory. */

import { MirrorError } from "../mirror-error.ts";
import type { FakeInstance } from "./fake-instance.ts";
import type { FakeMirror, Primitive } from "./fake-primitives.ts";

/** Becomes a member of the mirror of the instance whose agent is named. */
function enter(status: string, typeOf: (type: number) => string): Primitive {
  return (world, own, { partnerAgentAddress, type, memberName }) => {
    if (world.stillListed.includes(memberName)) throw refused(own, "ERROR #2033");
    own.mirror = world.instances.find((one) => one.address.name === partnerAgentAddress)?.mirror;
    own.type = typeOf(type);
    own.status = status;
    return {};
  };
}

function refused(own: FakeInstance, seen: string): MirrorError {
  const subject = own.address.container;
  return new MirrorError({ code: "instance-refused", subject, seen, remedy: "-" });
}

const addressOf = (world: FakeMirror, memberName: string) =>
  world.entryAddress ??
  world.instances.find(({ address }) => address.memberName === memberName)?.address.name;

export const joinLooks: Readonly<Record<string, Primitive>> = {
  "Mirror.Members": (world) => ({
    members: world.instances
      .filter((one) => one.mirror !== undefined)
      .map((one) => one.address.memberName)
      .concat(world.stillListed),
  }),
  "Mirror.Entry": (world, _own, { memberName }) => {
    const address = addressOf(world, memberName);
    return { mirrorAddress: address, agentAddress: address };
  },
};

export const joinPrimitives: Readonly<Record<string, Primitive>> = {
  "Mirror.Join": enter("BACKUP", () => "Failover"),
  "Mirror.JoinAsync": enter(
    "CONNECTED",
    (type) => ["Disaster Recovery", "Read-Only Reporting", "Read-Write Reporting"][type] ?? "",
  ),
  "Mirror.Start": (_world, own) => {
    own.status = own.type === "Failover" ? "BACKUP" : "CONNECTED";
    return {};
  },
  "Mirror.Promote": (_world, own) => {
    own.type = "Failover";
    own.status = "BACKUP";
    return {};
  },
  "Mirror.Forget": (world, own, { memberName }) => {
    if (world.refusesForget) throw refused(own, "not allowed");
    if (own.status === "PRIMARY") {
      world.stillListed.splice(world.stillListed.indexOf(memberName), 1);
    }
    return { done: own.status === "PRIMARY" ? 1 : 0 };
  },
};

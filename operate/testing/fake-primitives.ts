/** The primitives of install/cls, played on facts in memory. */

import { MirrorError } from "../mirror-error.ts";
import type { FakeDatabase, FakeInstance } from "./fake-instance.ts";
import { copyPrimitives } from "./fake-copy-primitives.ts";
import { joinLooks, joinPrimitives } from "./fake-join-primitives.ts";

/** What the primitives see of the world. */
export interface FakeMirror {
  readonly instances: readonly FakeInstance[];
  /** Primitives that changed something, in order. */
  readonly acts: string[];
  readonly stillListed: string[];
  /** Where the mirror has a lost member. @default where the member of that name is */
  readonly entryAddress: string | undefined;
  /** The product does not take a member off the list. */
  readonly refusesForget: boolean;
  /** Databases that held data when they were added: they are not created elsewhere. */
  readonly hadData: Set<string>;
  /** What was last written into each directory on the primary; it is everywhere at once. */
  readonly records: Map<string, string>;
  /** What the mirror knows of sample applications. */
  readonly apps: Map<string, { code: string; entered: string }>;
}

/** Every field any primitive takes; each takes some. */
export interface Argument {
  name: string;
  directory: string;
  mirror: string;
  memberName: string;
  arbiter: string;
  qosTimeoutMs: number;
  partnerAgentAddress: string;
  primary: boolean;
  seconds: number;
  globals: string;
  routines: string;
  kind: string;
  item: string;
  database: string;
  names: string[];
  resources: string[];
  roles: string[];
  description: string;
  setup: string;
  member: string;
  container: string;
  containers: string;
  type: number;
  directories: string[];
  token: string;
}

export type Primitive = (world: FakeMirror, own: FakeInstance, given: Argument) => unknown;

const looks: Readonly<Record<string, Primitive>> = {
  "Instance.State": (_world, own) => ({
    product: "IRIS for tests",
    status: own.status,
    type: own.mirror === undefined ? "Not Member" : own.type,
    service: own.service ? 1 : 0,
    code: own.code,
    ...(own.mirror === undefined ? {} : { mirror: own.mirror, databases: mirrored(own) }),
  }),
  "Service.State": (_world, own) => ({ enabled: own.service ? 1 : 0 }),
  "Mirror.Status": (_world, own) => ({ status: own.status }),
  "Mirror.FailoverReady": (world) => ({ ready: pairIsReady(world) ? 1 : 0, reason: "" }),
  "Mirror.FailoverMembers": (world) => ({
    members: world.instances
      .filter((one) => one.mirror !== undefined && one.type === "Failover")
      .map((one) => ({
        name: one.address.memberName,
        role: one.status === "PRIMARY" ? "Primary" : "Backup",
        status: "Active",
      }))
      .concat(world.stillListed.map((name) => ({ name, role: "Backup", status: "Down" }))),
  }),
  ...joinLooks,
  "Database.Globals": (_world, own, { directory }) => ({
    names: [own.files.get(directory)?.content ?? []].flat(),
  }),
  "Database.List": (_world, own) => ({ databases: mirrored(own) }),
  "Database.State": (_world, own, { name, directory }) => {
    const file = own.files.get(directory);
    return {
      primary: own.status === "PRIMARY" ? 1 : 0,
      configuredDirectory: own.configured.get(name) ?? "",
      file: file === undefined ? 0 : 1,
      ...(file === undefined || file.isDismounted === true
        ? { mounted: 0 }
        : {
            mounted: 1,
            mirrored: file.mirror ? 1 : 0,
            mirror: file.mirror,
            mirrorName: file.mirrorName,
          }),
    };
  },
  "Record.Read": (world, own, { directories, token }) => ({
    arrived: directories.filter(
      (directory) => own.files.has(directory) && world.records.get(directory) === token,
    ).length,
  }),
  "Record.WriteErrors": (_world, own, { directories }) => ({
    errors: directories.map((directory) => {
      if (!own.files.has(directory)) return "<DIRECTORY>";
      return own.status === "PRIMARY" || own.type === "Read-Write Reporting" ? "" : "<PROTECT>";
    }),
  }),
  "App.State": (world, _own, { name }) => world.apps.get(name) ?? { code: "", entered: "" },
  "Settings.Find": (_world, own, { resources, roles }) => ({
    resources: resources.flatMap((name) => {
      const description = own.resources.get(name);
      return description === undefined ? [] : [{ name, description }];
    }),
    roles: roles.flatMap((name) => {
      const role = own.roles.get(name);
      if (role === undefined) return [];
      const { Description, Resources, GrantedRoles } = role;
      return [{ name, description: Description, resources: Resources, grantedRoles: GrantedRoles }];
    }),
  }),
  "Namespace.Find": (_world, own, { names }) => ({
    namespaces: names.flatMap((name) => {
      const found = own.namespaces.get(name);
      if (found === undefined) return [];
      const { globals, routines, mappings } = found;
      const ofKind = (kind: string) =>
        Object.fromEntries(
          [...mappings].flatMap(([key, database]) =>
            key.startsWith(`${kind} `) ? [[key.slice(kind.length + 1), database]] : [],
          ),
        );
      return [
        {
          ...{ name, globals, routines, globalMappings: ofKind("Globals") },
          ...{ packageMappings: ofKind("Packages"), routineMappings: ofKind("Routines") },
        },
      ];
    }),
  }),
};

const acts: Readonly<Record<string, Primitive>> = {
  "Record.Write": (world, _own, { directories, token }) => {
    directories.forEach((directory) => world.records.set(directory, token));
    return {};
  },
  "Record.Remove": (world, _own, { directories }) => {
    directories.forEach((directory) => world.records.delete(directory));
    return {};
  },
  "Service.Enable": (_world, own) => {
    own.service = true;
    return {};
  },
  "Mirror.Create": (world, own, { mirror, arbiter, qosTimeoutMs }) => {
    const guid = `GUID-${world.acts.length}`;
    own.mirror = { name: mirror, guid, arbiter, qosTimeoutMs };
    own.status = "PRIMARY";
    return {};
  },
  ...joinPrimitives,
  "Mirror.Leave": (_world, own) => {
    own.mirror = undefined;
    own.status = "NOTINIT";
    return {};
  },
  "Going.Mark": (_world, own, { member, container, containers }) => {
    const isFree = own.going.member === "" || !containers.includes(`,${own.going.container},`);
    if (isFree || own.going.member === member) {
      own.going = { member, container };
    }
    return { member: own.going.member };
  },
  "Database.Configure": (_world, own, { name, directory }) => {
    own.configured.set(name, directory);
    if (!own.files.has(directory)) own.emptyFolders.add(directory);
    return {};
  },
  "Database.Create": inRole((world, own, { name, directory, mirror }) => {
    if (own.status !== "PRIMARY" && world.hadData.has(name)) {
      const subject = own.address.container;
      const seen = "ERROR #2105: was not created as mirrored DB";
      throw new MirrorError({ code: "instance-refused", subject, seen, remedy: "-" });
    }
    own.emptyFolders.delete(directory);
    own.files.set(directory, { directory, mirror, mirrorName: name });
  }),
  "Database.Add": inRole((world, own, { name, directory, mirror }) => {
    world.hadData.add(name);
    own.files.set(directory, { ...fileOf(own, directory), mirror, mirrorName: name });
  }),
  "Database.Remove": inRole((_world, own, { directory }) => {
    own.files.set(directory, { ...fileOf(own, directory), mirror: "", mirrorName: "" });
  }),
  ...copyPrimitives,
  "App.Enter": (world, own, { name, setup }) => {
    if (own.status !== "PRIMARY") return { done: 0 };
    world.apps.set(name, { ...(world.apps.get(name) ?? { code: "" }), entered: setup });
    return { done: 1 };
  },
  "Settings.Describe": (_world, own, { name, description }) => {
    own.resources.set(name, description);
    return {};
  },
  "Namespace.Define": (_world, own, { name, globals, routines }) => {
    const mappings = own.namespaces.get(name)?.mappings ?? new Map<string, string>();
    own.namespaces.set(name, { globals, routines, mappings });
    return {};
  },
  "Namespace.Remove": (_world, own, { name }) => {
    own.namespaces.delete(name);
    return {};
  },
  "Namespace.Map": (_world, own, { name, kind, item, database }) => {
    own.namespaces.get(name)?.mappings.set(`${kind} ${item}`, database);
    return {};
  },
  "Namespace.Unmap": (_world, own, { name, kind, item }) => {
    own.namespaces.get(name)?.mappings.delete(`${kind} ${item}`);
    return {};
  },
};

/** Runs a primitive on an instance. */
export function answerPrimitive(
  world: FakeMirror,
  own: FakeInstance,
  primitive: string,
  argument: Argument,
): unknown {
  const look = looks[primitive];
  if (look !== undefined) {
    return look(world, own, argument);
  }
  const act = acts[primitive];
  if (act === undefined) {
    throw new Error(`not in the fake: ${primitive}`);
  }
  world.acts.push([own.address.name, primitive, ...nameOf(argument)].join(" "));
  return act(world, own, argument);
}

function fileOf(own: FakeInstance, directory: string): FakeDatabase {
  return own.files.get(directory) ?? { directory, mirror: "", mirrorName: "" };
}

function inRole(act: (...given: Parameters<Primitive>) => void): Primitive {
  return (world, own, given) => {
    const isRight = (own.status === "PRIMARY") === given.primary;
    if (isRight) {
      act(world, own, given);
    }
    return { done: isRight ? 1 : 0 };
  };
}

function mirrored(own: FakeInstance): object[] {
  return [...own.files.values()]
    .filter((file) => file.mirror !== "")
    .map((file) => ({
      name: file.mirrorName,
      directory: file.directory,
      status: own.databaseStatus.get(file.mirrorName) ?? statusIn(own, file),
    }));
}

function statusIn(own: FakeInstance, { needs, isDismounted }: FakeDatabase): string {
  if (isDismounted === true) return "Database Dismounted";
  if (needs !== undefined) {
    return needs === "activation" ? "Needs Activation" : "Needs Catchup";
  }
  return own.status === "PRIMARY" ? "Normal" : "Dejournaling";
}

function pairIsReady(world: FakeMirror): boolean {
  const pair = world.instances.filter((one) => one.type === "Failover");
  const statuses = pair.map((one) => one.status).toSorted();
  return statuses.join() === "BACKUP,PRIMARY";
}

function nameOf(argument: Partial<Argument>): string[] {
  return argument.name === undefined ? [] : [argument.name];
}

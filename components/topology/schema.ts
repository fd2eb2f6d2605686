/** The topology: everything a person says about the mirror. Each field's comment is its manual
 *  page; the `allowed` and `remedy` beside it are what a fault prints. */

import { z } from "zod";
import {
  appName,
  databaseName,
  globalPattern,
  hostAddress,
  hostName,
  memberName,
  mirrorName,
  namespaceName,
  packageName,
  routinePattern,
} from "./names.ts";
import { durablePath, hostDirectory, insidePath } from "./paths.ts";
import { settingsSchema } from "./settings.ts";

const port = z
  .int()
  .min(1)
  .max(65535)
  .meta({ allowed: "a port number from 1 to 65535", remedy: "write a free port, such as 52775" });

const command = z
  .string()
  .min(1)
  .meta({ allowed: "a command line", remedy: "write a command, such as /install/installer.sh" });

const mount = z.strictObject({
  /** Folder or file on the Docker host; a relative one is looked up from the project folder.
   *  A change replaces the container. */
  source: z.string().min(1).meta({
    allowed: "a path on the Docker host",
    remedy: "write a path, such as ./install",
  }),
  /** Where the container sees it. A change replaces the container. */
  target: insidePath,
  /** Whether the container may only read. @default true: scripts and keys need no more */
  readOnly: z
    .boolean()
    .default(true)
    .meta({ allowed: "true or false", remedy: "write true or false" }),
});

/** One member. A change of anything but memory replaces its container. */
const member = z.strictObject({
  /** Name in the mirror. @default the key in upper case */
  memberName: memberName.optional(),
  /** Port of the Docker host that leads to the member's web server. @default not published */
  webPort: port.optional(),
  /** Port of the Docker host that leads to the superserver. @default not published */
  superserverPort: port.optional(),
  /** Where clients and the arbiter reach the superserver. @default the key, as hostname */
  superserverAddress: hostAddress.optional(),
  /** Where the other members send journal data. @default the superserver address */
  mirrorAddress: hostAddress.optional(),
  /** Where the ISCAgent answers. @default the superserver address */
  agentAddress: hostAddress.optional(),
  /** Port of the ISCAgent. @default 2188, the product's */
  agentPort: port.default(2188),
  /** A directory of the Docker host with the member's data, in place of a volume: an empty one, or
   *  one in which an instance lived before. It is never deleted by this project. A relative one is
   *  looked up from the project folder. @default a volume of Docker's */
  data: z
    .strictObject({ bind: hostDirectory })
    .optional()
    .meta({ allowed: "an object with bind", remedy: "write { bind: ./sharedA }" }),
  /** Further folders and files of the Docker host. @default none */
  mounts: z
    .array(mount)
    .default([])
    .meta({ allowed: "a list of mounts", remedy: "write a list of source and target" }),
  /** Run before the instance starts, at every start (`iris-main --before`). @default nothing */
  before: command.optional(),
  /** Run after the instance started, at every start (`iris-main --after`). @default nothing */
  after: command.optional(),
  /** Run after the instance stopped (`iris-main --exit`). @default nothing */
  exit: command.optional(),
  /** Most memory the container may use, in MiB; changed in place. @default no limit */
  memoryMib: z
    .int()
    .min(256)
    .optional()
    .meta({ allowed: "a number of MiB, at least 256", remedy: "write a number, such as 4096" }),
  /** Processors the container may use. @default no limit */
  cpus: z
    .number()
    .min(0.1)
    .optional()
    .meta({ allowed: "a number of processors", remedy: "write a number, such as 2 or 1.5" }),
});

/** One async member: follows the primary, never takes over by itself. Further keys as those of a
 *  failover member. */
const asyncMember = member.extend({
  /** `dr`: all databases, read only, may be promoted by a person. `reportingReadOnly` and
   *  `reportingReadWrite`: any of the databases, never promoted; on the latter they take writes of
   *  their own. Fixed when the member joins. Source: GHA_mirror_set (async members) */
  type: z.enum(["dr", "reportingReadOnly", "reportingReadWrite"]).meta({
    allowed: "dr, reportingReadOnly or reportingReadWrite",
    remedy: "write one of the three",
  }),
  /** Databases a reporting member holds, by name. One that is taken out becomes an ordinary one
   *  here and stays in the mirror elsewhere. @default all, as a DR always has */
  databases: z.array(databaseName).optional().meta({
    allowed: "a list of names from databases",
    remedy: "write a list such as [COMPANY], or leave it out for all",
  }),
});

/** The arbiter: an ISCAgent of its own, apart from both members. A change replaces it. */
const arbiter = z.strictObject({
  /** Hostname and container name. @default arbiter */
  name: hostName.default("arbiter"),
  /** Image, for real IRIS: not older than the members' version. @default the engine's own */
  image: z
    .string()
    .min(1)
    .optional()
    .meta({ allowed: "an image reference", remedy: "write one such as arbiter:2022.1" }),
  /** Port on which it answers. @default 2188, the product's */
  port: port.default(2188),
  /** Command line behind the image name.
   *  @default none: the image's own. Assumed to be right for most images (iris-main of the arbiter
   *  image tolerates very different command lines) */
  command: z
    .array(z.string())
    .default([])
    .meta({ allowed: "a list of words", remedy: "write a list of words, or leave it out" }),
});

const database = z.strictObject({
  /** Directory inside the container.
   *  @default mgr/<name in lower case>/ under the durable directory */
  directory: insidePath.optional(),
});

const byName = {
  allowed: "an object with a key for each, and the name of a database",
  remedy: "write company.*: COMPANY",
};

/** What a namespace takes from other databases than its own. Every member has the same; one that
 *  is taken out is removed from them, and so is one that somebody added by hand, unless it leads to
 *  a database of the product (interoperability needs those). */
const namespaceMappings = z.strictObject({
  /** Globals by name, or all whose names begin so: `company.*`. @default none */
  globals: z.record(globalPattern, databaseName).default({}).meta(byName),
  /** Packages of classes, with what lies below them. @default none */
  packages: z.record(packageName, databaseName).default({}).meta(byName),
  /** Routines by name, or all whose names begin so. @default none */
  routines: z.record(routinePattern, databaseName).default({}).meta(byName),
});

const namespace = z.strictObject({
  /** Database for globals. @default the database of the same name */
  globals: databaseName.optional(),
  /** Database for routines. @default the one for globals */
  routines: databaseName.optional(),
  /** What it takes from other mirrored databases. @default nothing */
  mappings: namespaceMappings
    .prefault({})
    .meta({ allowed: "an object", remedy: "write { globals: { company.*: COMPANY } }" }),
});

const app = z.strictObject({
  /** Where its classes and first data go. @default the namespace of the same name */
  namespace: namespaceName.optional(),
});

/** The whole topology. */
export const topologySchema = z.strictObject({
  /** Name of the mirror set. It can never be changed on a formed mirror. */
  name: mirrorName,
  /** `rehearsal`: the licence-free engine of this project. `iris`: an image and a key of yours. */
  engine: z
    .enum(["rehearsal", "iris"])
    .default("rehearsal")
    .meta({ allowed: "rehearsal or iris", remedy: "write one of the two" }),
  /** Version the rehearsal imitates. @default 2022.1 */
  version: z
    .enum(["2022.1", "2026.1"])
    .optional()
    .meta({ allowed: '"2022.1" or "2026.1", in quotes', remedy: "write one of the two" }),
  /** Image of IRIS, IRIS for Health or Health Connect; only for the engine iris. */
  image: z
    .string()
    .min(1)
    .optional()
    .meta({ allowed: "an image reference", remedy: "write one such as iris:2026.1" }),
  /** Licence key file that allows mirroring; only for the engine iris. Mounted read-only. */
  licenseKey: z
    .string()
    .min(1)
    .optional()
    .meta({ allowed: "a path to a key file", remedy: "write a path, such as ./iris.key" }),
  /** Port of the web server inside the container. @default 52773, or the rehearsal's page */
  webServerPort: port.optional(),
  /** The arbiter, or false for a mirror without: a killed primary is then never taken over. */
  arbiter: z
    .union([z.literal(false), arbiter])
    .prefault({})
    .meta({ allowed: "an object, or false for none", remedy: "write {} for the default arbiter" }),
  /** The failover members by hostname. Whoever is primary now is no matter of the topology. */
  failover: z
    .record(hostName, member)
    .meta({ allowed: "an object with a key for each member", remedy: "name one or two members" }),
  /** The async members by hostname, up to 14. Adding one changes nothing on the others; one that is
   *  taken out leaves the mirror, and its volume stays. @default none */
  async: z.record(hostName, asyncMember).default({}).meta({
    allowed: "an object with a key for each async member",
    remedy: "write dr1: { type: dr }",
  }),
  /** The mirrored databases by name. @default none */
  databases: z
    .record(databaseName, database)
    .default({})
    .meta({ allowed: "an object with a key for each database", remedy: "write COMPANY: {}" }),
  /** The namespaces by name, alike on every member. @default none */
  namespaces: z
    .record(namespaceName, namespace)
    .default({})
    .meta({ allowed: "an object with a key for each namespace", remedy: "write COMPANY: {}" }),
  /** Resources and roles that every member has alike. @default none are looked after */
  settings: settingsSchema.optional().meta({
    allowed: "an object with resources and roles",
    remedy: "write { roles: { Reader: {} } }",
  }),
  /** Sample applications by their folder in install/apps, in the order of their names. Their
   *  classes are loaded whenever they have changed; their first data are entered once in the life
   *  of the mirror. One that is taken out stays as it is. @default none */
  apps: z
    .record(appName, app)
    .default({})
    .meta({ allowed: "an object with a key for each application", remedy: "write COMPANY: {}" }),
  /** Where durable %SYS lies in every member's container; the folder above it is where the volume
   *  or directory of the member is mounted. It cannot change once there are data.
   *  @default /dur/iconfig, as in the product's documentation */
  durableDirectory: durablePath.default("/dur/iconfig"),
  /** Quality of service timeout in ms: a backup outage pauses the primary about that long.
   *  @default 8000, the product's */
  qosTimeoutMs: z
    .int()
    .min(0)
    .max(300_000)
    .default(8000)
    .meta({ allowed: "0 to 300000 milliseconds", remedy: "write a number, such as 8000" }),
  /** Time a container has to stop by itself before it is killed, in seconds. @default 300: the
   *  product's own limit for a shutdown. Source: RACS (ShutdownTimeout) */
  stopGraceSeconds: z
    .int()
    .min(30)
    .max(100_000)
    .default(300)
    .meta({ allowed: "30 to 100000 seconds", remedy: "write a number, such as 300" }),
  /** Address of the Docker host on which ports are published. @default 127.0.0.1: the members
   *  speak without TLS and an instance may have its first passwords */
  publishAddress: z
    .ipv4()
    .default("127.0.0.1")
    .meta({ allowed: "an IPv4 address of the Docker host", remedy: "write 0.0.0.0 for all" }),
  /** Container names: `stack` puts the stack's name in front, `plain` takes the key as it is, so
   *  that only one such stack fits on an engine. @default stack */
  names: z
    .enum(["stack", "plain"])
    .default("stack")
    .meta({ allowed: "stack or plain", remedy: "write one of the two" }),
});

/** A topology without a fault of shape. */
type Topology = z.infer<typeof topologySchema>;
/** A namespace as the topology has it. */
export type NamespaceWished = Topology["namespaces"][string];
/** What the topology says of any member. */
export type MemberWish = Topology["failover"][string];
/** One async member as the topology has it. */
export type AsyncWish = Topology["async"][string];
/** The arbiter as the topology has it. */
export type ArbiterWish = Exclude<Topology["arbiter"], false>;

/** What is well formed of a topology: defaults stand where a field is missing or faulty. */
export type Draft = Omit<Topology, "name"> & { readonly name?: string };

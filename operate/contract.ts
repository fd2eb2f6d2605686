/** What every verb takes, gives and promises: the one border between what Pulumi declares and what
 *  is done to instances. Inputs and outputs are JSON with a version; unknown keys are faults. */

import {
  appSettings,
  asyncMember,
  databaseInput,
  databaseSettings,
  failoverMembers,
  joinInput,
  memberAddress,
  mirrorSettings,
  namespaceSettings,
  place,
  versioned,
} from "./contract/common.ts";
import { lookInput, lookOutput } from "./contract/look.ts";
import { settingsVerb } from "./contract/settings.ts";
import {
  anyText,
  integer,
  list,
  object,
  oneOf,
  optional,
  record,
  text,
  truth,
  withDefault,
  type InOf,
  type OutOf,
} from "./contract/shape.ts";
import { verb } from "./contract/verb.ts";

export * from "./contract/common.ts";
export { errors } from "./contract/errors.ts";
export { isProductDatabase } from "./contract/product.ts";

const changed = truth;

export const verbs = {
  "own-volume": verb({
    per: "member",
    does: "a volume that is empty, owned by root and mounted nowhere belongs to the instance's user; so does an empty directory of the host in place of a volume",
    again: "nothing: it belongs to the instance's user",
    input: object({ ...versioned, ...place, image: text, stack: text, member: text }),
    output: object({ ...versioned, volume: anyText, changed }),
    errors: ["volume-absent", "foreign-volume", "foreign-directory"],
  }),
  ready: verb({
    per: "member",
    does: "the instance admits sessions and its ISCAgent runs",
    again: "looks again",
    input: object({ ...versioned, member: memberAddress, containerId: text }),
    output: object({
      ...versioned,
      member: anyText,
      containerId: anyText,
      /** `$zversion` of the instance. */
      product: anyText,
    }),
    errors: ["container-ended", "time-over"],
  }),
  "load-code": verb({
    per: "member",
    does: "the classes of install/cls are compiled in %SYS; their hash and text are remembered",
    again: "nothing: hash and text are the same",
    /** `hash` is the `code` that `look` saw; another one on disk is refused. */
    input: object({ ...versioned, member: memberAddress, hash: text }),
    output: object({ ...versioned, hash: anyText, changed }),
    errors: ["code-differs", "code-failed"],
  }),
  service: verb({
    per: "member",
    does: "the service %Service_Mirror is enabled",
    again: "nothing: it is enabled",
    input: object({ ...versioned, member: memberAddress }),
    output: object({ ...versioned, enabled: oneOf(true), changed }),
    errors: ["code-missing", "instance-refused"],
  }),
  form: verb({
    per: "mirror",
    does: "the mirror exists on a failover member, which is primary; it is never made a second time. A primary that is not listed any more hands over to the active backup",
    again: "nothing: it exists",
    /** The first member of `failover` creates the mirror when it exists on none. */
    input: object({ ...versioned, mirror: mirrorSettings, failover: failoverMembers }),
    output: object({ ...versioned, mirror: anyText, guid: anyText, changed }),
    errors: [
      "code-missing",
      "cannot-see-all",
      "other-mirror",
      "two-mirrors",
      "settings-differ",
      "may-not-go",
      "instance-refused",
      "time-over",
    ],
  }),
  join: verb({
    per: "member",
    does: "the instance is in the mirror: as a failover member primary or backup, as an async connected. Mirroring that somebody stopped is started, a demoted failover member promoted again; one that lost its volume joins anew when its old entry on the primary is removed, which this does first",
    again: "nothing: it is a member",
    input: joinInput,
    output: object({ ...versioned, mirror: anyText, changed }),
    errors: [
      "code-missing",
      "mirror-absent",
      "no-primary",
      "stale-entry",
      "other-mirror",
      "other-type",
      "two-mirrors",
      "instance-refused",
      "time-over",
    ],
  }),
  leave: verb({
    per: "member",
    does: "the instance is in no mirror; its databases are ordinary ones, their files untouched. A primary hands over to an active backup first; a member whose container is gone is done; whoever still lists it is named",
    again: "nothing: it is in no mirror, or its container is gone",
    input: joinInput,
    output: object({ ...versioned, left: truth, why: anyText }),
    errors: [
      "code-missing",
      "is-primary",
      "may-not-go",
      "last-member",
      "other-mirror",
      "mirror-absent",
      "no-primary",
      "instance-refused",
      "time-over",
    ],
  }),
  database: verb({
    per: "database",
    does: "the database exists on the current primary and is in the mirror",
    again: "nothing: it is in the mirror",
    input: databaseInput,
    output: object({ ...versioned, database: anyText, changed }),
    errors: [
      "code-missing",
      "mirror-absent",
      "no-primary",
      "database-elsewhere",
      "plain-database",
      "instance-refused",
      "time-over",
    ],
  }),
  "remove-database": verb({
    per: "database",
    does: "the database is an ordinary one on every member of the stack: the primary first, then the other failover member, then the asyncs; its files stay",
    again: "nothing: it is in no mirror",
    input: databaseInput,
    output: object({ ...versioned, database: anyText, removedFrom: list(anyText) }),
    errors: ["code-missing", "no-primary", "instance-refused", "time-over"],
  }),
  databases: verb({
    per: "member",
    does: "this member holds the listed databases of the mirror, caught up: created, or copied from a failover member where that is not enough, an ordinary one set aside; an async that chooses its databases has released those that its last run listed and this one does not",
    again: "nothing: it holds them; after an interruption it begins an unfinished copy anew",
    input: object({
      ...versioned,
      mirror: text,
      member: memberAddress,
      databases: list(databaseSettings),
      /** From whom a copy may come. */
      failover: failoverMembers,
      /** Whether a database that is listed no more becomes an ordinary one here: on an async that
       *  chooses its databases. One that leaves the mirror is for `remove-database`. */
      releases: withDefault(truth, false),
    }),
    output: object({ ...versioned, databases: list(anyText), changed }),
    errors: [
      "code-missing",
      "mirror-absent",
      "database-missing",
      "database-elsewhere",
      "no-source",
      "no-room",
      "copy-failed",
      "journals-gone",
      "instance-refused",
      "time-over",
    ],
  }),
  namespaces: verb({
    per: "member",
    does: "the namespaces and their mappings are as listed: other mappings in them are removed, but for those to the product's own databases; a namespace the last run listed and this one does not is removed",
    again: "nothing: they are as listed",
    input: object({
      ...versioned,
      member: memberAddress,
      namespaces: list(namespaceSettings),
    }),
    output: object({ ...versioned, namespaces: list(namespaceSettings), changed }),
    errors: ["code-missing", "instance-refused"],
  }),
  settings: settingsVerb,
  app: verb({
    per: "app",
    does: "the classes of a sample application are compiled in its namespace on the primary, and its first data were entered once in the life of the mirror",
    again: "nothing: the hash is the same, and the mirror knows that the data were entered",
    input: object({
      ...versioned,
      mirror: text,
      app: appSettings,
      failover: failoverMembers,
    }),
    output: object({ ...versioned, app: anyText, hash: anyText, entered: anyText, changed }),
    errors: [
      "code-missing",
      "mirror-absent",
      "no-primary",
      "code-differs",
      "code-failed",
      "instance-refused",
    ],
  }),
  verify: verb({
    per: "mirror",
    does: "one primary, one active backup, every async connected, the wanted failover mode, every database caught up, with the globals the primary has, writable where it may be and nowhere else, and a record written on the primary is read on the others",
    again: "verifies again; its record is removed",
    input: object({
      ...versioned,
      mirror: mirrorSettings,
      failover: failoverMembers,
      asyncs: withDefault(list(asyncMember, 0, 14), []),
      databases: list(databaseSettings),
      /** Results of all steps before, so that a change of any of them verifies again. */
      after: list(anyText),
    }),
    output: object({
      ...versioned,
      /** Role of each member when it was verified: `Primary` or `Backup`; of an async its type. */
      roles: record(anyText),
      /** `arbiter controlled`, `agent controlled`, or `single member`. */
      failoverMode: anyText,
      /** A record went from the primary to every other member; and what was seen, as sentences. */
      replicated: truth,
      checks: withDefault(list(anyText), []),
    }),
    errors: ["code-missing", "not-verified"],
  }),
  look: verb({
    per: "stack",
    does: "tells what is there, for all members at once; a member out of reach is a warning",
    again: "looks again",
    input: lookInput,
    output: lookOutput,
    errors: [],
  }),
  "may-go": verb({
    per: "container",
    does: "says that the mirror can do without this member now; waits for a partner that is coming back and for the member that was replaced just before; never says it of both failover members",
    again: "asks again",
    input: object({
      ...versioned,
      mirror: text,
      member: memberAddress,
      failover: failoverMembers,
      /** The member whose container was replaced just before, in a roll. */
      previous: optional(memberAddress),
      /** The whole stack is destroyed: an outage is what was asked for. */
      everyoneGoes: truth,
    }),
    output: object({ ...versioned, mayGo: oneOf(true), why: anyText }),
    errors: ["code-missing", "may-not-go"],
  }),
  "clear-stale": verb({
    per: "container",
    does: "no container of that name is in the way; one of our own was stopped in its own time and removed",
    again: "nothing: there is none",
    input: object({
      ...versioned,
      container: text,
      stack: text,
      member: text,
      graceSeconds: integer(1, 100_000),
    }),
    output: object({ ...versioned, removed: truth }),
    errors: ["foreign-container"],
  }),
} as const;

export type VerbName = keyof typeof verbs;
/** What a caller writes: defaults may be left out. */
export type VerbInput<Name extends VerbName> = InOf<(typeof verbs)[Name]["input"]>;
/** What a verb works with: the input after parsing. */
export type ParsedInput<Name extends VerbName> = OutOf<(typeof verbs)[Name]["input"]>;
/** What a verb gives back. */
export type VerbOutput<Name extends VerbName> = OutOf<(typeof verbs)[Name]["output"]>;

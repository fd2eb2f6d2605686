/** Settings that the mirror does not carry and every member has alike, as the topology has them.
 *  Only what can be read back from an instance is taken, so that a difference is seen: no password,
 *  for one, whose hash the product does not give out. */

import { z } from "zod";

/** A quote or a line break has no certain form in a merge file, and a session is ASCII. */
const description = z
  .string()
  .regex(/^[ !#-~]{0,200}$/)
  .default("")
  .meta({
    allowed: "up to 200 characters of ASCII, no double quote",
    remedy: "write a sentence, or leave it out",
  });

/** A resource of a database, or one of applications. Source: class reference Security.Resources
 *  (no commas, colons or blanks); assumed to be enough: letters, digits, hyphen and underscore. */
const resourceName = z
  .string()
  .regex(/^(?:%DB_)?[A-Za-z][A-Za-z0-9_-]{0,59}$/)
  .meta({
    allowed: "letters, digits, hyphens and underscores, a letter or %DB_ first",
    remedy: "choose a name such as %DB_COMPANY",
  });

/** A role that is granted or a resource that is used may be one of the product's. */
const anyName = z
  .string()
  .regex(/^%?[A-Za-z][A-Za-z0-9_%-]{0,62}$/)
  .meta({
    allowed: "the name of a resource or role",
    remedy: "write a name such as %Developer",
  });

const roleName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]{0,62}$/)
  .meta({
    allowed: "letters, digits, hyphens and underscores, a letter first",
    remedy: "choose a name such as Reader; those with % are the product's",
  });

const permission = z.enum(["R", "W", "U", "RW", "RU", "WU", "RWU"]).meta({
  allowed: "R, W, U, RW, RU, WU or RWU",
  remedy: "write R to read, RW to read and write, U to use",
});

const resource = z.strictObject({
  /** What it is for. A change is made in place. @default empty */
  description,
});

const role = z.strictObject({
  /** Who has it. @default empty */
  description,
  /** Permissions by resource: of this topology, or of the product (`%...`). @default none */
  resources: z.record(anyName, permission).default({}).meta({
    allowed: "an object with a key for each resource, and its permissions",
    remedy: 'write "%DB_COMPANY": R',
  }),
  /** Roles it includes: of this topology, or of the product. @default none */
  grantedRoles: z.array(anyName).default([]).meta({
    allowed: "a list of names of roles",
    remedy: "write a list such as [Reader]",
  }),
});

/** Applied alike on every member by `iris merge`; users, roles and resources are not mirrored.
 *  Source: GHA_mirror_set_config. One that is taken out is removed from every member. */
export const settingsSchema = z.strictObject({
  /** Resources by name. @default none */
  resources: z.record(resourceName, resource).default({}).meta({
    allowed: "an object with a key for each resource",
    remedy: 'write "%DB_COMPANY": { description: Company data }',
  }),
  /** Roles by name. @default none */
  roles: z
    .record(roleName, role)
    .default({})
    .meta({ allowed: "an object with a key for each role", remedy: "write Reader: {}" }),
});

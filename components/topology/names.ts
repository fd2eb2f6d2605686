/** Which names the product and Docker take. One shape and one explanation for each kind of name. */

import { z } from "zod";

/** Name of the mirror set; stored in upper case, never changed later.
 *  Source: GHA_mirror_set_config; Config.Mirrors.Name. */
export const mirrorName = z
  .string()
  .regex(/^[A-Za-z0-9]{1,15}$/)
  .meta({
    allowed: "1 to 15 letters and digits",
    remedy: "choose a short name, such as MIRRORSET",
  });

/** Key of a member or of the arbiter: hostname, network alias and part of Docker's names.
 *  Narrower than either: what a hostname, a container and a member name all take.
 *  Source: RFC 1123 (hostnames), Docker's container names. */
export const hostName = z
  .string()
  .regex(/^[A-Za-z](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])$/)
  .meta({
    allowed: "2 to 32 letters, digits and hyphens, a letter first and no hyphen last",
    remedy: "choose a name that can be a hostname, such as mirrorA",
  });

/** Name of a member in the mirror; stored in upper case.
 *  Source: GHA_mirror_set_config, RACS_mirrormember, Config.MapMirrors.Name (32 characters).
 *  Assumed: the sources disagree on a single slash; samples use HOST/INSTANCE, so it is taken. */
export const memberName = z
  .string()
  .regex(/^[A-Za-z0-9](?:[A-Za-z0-9_-]|\/(?![/*])){0,31}$/)
  .meta({
    allowed: "1 to 32 letters, digits, hyphens, underscores and single slashes",
    remedy: "leave memberName out (the upper-case hostname is taken), or write one such as MIRRORA",
  });

/** Name of a mirrored database, in the instance and in the mirror alike.
 *  Source: GHA_mirror_set_configdbs; SYS.Mirror.AddDatabase (1 to 62 characters). */
export const databaseName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_-]{0,61}$/)
  .meta({
    allowed: "1 to 62 letters, digits, hyphens and underscores, a letter or an underscore first",
    remedy: "choose a name such as COMPANY",
  });

/** Name of a namespace.
 *  Assumed: as database names, with a leading percent sign reserved for the product. */
export const namespaceName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]{0,61}$/)
  .meta({
    allowed: "1 to 62 letters, digits, hyphens and underscores, a letter first",
    remedy: "choose a name such as PHONEBOOK",
  });

/** A sample application: a folder of install/apps. */
export const appName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9-]{0,61}$/)
  .meta({
    allowed: "the name of a folder in install/apps",
    remedy: "write COMPANY or PHONEBOOK",
  });

/** A host as the other members write it: a name of the mirror's network or an address. */
export const hostAddress = z
  .string()
  .regex(/^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/)
  .meta({
    allowed: "a host name or an IP address that the other members reach",
    remedy: "leave it out (the member's hostname is taken), or write such a name",
  });

/** A global, or with a star all globals whose names begin so. Source: RCPF_Global.
 *  Percent names are the system's; mappings of parts of a global are not simulated. */
export const globalPattern = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9.]{0,30}\*?$/)
  .meta({
    allowed: "the name of a whole global without ^, or its beginning and *",
    remedy: "write a name such as company or company.*",
  });

/** A package, with what lies below it. Source: RACS_PACKAGE. */
export const packageName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z][A-Za-z0-9]*)*$/)
  .meta({
    allowed: "the name of a package",
    remedy: "write a name such as Sample.Company",
  });

/** A routine, or with a star all routines whose names begin so. Source: RACS_Routine. */
export const routinePattern = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9.]{0,62}\*?$/)
  .meta({
    allowed: "the name of a routine, or its beginning and *",
    remedy: "write a name such as ACC or ACC*",
  });

/** Namespaces every instance has from the start. */
export const productNamespaces: readonly string[] = ["%SYS", "USER"];

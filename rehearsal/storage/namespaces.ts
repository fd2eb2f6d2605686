/** Which database a name belongs to: namespaces, mappings, and the names that always live
 *  elsewhere. Pure.
 *  Source: RACS_Namespace_n (defaults and exceptions), RCPF_Global, RACS_Routine, RACS_PACKAGE. */

import { NotSimulated, ObjectScriptError } from "../objectscript/errors.ts";

/** A namespace as `[Namespaces]` defines it. */
export interface Namespace {
  /** Upper case. */
  readonly name: string;
  /** Databases, by name. */
  readonly globals: string;
  readonly routines: string;
  readonly temporary: string;
}

/** What is mapped: globals, routines, packages of classes. */
export type MappingKind = "Global" | "Routine" | "Package";

/** An entry of `[Map.<namespace>]`. */
export interface Mapping {
  readonly kind: MappingKind;
  /** `demo.*`, `ACC*`, `TEST`. */
  readonly name: string;
  /** Name of the database. */
  readonly database: string;
}

/** What resolving needs to know of the configuration. */
export interface NamespaceView {
  namespace(name: string): Namespace | undefined;
  mappings(namespace: string): readonly Mapping[];
}

/** The namespace whose mappings hold in all. Source: GSA (mapping to all namespaces). */
const everywhere = "%ALL";
const systemDatabase = "IRISSYS";
/** Assumed for `mtemp`: an older convention that installers still use. Source for the others:
 *  GGBL (temporary globals). */
const temporaryGlobal = /^(IRIS\.Temp|CacheTemp|mtemp)/;

/** The namespace of that name, in any case.
 *  @throws ObjectScriptError `<NAMESPACE>` */
export function findNamespace(view: NamespaceView, name: string): Namespace {
  const namespace = view.namespace(name.toUpperCase());
  if (namespace === undefined) throw new ObjectScriptError("<NAMESPACE>");
  return namespace;
}

/** Name of the database that holds a global. */
export function databaseOfGlobal(view: NamespaceView, namespace: Namespace, name: string): string {
  const mapped = mappedDatabase(view, namespace, (mapping) => globalRank(mapping, name));
  if (mapped !== undefined) return mapped;
  if (name.startsWith("%")) return systemDatabase;
  return temporaryGlobal.test(name) ? namespace.temporary : namespace.globals;
}

/** Name of the database that holds the source of a class. */
export function databaseOfClass(view: NamespaceView, namespace: Namespace, name: string): string {
  const mapped = mappedDatabase(view, namespace, (mapping) => packageRank(mapping, name));
  return mapped ?? codeDatabase(namespace, name);
}

/** Name of the database that holds the source of a routine. */
export function databaseOfRoutine(view: NamespaceView, namespace: Namespace, name: string): string {
  const mapped = mappedDatabase(view, namespace, (mapping) =>
    mapping.kind === "Routine" ? patternRank(mapping.name, name) : 0,
  );
  return mapped ?? codeDatabase(namespace, name);
}

/** Assumed: all `%` code of users goes to IRISSYS. The product reads most of it from IRISLIB, which
 *  is read only and holds nothing of users. */
function codeDatabase(namespace: Namespace, name: string): string {
  return name.startsWith("%") ? systemDatabase : namespace.routines;
}

/** The database of the mapping that fits best; the namespace's own before those for all. */
function mappedDatabase(
  view: NamespaceView,
  namespace: Namespace,
  rank: (mapping: Mapping) => number,
): string | undefined {
  for (const name of [namespace.name, everywhere]) {
    let best: Mapping | undefined;
    for (const mapping of view.mappings(name)) {
      if (rank(mapping) > (best === undefined ? 0 : rank(best))) best = mapping;
    }
    if (best !== undefined) return best.database;
  }
  return undefined;
}

function globalRank(mapping: Mapping, name: string): number {
  if (mapping.kind !== "Global") return 0;
  const paren = mapping.name.search(/[(:]/);
  if (paren < 0) return patternRank(mapping.name, name);
  if (mapping.name[paren] === ":" || mapping.name.slice(0, paren) === name) {
    throw new NotSimulated(`global mapping ${mapping.name} (subscript level or range)`);
  }
  return 0;
}

/** How well a name pattern fits: 0 not at all, more for a longer fixed part, most when equal. */
function patternRank(pattern: string, name: string): number {
  if (!pattern.endsWith("*")) return pattern === name ? Infinity : 0;
  return name.startsWith(pattern.slice(0, -1)) ? pattern.length : 0;
}

function packageRank(mapping: Mapping, className: string): number {
  if (mapping.kind !== "Package") return 0;
  const isInside = className === mapping.name || className.startsWith(`${mapping.name}.`);
  return isInside ? mapping.name.length : 0;
}

/** What a persistent class may say here. All else would change where or how objects are stored, or
 *  what may be stored, so that it is refused by name when the class is compiled or first used. */

import { NotSimulated } from "../../errors.ts";
import type { ClassDefinition, PropertyDefinition } from "../../source/class-definition.ts";
import { fullClassName } from "../product-classes.ts";
import { refusedCallbacks } from "./callbacks.ts";
import { persistentName } from "./extent.ts";

const refusedMembers: ReadonlySet<string> = new Set([
  "index",
  "foreignkey",
  "relationship",
  "trigger",
]);

const refusedClassKeywords: ReadonlySet<string> = new Set([
  "abstract",
  "noextent",
  "storagestrategy",
  "classtype",
]);

/** Parameters of %Library.Persistent. Source: class reference. */
const refusedParameters: ReadonlySet<string> = new Set(
  [
    "%XCOMPACTANCESTRY DATALOCATIONGLOBAL DEFAULTCONCURRENCY DEFAULTGLOBAL DSCONDITION DSINTERVAL",
    "DSTIME EXTENTQUERYSPEC EXTENTSIZE GUIDENABLED IDENTIFIEDBY MANAGEDEXTENT OBJJOURNAL",
    "PROPERTYVALIDATION READONLY ROWLEVELSECURITY SQLPREVENTFULLSCAN STORAGEDEFAULT USEEXTENTSET",
    "VERSIONCLIENTNAME VERSIONPROPERTY",
  ].flatMap((line) => line.split(" ")),
);

const allowedPropertyKeywords: ReadonlySet<string> = new Set([
  "calculated",
  "deprecated",
  "description",
  "final",
  "initialexpression",
  "internal",
  "multidimensional",
  "private",
  "required",
  "sqlfieldname",
  "transient",
]);

/** True for a class that says itself that its objects are stored. */
export function isDirectlyPersistent({ superclasses }: ClassDefinition): boolean {
  return superclasses.some((name) => fullClassName(name) === persistentName);
}

/** @throws NotSimulated for the first thing that is not simulated in a persistent class */
export function requirePlainStorage(definition: ClassDefinition): void {
  const refused =
    definition.others.find(({ kind }) => refusedMembers.has(kind)) ??
    named("parameter", definition.parameters, refusedParameters) ??
    named("callback", definition.methods, refusedCallbacks);
  if (refused !== undefined) refuse(definition, `${refused.kind} ${refused.name}`);
  for (const keyword of definition.keywords.keys()) {
    if (refusedClassKeywords.has(keyword)) refuse(definition, `keyword ${keyword}`);
  }
  for (const property of definition.properties) requirePlainProperty(definition, property);
}

function named(
  kind: string,
  members: readonly { readonly name: string }[],
  refused: ReadonlySet<string>,
): { readonly kind: string; readonly name: string } | undefined {
  const found = members.find(({ name }) => refused.has(name));
  return found && { kind, name: found.name };
}

function requirePlainProperty(definition: ClassDefinition, property: PropertyDefinition): void {
  const { name, keywords, collection, typeParameters } = property;
  if (collection !== undefined) refuse(definition, `property ${name} (${collection})`);
  for (const keyword of keywords.keys()) {
    if (!allowedPropertyKeywords.has(keyword))
      refuse(definition, `property ${name} [ ${keyword} ]`);
  }
  for (const parameter of typeParameters.keys()) {
    if (parameter !== "MAXLEN") refuse(definition, `property ${name} (${parameter})`);
  }
}

function refuse(definition: ClassDefinition, what: string): never {
  throw new NotSimulated(`${what} of the persistent class ${definition.name}`);
}

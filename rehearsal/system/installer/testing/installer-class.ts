/** Installer classes as people write them, as files beside an instance. */

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

interface Parts {
  /** Further members of the class. */
  readonly members?: string;
  /** Lines of setup() before the one that generates. */
  readonly before?: string;
}

/** The arguments of setup(), as the product's documents and public installers have them. */
const formals = [
  "ByRef pVars",
  "pLogLevel As %Integer = 3",
  "pInstaller As %Installer.Installer",
  "pLogger As %Installer.AbstractLogger",
].join(", ");

/** A class with the manifest in its XData block `Setup`, which begins on line 6 of the file. */
export function installerClass(name: string, manifest: string, parts: Parts = {}): string {
  return `Include %occInclude

Class ${name}
{
XData Setup [ XMLNamespace = INSTALLER ]
{
${manifest}
}

ClassMethod setup(${formals}) As %Status [ CodeMode = objectgenerator, Internal ]
{
  #; The manifest becomes the code of this method.
${parts.before ?? ""}
  quit ##class(%Installer.Manifest).%Generate(%compiledclass, %code, "Setup")
}

${parts.members ?? ""}
}
`;
}

/** Writes a file with the directories above it; gives its path. */
export function written(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

/** Pieces of generated code that several tags use. */

import type { Activity } from "./check-manifest.ts";

/** The class that holds what generated code calls. */
export const helper = "##class(%Installer.Manifest)";

/** Throws the status of a call that is none of success. */
export const must = (call: string): string => ` $$$ThrowOnError(${call})`;

/** Throws a status with this text, which is an expression. */
export const failWith = (text: string): string => must(`$$$ERROR($$$GeneralError,${text})`);

/** Writes a line of the log. @param text an expression */
export const log = (level: number | string, source: string, text: string): string =>
  ` do ${helper}.%Log(tLogLevel,${String(level)},"${source}",${text})`;

/** Fills `tProps` with the properties that were given. */
export function properties(named: Readonly<Record<string, string | undefined>>): string[] {
  const given = Object.entries(named).filter(([, code]) => code !== undefined);
  return [" kill tProps", ...given.map(([name, code = ""]) => ` set tProps("${name}")=${code}`)];
}

/** An attribute as an expression. @param otherwise the expression when it is left out */
export const attribute = (activity: Activity, name: string, otherwise = '""'): string =>
  activity.attributes[name] ?? otherwise;

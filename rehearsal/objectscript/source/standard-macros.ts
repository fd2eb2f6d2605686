/** Macros that every class has from %occStatus and its like.
 *  Source: script-facing documentation GCOS, standard macros; the replacement texts are this
 *  engine's own, with the documented effect. */

import type { Macro } from "./macros.ts";

const status = "##class(%SYSTEM.Status)";
const fromStatus = "##class(%Exception.StatusException).CreateFromStatus";

function macro(parameters: readonly string[], text: string): Macro {
  return { parameters, text };
}

const constants: Readonly<Record<string, string>> = {
  OK: "1",
  YES: "1",
  NO: "0",
  TRUE: "1",
  FALSE: "0",
  NULLOREF: '""',
  GeneralError: "5001",
  ObjectScriptError: "5002",
  CacheError: "5002",
  FileCanNotOpen: "5005",
  FileDoesNotExist: "5012",
  NamespaceDoesNotExist: "5015",
  DirectoryDoesNotExist: "5021",
  // Assumed: the value; the macro is passed on to Config classes, which save in any case.
  CPFSave: "1",
};

/** Standard macros by name. `%args` stands for all arguments as they are. */
export const standardMacros: ReadonlyMap<string, Macro> = new Map<string, Macro>([
  ...Object.entries(constants).map(([name, text]) => [name, macro([], text)] as const),
  ["ISERR", macro(["%sc"], "('(%sc))")],
  ["ISOK", macro(["%sc"], "(%sc)")],
  ["ERROR", macro(["%args"], `${status}.Error(%args)`)],
  ["ADDSC", macro(["%one", "%two"], `${status}.AppendStatus(%one,%two)`)],
  ["FormatText", macro(["%args"], `${status}.%FormatText(%args)`)],
  ["Text", macro(["%text"], "%text")],
  ["LOWER", macro(["%text"], '$zconvert(%text,"L")')],
  ["UPPER", macro(["%text"], '$zconvert(%text,"U")')],
  ["ThrowStatus", macro(["%value"], `throw ${fromStatus}(%value)`)],
  ["ThrowOnError", macro(["%value"], `set %sc=%value throw:('%sc) ${fromStatus}(%sc)`)],
  // Seen in public code.
  ["THROWONERROR", macro(["%sc", "%value"], `set %sc=%value throw:('%sc) ${fromStatus}(%sc)`)],
  ["QuitOnError", macro(["%value"], "set %sc=%value quit:('%sc) %sc")],
]);

/** Include files whose macros are the standard ones. */
export const knownIncludes: ReadonlySet<string> = new Set([
  "%occInclude",
  "%occStatus",
  "%occErrors",
  "%occMessages",
  "%systemInclude",
  "%sySystem",
  "%syConfig",
  "%syPrompt",
]);

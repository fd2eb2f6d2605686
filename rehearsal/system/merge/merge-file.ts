/** Text of a configuration merge file: a part of an iris.cpf, and perhaps a section [Actions].
 *  Every line is read, and one that is not understood is named by its number; never by its text,
 *  which may hold a password. Pure.
 *  Source: GCMF 1.3 (syntax of a CPF; sections and parameters may repeat, the later one wins). */

import { goesOn, readAction, type ActionLine } from "./action-line.ts";

/** `key=value` in a section. */
export interface SettingLine {
  /** As it is written. */
  readonly section: string;
  readonly key: string;
  readonly value: string;
  /** Counted from 1. */
  readonly line: number;
}

/** A line that cannot be merged, and why. */
export interface MergeFault {
  /** Counted from 1. */
  readonly line: number;
  readonly text: string;
}

/** What a file says, in its order. */
export interface MergeFile {
  /** Where each section begins. */
  readonly sections: readonly { readonly name: string; readonly line: number }[];
  readonly settings: readonly SettingLine[];
  readonly actions: readonly ActionLine[];
  readonly faults: readonly MergeFault[];
}

const actionsSection = "ACTIONS";

/** Comments begin with `#` or `;`. Source: seen in public merge files. */
const isSilent = (line: string): boolean => /^\s*([#;].*)?$/.test(line);

/** Reads a file; never throws. Names are kept as they are written: who uses them knows how they are
 *  spelt. */
export function readMergeFile(text: string): MergeFile {
  const sections: { name: string; line: number }[] = [];
  const settings: SettingLine[] = [];
  const written: WrittenAction[] = [];
  const faults: MergeFault[] = [];
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/);
  for (const [index, text] of lines.entries()) {
    const line = index + 1;
    if (isSilent(text)) continue;
    const heading = /^\s*\[([^\][]+)\]\s*$/.exec(text)?.[1];
    const section = sections.at(-1)?.name;
    if (heading !== undefined) sections.push({ name: heading.trim(), line });
    else if (section === undefined) faults.push({ line, text: "it stands before any section" });
    else if (section.toUpperCase() === actionsSection) {
      addAction(written, { text, line });
    } else {
      const setting = readSetting(text);
      if (setting === undefined) faults.push({ line, text: 'it is no "key=value"' });
      else settings.push({ section, ...setting, line });
    }
  }
  const read = written.map(({ text, line }) => ({ line, action: readAction(text, line) }));
  const actions = read.flatMap(({ action }) => ("fault" in action ? [] : [action]));
  const unread = read.flatMap(({ line, action }) =>
    "fault" in action ? [{ line, text: action.fault }] : [],
  );
  return { sections, settings, actions, faults: [...faults, ...unread].sort(byLine) };
}

const byLine = (one: MergeFault, other: MergeFault): number => one.line - other.line;

/** The text of an action, from the line where it begins. */
interface WrittenAction {
  text: string;
  readonly line: number;
}

/** Adds a line of [Actions]: an action, or more of the one before. */
function addAction(written: WrittenAction[], next: WrittenAction): void {
  const before = written.at(-1);
  if (before !== undefined && goesOn(before.text, next.text)) before.text += next.text.trim();
  else written.push(next);
}

function readSetting(written: string): { key: string; value: string } | undefined {
  const equals = written.indexOf("=");
  const key = written.slice(0, Math.max(equals, 0)).trim();
  if (key === "" || key.startsWith("[")) return undefined;
  return { key, value: written.slice(equals + 1).trim() };
}

/** Text of a configuration merge file: a part of an iris.cpf, and perhaps a section [Actions].
 *  Every line is read, and one that is not understood is named by its number; never by its text,
 *  which may hold a password. Pure.
 *  Source: GCMF 1.3 (syntax of a CPF; sections and parameters may repeat, the later one wins). */

import { readAction, type ActionLine } from "./action-line.ts";

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
  const actions: ActionLine[] = [];
  const faults: MergeFault[] = [];
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/);
  for (const [index, written] of lines.entries()) {
    const line = index + 1;
    if (isSilent(written)) continue;
    const heading = /^\s*\[([^\][]+)\]\s*$/.exec(written)?.[1];
    const section = sections.at(-1)?.name;
    if (heading !== undefined) sections.push({ name: heading.trim(), line });
    else if (section === undefined) faults.push({ line, text: "it stands before any section" });
    else if (section.toUpperCase() === actionsSection) {
      const action = readAction(written, line);
      if ("fault" in action) faults.push({ line, text: action.fault });
      else actions.push(action);
    } else {
      const setting = readSetting(written);
      if (setting === undefined) faults.push({ line, text: 'it is no "key=value"' });
      else settings.push({ section, ...setting, line });
    }
  }
  return { sections, settings, actions, faults };
}

function readSetting(written: string): { key: string; value: string } | undefined {
  const equals = written.indexOf("=");
  const key = written.slice(0, Math.max(equals, 0)).trim();
  if (key === "" || key.startsWith("[")) return undefined;
  return { key, value: written.slice(equals + 1).trim() };
}

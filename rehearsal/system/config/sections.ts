/** The classes over one section of iris.cpf that has no named entries: `Config.Miscellaneous`,
 *  `Config.Startup`, `Config.Journal`, `Config.config`. What the engine acts on takes effect as in
 *  the product; memory sizes are kept, because nothing here can show them; changing what the engine
 *  would not follow is refused by name.
 *  Source: class reference (Get and Modify without a key); RACS_Startup, RACS_Journal, RACS_config.
 *  Assumed: a change of SynchCommit holds for processes that start after it. */

import { NotSimulated } from "../../objectscript/errors.ts";
import type { NativeClass } from "../../objectscript/host.ts";
import type { Instance } from "../instance.ts";
import { giveProperties, statusMethod, takeProperties } from "../support/answers.ts";
import { Refusal } from "../support/refusal.ts";

/** One section. */
interface Section {
  readonly className: string;
  readonly name: string;
  /** Properties that Modify writes, with what they look like. */
  readonly changeable: Readonly<Record<string, RegExp>>;
  /** Properties that can be told, and set only to what they are. */
  readonly fixed: readonly string[];
}

const truth = /^[01]$/;
const count = /^\d+$/;
const sizes = /^[\d,]+$/;

const sections: readonly Section[] = [
  {
    className: "Config.Miscellaneous",
    name: "Miscellaneous",
    changeable: { SynchCommit: truth },
    fixed: [],
  },
  {
    className: "Config.Startup",
    name: "Startup",
    changeable: { EnsembleAutoStart: truth, SystemMode: /^[A-Za-z]*$/ },
    fixed: ["DefaultPort", "ShutdownTimeout", "WebServer", "WebServerPort"],
  },
  {
    className: "Config.Journal",
    name: "Journal",
    changeable: { FileSizeLimit: count },
    fixed: ["AlternateDirectory", "CurrentDirectory", "FreezeOnError", "JournalFilePrefix"],
  },
  {
    className: "Config.config",
    name: "config",
    changeable: {
      MaxServerConn: count,
      MaxServers: count,
      globals: sizes,
      gmheap: count,
      locksiz: count,
      routines: sizes,
    },
    fixed: ["wijdir"],
  },
];

const namesOf = ({ changeable, fixed }: Section): string[] => [
  ...Object.keys(changeable),
  ...fixed,
];

/** The names of a section and its key as iris.cpf spells them, whatever the letter case.
 *  @returns `undefined` for a section or a key that the engine does not have */
export function knownSetting(
  section: string,
  key: string,
): { readonly section: string; readonly key: string } | undefined {
  const found = sectionNamed(section);
  const name = found === undefined ? undefined : namesOf(found).find((one) => sameWord(one, key));
  return found === undefined || name === undefined ? undefined : { section: found.name, key: name };
}

/** True for one of these sections, in any case. */
export function isSettingsSection(name: string): boolean {
  return sectionNamed(name) !== undefined;
}

function sectionNamed(name: string): Section | undefined {
  return sections.find((one) => sameWord(one.name, name));
}

function sameWord(left: string, right: string): boolean {
  return left.toUpperCase() === right.toUpperCase();
}

/** Whether a value would change anything.
 *  @param name as iris.cpf spells it
 *  @throws NotSimulated, Refusal 407 */
export function wouldChange(
  section: string,
  name: string,
  { value, current }: { readonly value: string; readonly current: string },
): boolean {
  if (value === current) return false;
  const found = sectionNamed(section);
  const pattern = found?.changeable[name];
  if (pattern === undefined) throw new NotSimulated(`changing Config.${section}.${name}`);
  if (!pattern.test(value)) throw new Refusal(407, name);
  return true;
}

function sectionClass(section: Section, { store: { configuration } }: Instance): NativeClass {
  const names = namesOf(section);
  const current = (name: string): string => configuration.get(section.name, name) ?? "";
  const checked = (name: string, value: string): boolean =>
    wouldChange(section.name, name, { value, current: current(name) });
  return {
    name: section.className,
    namespace: "%SYS",
    classMethods: {
      Get: statusMethod((call) => {
        giveProperties(call, 0, Object.fromEntries(names.map((name) => [name, current(name)])));
      }),
      Modify: statusMethod((call) => {
        const given = Object.entries(takeProperties(call, 0, names));
        for (const [name, value] of given.filter((one) => checked(...one))) {
          configuration.set(section.name, name, value);
        }
        configuration.save();
      }),
    },
    notSimulated: ["Open", "%OpenId", "Exists", "Export", "Import"],
  };
}

/** The four classes on this instance. */
export function configSections(instance: Instance): readonly NativeClass[] {
  return sections.map((section) => sectionClass(section, instance));
}

/** Records of the `Security.*` classes. They are kept in %SYS, so on the volume:
 *  `^SYS("Security",file,name,property)`. A new instance has some already; what was changed or
 *  deleted of those is remembered there too.
 *  Source: class references (names in any case). Assumed: the layout of the global. */

import { NotSimulated } from "../../objectscript/errors.ts";
import type { Arguments, Globals, NativeProcess, Running } from "../../objectscript/host.ts";
import { untilWritable } from "../../storage/globals.ts";
import type { Properties, Records } from "../config/record-class.ts";
import type { Refusal } from "../support/refusal.ts";

/** What one class keeps. */
export interface RecordKind {
  /** Second subscript of the global, such as `UsersD`. */
  readonly file: string;
  /** All properties with the values a record has where none was given. */
  readonly defaults: Properties;
  /** Records of a new instance. */
  readonly initial: Readonly<Record<string, Properties>>;
  /** Properties that Create takes one by one, behind the name; an array without it. */
  readonly createArguments?: readonly string[];
  /** Properties that are taken and never kept or told: passwords. */
  readonly secrets?: readonly string[];
  /** The name when a call leaves it out. */
  readonly onlyName?: string;
  /** Looks at a record before it is written. @throws Refusal */
  check?(name: string, properties: Properties, globals: Globals): void;
  alreadyThere(name: string): Refusal;
  notThere(name: string): Refusal;
}

/** Marks a record of a new instance that was deleted, at its root. */
const deleted = "deleted";

/** The records of one class. */
export class StoredRecords implements Records {
  readonly keyLength = 1;
  readonly properties: readonly string[];
  readonly given: Records["given"];
  private readonly kind: RecordKind;

  constructor(kind: RecordKind) {
    this.kind = kind;
    this.properties = ["Name", ...Object.keys(kind.defaults), ...(kind.secrets ?? [])];
    const { createArguments } = kind;
    this.given =
      createArguments === undefined ? undefined : (call) => oneByOne(call, createArguments);
  }

  /** Names of all records: those of a new instance, then others in collation order. */
  names(globals: Globals): string[] {
    const stored: string[] = [];
    let at = globals.order(this.place(""), 1)?.subscripts.at(-1);
    while (at !== undefined && at !== "") {
      stored.push(at);
      at = globals.order(this.place(at), 1)?.subscripts.at(-1);
    }
    const all = new Set([...Object.keys(this.kind.initial), ...stored]);
    return [...all].filter((name) => globals.get(this.place(name)) !== deleted);
  }

  /** The name as the record has it, whatever the letter case of the call. */
  known(name: string, globals: Globals): string | undefined {
    const wanted = (name === "" ? (this.kind.onlyName ?? "") : name).toLowerCase();
    return this.names(globals).find((one) => one.toLowerCase() === wanted);
  }

  find(
    [name = ""]: readonly string[],
    { globals }: Pick<NativeProcess, "globals">,
  ): Record<string, string> | undefined {
    const known = this.known(name, globals);
    if (known === undefined) return undefined;
    const stored = Object.keys(this.kind.defaults).flatMap((property) => {
      const value = globals.get(this.place(known, property));
      return value === undefined ? [] : [[property, value] as const];
    });
    const first = { ...this.kind.defaults, ...this.kind.initial[known] };
    return { Name: known, ...first, ...Object.fromEntries(stored) };
  }

  *put(key: readonly string[], properties: Properties, process: NativeProcess): Running<void> {
    const name = this.known(key[0] ?? "", process.globals) ?? key[0] ?? "";
    this.kind.check?.(name, properties, process.globals);
    yield* this.write(process.globals, [name], "");
    for (const property of Object.keys(this.kind.defaults)) {
      const value = properties[property];
      if (value !== undefined) yield* this.write(process.globals, [name, property], value);
    }
  }

  *remove([name = ""]: readonly string[], { globals }: NativeProcess): Running<void> {
    const known = this.known(name, globals) ?? name;
    yield* untilWritable(globals, this.place(known));
    globals.kill(this.place(known));
    if (Object.hasOwn(this.kind.initial, known)) yield* this.write(globals, [known], deleted);
  }

  alreadyThere([name = ""]: readonly string[]): never {
    throw this.kind.alreadyThere(name);
  }

  notThere([name = ""]: readonly string[]): never {
    throw this.kind.notThere(name);
  }

  private *write(globals: Globals, subscripts: readonly string[], value: string): Running<void> {
    const place = this.place(...subscripts);
    yield* untilWritable(globals, place);
    globals.set(place, value);
  }

  private place(...subscripts: readonly string[]) {
    return {
      name: "SYS",
      subscripts: ["Security", this.kind.file, ...subscripts],
      environment: "%SYS",
    };
  }
}

/** `Create(name,a,b,c)`: the properties of a new record by their places.
 *  @throws NotSimulated for an array, which these methods of the product do not take */
function oneByOne(call: Arguments, names: readonly string[]): Record<string, string> {
  if (call.keys(1).length > 0) throw new NotSimulated("Create with an array of properties here");
  const given = names.flatMap((name, index) =>
    call.given(index + 1) ? [[name, call.text(index + 1)] as const] : [],
  );
  return Object.fromEntries(given);
}

/** The instance's configuration: `iris.cpf`, read once and written back at every change. */

import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { dirname, normalize } from "node:path";
import {
  cpfEntries,
  cpfValue,
  formatCpf,
  parseCpf,
  withCpfValue,
  withoutCpfKey,
  withoutCpfSection,
  type Cpf,
} from "./cpf.ts";
import { syncDirectory } from "./journal-file.ts";
import { StatusError } from "./status-error.ts";
import type { Mapping, MappingKind, Namespace, NamespaceView } from "./namespaces.ts";

/** A database as `[Databases]` defines it. Source: RACS_Database_n. */
export interface ConfiguredDatabase {
  /** Upper case. */
  readonly name: string;
  /** With closing slash. */
  readonly directory: string;
  /** Another instance that has it; empty for this one. */
  readonly server: string;
  readonly mountRequired: boolean;
  readonly streamLocation: string;
}

const mappingKinds: readonly MappingKind[] = ["Global", "Routine", "Package"];

/** A directory as databases are known by: without detours, with closing slash. */
export function directoryName(directory: string): string {
  return normalize(`${directory}/`);
}

/** `iris.cpf` in memory. */
export class Configuration implements NamespaceView {
  readonly path: string;
  /** Counts changes: key of what was worked out from it. */
  revision = 0;
  private cpf: Cpf;
  /** What is on the disk. */
  private saved: string;
  private databaseList: readonly ConfiguredDatabase[] | undefined;
  private namespaceMap: ReadonlyMap<string, Namespace> | undefined;
  private readonly mappingLists = new Map<string, readonly Mapping[]>();

  /** @throws CpfFault naming the line that cannot be read; StatusError 415 for [Actions], which
   *    stands in merge files alone. Source: RACS_actions. Assumed: the number */
  constructor(path: string) {
    this.path = path;
    this.saved = readFileSync(path, "utf8");
    this.cpf = parseCpf(this.saved);
    const actions = this.cpf.find(({ name }) => name.toLowerCase() === "actions");
    if (actions !== undefined) throw new StatusError(415, actions.name);
  }

  get(section: string, key: string): string | undefined {
    return cpfValue(this.cpf, section, key);
  }

  entries(section: string): { key: string; value: string }[] {
    return cpfEntries(this.cpf, section);
  }

  /** Names of the sections, in order. */
  sections(): string[] {
    return [...new Set(this.cpf.map(({ name }) => name).filter((name) => name !== ""))];
  }

  set(section: string, key: string, value: string): void {
    this.change(withCpfValue(this.cpf, section, key, value));
  }

  remove(section: string, key: string): void {
    this.change(withoutCpfKey(this.cpf, section, key));
  }

  removeSection(section: string): void {
    this.change(withoutCpfSection(this.cpf, section));
  }

  private change(cpf: Cpf): void {
    this.cpf = cpf;
    this.revision += 1;
    this.databaseList = undefined;
    this.namespaceMap = undefined;
    this.mappingLists.clear();
  }

  /** Writes the file: whole or not at all, and only when it would change. */
  save(): void {
    const text = formatCpf(this.cpf);
    if (text === this.saved) return;
    writeWhole(this.path, text);
    this.saved = text;
  }

  /** Writes the copy the product makes after a good start or stop. Source: RACS. */
  saveLastGood(): void {
    writeWhole(`${dirname(this.path)}/_LastGood_.cpf`, formatCpf(this.cpf));
  }

  databases(): readonly ConfiguredDatabase[] {
    this.databaseList ??= this.entries("Databases").map(({ key, value }) => {
      const [directory = "", server = "", required = "", , , stream = ""] = value.split(",");
      return {
        name: key.toUpperCase(),
        directory: directoryName(directory.trim()),
        server,
        mountRequired: required.trim() === "1",
        streamLocation: stream,
      };
    });
    return this.databaseList;
  }

  namespaces(): readonly Namespace[] {
    return [...this.namespaceTable().values()];
  }

  namespace(name: string): Namespace | undefined {
    return this.namespaceTable().get(name);
  }

  private namespaceTable(): ReadonlyMap<string, Namespace> {
    this.namespaceMap ??= new Map(
      this.entries("Namespaces").map(({ key, value }) => {
        const [globals = "", routines = "", temporary = ""] = value.toUpperCase().split(",");
        const name = key.toUpperCase();
        const namespace = {
          name,
          globals,
          routines: routines === "" ? globals : routines,
          temporary: temporary === "" ? "IRISTEMP" : temporary,
        };
        return [name, namespace] as const;
      }),
    );
    return this.namespaceMap;
  }

  mappings(namespace: string): readonly Mapping[] {
    const known = this.mappingLists.get(namespace);
    if (known !== undefined) return known;
    const mappings = this.entries(`Map.${namespace}`).flatMap(({ key, value }) => {
      const kind = mappingKinds.find((candidate) => key.startsWith(`${candidate}_`));
      const database = (value.split(",")[0] ?? "").trim().toUpperCase();
      return kind === undefined ? [] : [{ kind, name: key.slice(kind.length + 1), database }];
    });
    this.mappingLists.set(namespace, mappings);
    return mappings;
  }
}

function writeWhole(path: string, text: string): void {
  const unfinished = `${path}.new`;
  const descriptor = openSync(unfinished, "w", 0o644);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(unfinished, path);
  syncDirectory(dirname(path));
}

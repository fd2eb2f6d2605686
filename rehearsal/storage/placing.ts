/** Finding the mounted database a reference means. */

import { NotSimulated, ObjectScriptError } from "../objectscript/errors.ts";
import type { GlobalReference } from "../objectscript/host.ts";
import { directoryName, type Configuration } from "./configuration.ts";
import type { Database } from "./database.ts";
import type { Databases } from "./databases.ts";
import { databaseOfGlobal, findNamespace } from "./namespaces.ts";

/** Resolves names by the configuration; keeps what it found until the configuration changes. */
export class Placing {
  private readonly configuration: Configuration;
  private readonly databases: Databases;
  private known = new Map<string, string>();
  private revision = -1;

  constructor(configuration: Configuration, databases: Databases) {
    this.configuration = configuration;
    this.databases = databases;
  }

  /** The database of a global, seen from a namespace. `environment` of an extended reference is a
   *  namespace, or `^^/directory/` for one database. Source: GGBL (extended references).
   *  @throws ObjectScriptError `<NAMESPACE>`, `<DIRECTORY>` */
  place(namespace: string, { name, environment }: GlobalReference): Database {
    if (environment?.startsWith("^") === true) return this.inDirectory(environment);
    const from = environment === undefined || environment === "" ? namespace : environment;
    return this.mounted(this.directoryOf(from, name));
  }

  private directoryOf(namespace: string, name: string): string {
    if (this.revision !== this.configuration.revision) {
      this.revision = this.configuration.revision;
      this.known = new Map();
    }
    const address = `${namespace} ${name}`;
    const known = this.known.get(address);
    if (known !== undefined) return known;
    const found = findNamespace(this.configuration, namespace);
    const directory = this.directoryNamed(databaseOfGlobal(this.configuration, found, name));
    this.known.set(address, directory);
    return directory;
  }

  private directoryNamed(name: string): string {
    const wanted = name.toUpperCase();
    const configured = this.configuration.databases().find((entry) => entry.name === wanted);
    if (configured === undefined) throw new ObjectScriptError("<DIRECTORY>", `*${name}`);
    if (configured.server !== "") throw new NotSimulated(`remote database ${name}`);
    return configured.directory;
  }

  private inDirectory(environment: string): Database {
    if (!environment.startsWith("^^")) {
      throw new NotSimulated(`a database of another system, ${environment}`);
    }
    return this.mounted(directoryName(environment.slice(2)));
  }

  /** The database of that name in `[Databases]`.
   *  @throws ObjectScriptError `<DIRECTORY>` */
  databaseNamed(name: string): Database {
    return this.mounted(this.directoryNamed(name));
  }

  private mounted(directory: string): Database {
    const database = this.databases.find(directory)?.database;
    if (database === undefined) throw new ObjectScriptError("<DIRECTORY>", `*${directory}`);
    return database;
  }
}

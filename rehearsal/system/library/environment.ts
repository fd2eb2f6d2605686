/** What the library classes need from the instance around them. The daemon implements it. */

/** The instance as the library sees it. */
export interface LibraryEnvironment {
  /** Host name of the container. */
  readonly hostName: string;
  /** Name of the instance, upper case. */
  readonly instance: string;
  /** Where the product lies, with a closing slash. */
  readonly installDirectory: string;
  /** `mgr/` of the instance, with a closing slash. */
  readonly managerDirectory: string;
  /** Where a process begins to look for files with relative names. */
  readonly workingDirectory: string;
  readonly files: Files;
  environmentVariable(name: string): string | undefined;
  /** IPv4 address of a host; `undefined` when nobody knows it. */
  resolveHost(name: string): Promise<string | undefined>;
  /** Writes a line into messages.log; severity 0 information to 3 fatal. */
  consoleLog(text: string, severity: number): void;
  /** Forgets severe messages: the health state is ok again. */
  monitorStateOk(): void;
}

/** What lies at a path. */
export interface FileFacts {
  readonly kind: "file" | "directory";
  readonly sizeBytes: number;
  readonly modifiedEpochMs: number;
  readonly createdEpochMs: number;
}

/** The file system of the instance. Paths are absolute. What fails gives false or `undefined`,
 *  because the product's file class answers with booleans. */
export interface Files {
  facts(path: string): FileFacts | undefined;
  /** Names in a directory, sorted; `undefined` when it is none. */
  names(directory: string): readonly string[] | undefined;
  readText(path: string): string | undefined;
  makeDirectory(path: string): boolean;
  removeFile(path: string): boolean;
  removeDirectory(path: string): boolean;
  removeTree(path: string): boolean;
  rename(from: string, to: string): boolean;
  /** Copies a file over whatever is there. */
  copy(from: string, to: string): Promise<boolean>;
}

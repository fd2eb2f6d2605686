/** A file system in memory, for tests. */

import type { FileFacts, Files } from "../environment.ts";

/** Files by path; directories have no content. */
export class MemoryFiles implements Files {
  private readonly contents = new Map<string, string | undefined>();

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.contents.set("/", undefined);
    for (const [path, text] of Object.entries(files)) this.write(path, text);
  }

  /** Puts a file there, with all directories above it. */
  write(path: string, text: string): void {
    const parts = path.split("/").slice(1, -1);
    parts.forEach((_, index) => {
      this.contents.set(`/${parts.slice(0, index + 1).join("/")}`, undefined);
    });
    this.contents.set(path, text);
  }

  private isDirectory(path: string): boolean {
    return this.contents.has(path) && this.contents.get(path) === undefined;
  }

  private below(path: string): string[] {
    return [...this.contents.keys()].filter((one) => one.startsWith(`${path}/`));
  }

  facts(path: string): FileFacts | undefined {
    if (!this.contents.has(path)) return undefined;
    const text = this.contents.get(path);
    return {
      kind: text === undefined ? "directory" : "file",
      sizeBytes: text?.length ?? 0,
      modifiedEpochMs: 0,
      createdEpochMs: 0,
    };
  }

  names(directory: string): readonly string[] | undefined {
    const base = directory.replace(/(.)\/$/, "$1");
    if (!this.isDirectory(base)) return undefined;
    const prefix = base === "/" ? "/" : `${base}/`;
    return [...this.contents.keys()]
      .filter((path) => path !== "/" && path.startsWith(prefix))
      .map((path) => path.slice(prefix.length))
      .filter((name) => !name.includes("/"))
      .sort();
  }

  readText(path: string): string | undefined {
    return this.contents.get(path);
  }

  makeDirectory(path: string): boolean {
    const parent = path.slice(0, path.lastIndexOf("/")) || "/";
    if (this.contents.has(path) || !this.isDirectory(parent)) return false;
    this.contents.set(path, undefined);
    return true;
  }

  removeFile(path: string): boolean {
    return this.contents.get(path) !== undefined && this.contents.delete(path);
  }

  removeDirectory(path: string): boolean {
    return this.isDirectory(path) && this.below(path).length === 0 && this.contents.delete(path);
  }

  removeTree(path: string): boolean {
    for (const one of this.below(path)) this.contents.delete(one);
    return this.contents.delete(path);
  }

  rename(from: string, to: string): boolean {
    const text = this.contents.get(from);
    if (text === undefined) return false;
    this.contents.delete(from);
    this.contents.set(to, text);
    return true;
  }

  copy(from: string, to: string): Promise<boolean> {
    const text = this.contents.get(from);
    if (text !== undefined) this.contents.set(to, text);
    return Promise.resolve(text !== undefined);
  }
}

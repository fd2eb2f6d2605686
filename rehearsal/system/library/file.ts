/** `%Library.File`, also known as `%File`: class methods that answer with booleans, not with a
 *  `%Status`. Source: %Library.File guide. */

import type { Arguments, NativeClass, NativeMethod } from "../../objectscript/host.ts";
import type { NativeProcess, Running } from "../../objectscript/host.ts";
import { isTrue } from "../../objectscript/numbers.ts";
import type { Value } from "../../objectscript/value.ts";
import { knownMethods } from "./known-methods.ts";
import type { Files, LibraryEnvironment } from "./environment.ts";
import { fileSet } from "./file-set.ts";
import { absolutePath, directoryOf, directoryPath, fileNameOf, plainPath } from "./paths.ts";
import { currentDirectory } from "./working-directory.ts";

/** What an operating system call answers where it has no better number. */
const failedCode = -1;

const truth = (value: boolean): Value => (value ? 1 : 0);

/** Answers 1 or 0 and puts 0 or a negative code into the argument for it. */
function answer(isDone: boolean, call: Arguments, codeIndex: number): Value {
  call.set(codeIndex, isDone ? 0 : failedCode);
  return truth(isDone);
}

/** The files of the instance as a process sees them. */
class FileView {
  readonly environment: LibraryEnvironment;

  constructor(environment: LibraryEnvironment) {
    this.environment = environment;
  }

  get files(): Files {
    return this.environment.files;
  }

  directoryIn(process: NativeProcess): string {
    return currentDirectory(process, this.environment);
  }

  /** An argument as an absolute path. */
  path(call: Arguments, process: NativeProcess, index = 0): string {
    return absolutePath(call.text(index), this.directoryIn(process));
  }

  /** The first argument as a directory with a closing slash. */
  directory(call: Arguments, process: NativeProcess): string {
    return directoryPath(call.text(0), this.directoryIn(process));
  }

  isKind(kind: "file" | "directory", path: string): boolean {
    return this.files.facts(plainPath(path))?.kind === kind;
  }

  /** Makes a directory with all its parents. */
  makeChain(directory: string): boolean {
    const parts = plainPath(directory).split("/").slice(1);
    return parts.every((_, index) => {
      const partial = `/${parts.slice(0, index + 1).join("/")}`;
      return this.isKind("directory", partial) || this.files.makeDirectory(partial);
    });
  }
}

/** Methods that look and change. */
function actionMethods(view: FileView): Record<string, NativeMethod> {
  const { files } = view;
  return {
    Exists: (call, process) =>
      truth(files.facts(plainPath(view.path(call, process))) !== undefined),
    DirectoryExists: (call, process) => truth(view.isKind("directory", view.path(call, process))),
    CreateDirectory: (call, process) =>
      answer(files.makeDirectory(plainPath(view.path(call, process))), call, 1),
    CreateDirectoryChain: (call, process) =>
      answer(view.makeChain(view.path(call, process)), call, 1),
    CreateNewDir: (call, process) =>
      truth(files.makeDirectory(plainPath(view.directory(call, process) + call.text(1)))),
    RemoveDirectory: (call, process) =>
      answer(files.removeDirectory(plainPath(view.path(call, process))), call, 1),
    RemoveDirectoryTree: (call, process) => {
      const target = plainPath(view.path(call, process));
      return truth(view.isKind("directory", target) && files.removeTree(target));
    },
    Delete: (call, process) => answer(files.removeFile(view.path(call, process)), call, 1),
    Rename: (call, process) =>
      answer(files.rename(view.path(call, process, 0), view.path(call, process, 1)), call, 2),
    CopyFile: (call, process) => copyFile(view, call, process),
    GetFileSize: (call, process) => files.facts(view.path(call, process))?.sizeBytes ?? failedCode,
  };
}

function* copyFile(view: FileView, call: Arguments, process: NativeProcess): Running<Value> {
  const [from, to] = [view.path(call, process, 0), view.path(call, process, 1)];
  const mayReplace = !call.given(2) || isTrue(call.value(2));
  const isBlocked = view.files.facts(to) !== undefined && !mayReplace;
  if (!view.isKind("file", from) || isBlocked) return answer(false, call, 3);
  let isDone = false;
  const until = view.files.copy(from, to).then((done) => (isDone = done));
  yield { kind: "wait", until };
  return answer(isDone, call, 3);
}

/** Methods that only work on names. */
function nameMethods(view: FileView): Record<string, NativeMethod> {
  return {
    GetDirectory: (call, process) => directoryOf(view.path(call, process)),
    GetFilename: (call, process) => fileNameOf(view.path(call, process)),
    NormalizeDirectory: (call, process) => view.directory(call, process),
    NormalizeFilename: (call, process) => view.path(call, process),
    ComputeFullDBDir: (call, process) => view.directory(call, process),
    CanonicalFilename: (call, process) => {
      const found = view.path(call, process);
      return view.files.facts(plainPath(found)) === undefined ? "" : found;
    },
    ParentDirectoryName: (call, process) => directoryOf(plainPath(view.directory(call, process))),
    SubDirectoryName: (call, process) => {
      const child = view.directory(call, process) + call.text(1);
      return isTrue(call.value(2)) ? `${child}/` : child;
    },
    ManagerDirectory: () => view.environment.managerDirectory,
  };
}

/** The class, over the files of the instance. */
export function fileClass(environment: LibraryEnvironment): NativeClass {
  const view = new FileView(environment);
  return {
    name: "%Library.File",
    extends: ["%Library.RegisteredObject"],
    classMethods: { ...actionMethods(view), ...nameMethods(view) },
    queries: { FileSet: fileSet(environment, (process) => view.directoryIn(process)) },
    notSimulated: knownMethods("%Library.File"),
  };
}

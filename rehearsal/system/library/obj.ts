/** `%SYSTEM.OBJ` (`$system.OBJ`): loads and compiles classes and routines from files.
 *  Source: class reference %SYSTEM.OBJ; output as seen in logs of the product. */

import { checkClass } from "../../objectscript/classes/check-class.ts";
import { readClass, type ClassProblem } from "../../objectscript/classes/check-class.ts";
import { isDirectlyPersistent } from "../../objectscript/classes/persistent/requirements.ts";
import { fullClassName, isRunByProduct } from "../../objectscript/classes/product-classes.ts";
import { NotSimulated, SyntaxFault } from "../../objectscript/errors.ts";
import type { Arguments, NativeClass, NativeProcess } from "../../objectscript/host.ts";
import { isXml, parseExportFile } from "../../objectscript/source/xml/export-file.ts";
import type { ExportedItem } from "../../objectscript/source/xml/export-file.ts";
import type { Value } from "../../objectscript/value.ts";
import { knownMethods } from "./known-methods.ts";
import type { LibraryEnvironment } from "./environment.ts";
import { LoadRun, type LoadedItem } from "./load-run.ts";
import { directoryPath, absolutePath } from "./paths.ts";
import { displayStatus } from "./status-class.ts";
import { appendStatus, okStatus, statusError, statusNumbers, statusText } from "./status.ts";
import { currentDirectory } from "./working-directory.ts";

/** Kinds of files that a directory load takes. */
const sourceFile = /\.(?:xml|cls|mac|int|inc)$/i;

interface Loading {
  readonly environment: LibraryEnvironment;
  readonly process: NativeProcess;
  readonly run: LoadRun;
}

/** Reads one file into the namespace; a status that is no success where it cannot. */
function loadFile(path: string, loading: Loading): Value {
  const { environment, run } = loading;
  const text = environment.files.readText(path);
  if (text === undefined) {
    const status = statusError(statusNumbers.fileDoesNotExist, path);
    run.failure(statusText(status));
    return status;
  }
  if (isXml(text)) return loadExport(path, text, loading);
  const routine = /\.(mac|int|inc)$/i.exec(path);
  if (routine !== null) return loadRoutine(path, text, (routine[1] ?? "").toLowerCase(), loading);
  run.say(`Loading file ${path} as udl`);
  return storeClass(path, text, loading);
}

/** Reads an XML export. Assumed: the lines it prints. */
function loadExport(path: string, text: string, loading: Loading): Value {
  const { run } = loading;
  run.say(`Loading file ${path} as xml`);
  const items = readExport(text);
  if ("message" in items) return refused(path, items, loading);
  let status: Value = okStatus;
  for (const item of items) {
    run.say(`Imported ${item.kind}: ${item.name}`);
    const stored =
      item.kind === "class" ? storeClass(path, item.text, loading) : storeRoutine(item, loading);
    status = appendStatus(status, stored);
  }
  return status;
}

function readExport(text: string): ExportedItem[] | ClassProblem {
  try {
    return parseExportFile(text);
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    return { place: "", message: error.message };
  }
}

function refused(path: string, problem: ClassProblem, { run }: Loading): Value {
  run.problem(path, problem);
  return statusError(statusNumbers.general, `${path}: ${problem.message}`);
}

function storeClass(path: string, text: string, loading: Loading): Value {
  const definition = readClass(text);
  if ("place" in definition) return refused(path, definition, loading);
  loading.process.code.saveClass(definition.name, text);
  loading.run.loaded.push({ kind: "class", name: definition.name });
  return okStatus;
}

function loadRoutine(path: string, text: string, type: string, loading: Loading): Value {
  const header = /^ROUTINE\s+([%\w.]+)/i.exec(text)?.[1];
  const file = path.slice(path.lastIndexOf("/") + 1);
  const name = header ?? file.slice(0, file.lastIndexOf("."));
  loading.run.say(`Loading file ${path} as ${type}`);
  return storeRoutine({ name, type, text }, loading);
}

interface RoutineText {
  readonly name: string;
  /** Its extension. */
  readonly type: string;
  readonly text: string;
}

function storeRoutine({ name, type, text }: RoutineText, { process, run }: Loading): Value {
  if (type !== "inc" && isRunByProduct(name, process.namespace)) {
    throw new NotSimulated(`routine ^${name}, which the product runs by itself`);
  }
  process.code.saveRoutine(type === "inc" ? `${name}.inc` : name, text);
  if (type !== "inc") run.loaded.push({ kind: "routine", name: `${name}.${type}` });
  return okStatus;
}

/** Compiles what was loaded; problems are shown and become a status. */
function compileItems(items: readonly LoadedItem[], loading: Loading): Value {
  const { run } = loading;
  let status: Value = okStatus;
  run.compilationStarts();
  for (const item of items) {
    if (item.kind === "routine") {
      run.say(`Compiling routine : ${item.name}`);
      continue;
    }
    status = appendStatus(status, compileClass(item.name, loading));
  }
  run.compilationEnds();
  return status;
}

function compileClass(name: string, { process, run }: Loading): Value {
  run.say(`Compiling class ${name}`);
  const source = process.code.classSource(name);
  const definition = source === undefined ? undefined : readClass(source);
  if (definition === undefined || "place" in definition) {
    run.problem(name, definition ?? { place: "", message: `Class '${name}' does not exist` });
    return statusError(statusNumbers.compilation, name);
  }
  const problems = checkClass(process, definition);
  for (const problem of problems) run.problem(`${name}.cls`, problem);
  if (problems.length > 0) return statusError(statusNumbers.compilation, name);
  if (isDirectlyPersistent(definition)) run.say(`Compiling table ${name}`);
  run.say(`Compiling routine ${name}.1`);
  return okStatus;
}

/** Where the arguments for the error log and the list of what was loaded stand. */
interface ListPlaces {
  readonly errors: number;
  readonly loaded: number;
}

const fileLists: ListPlaces = { errors: 2, loaded: 3 };
const directoryLists: ListPlaces = { errors: 2, loaded: 4 };

function giveLists(call: Arguments, { errors, loaded }: ListPlaces, run: LoadRun): void {
  call.set(errors, run.problems.length);
  for (const [index, text] of run.problems.entries()) {
    call.setNode(errors, [String(index + 1)], text);
  }
  for (const item of run.loaded) {
    const name = item.kind === "class" ? `${item.name}.CLS` : item.name.toUpperCase();
    call.setNode(loaded, [name], "");
  }
}

function loadAll(
  paths: readonly string[],
  call: Arguments,
  loading: Loading,
  lists: ListPlaces,
): Value {
  const { run } = loading;
  let status: Value = okStatus;
  for (const path of paths) status = appendStatus(status, loadFile(path, loading));
  if (run.compiles && run.loaded.length > 0) {
    status = appendStatus(status, compileItems(run.loaded, loading));
  }
  run.loadEnds();
  giveLists(call, lists, run);
  return status;
}

function sourcePaths(
  directory: string,
  recurse: boolean,
  environment: LibraryEnvironment,
): string[] {
  const { files } = environment;
  return (files.names(directory) ?? []).flatMap((name) => {
    const path = directory + name;
    if (files.facts(path)?.kind !== "directory") return sourceFile.test(name) ? [path] : [];
    return recurse ? sourcePaths(`${path}/`, recurse, environment) : [];
  });
}

/** The class, over the files of the instance. */
export function objClass(environment: LibraryEnvironment): NativeClass {
  const begin = (call: Arguments, process: NativeProcess): Loading => ({
    environment,
    process,
    run: new LoadRun(process, call.text(1)),
  });
  const compile = (call: Arguments, process: NativeProcess): Value => {
    const loading = begin(call, process);
    const names = call
      .text(0)
      .split(",")
      .map((name) => fullClassName(name.trim().replace(/\.cls$/i, "")));
    const status = compileItems(
      names.map((name) => ({ kind: "class", name })),
      loading,
    );
    giveLists(call, fileLists, loading.run);
    return status;
  };
  const loadDirectory = (call: Arguments, process: NativeProcess): Value => {
    const loading = begin(call, process);
    const directory = directoryPath(call.text(0), currentDirectory(process, environment));
    loading.run.loadStarts(" '*.xml;*.XML;*.cls;*.mac;*.int;*.inc;*.CLS;*.MAC;*.INT;*.INC'");
    return loadAll(
      sourcePaths(directory, call.text(3) === "1", environment),
      call,
      loading,
      directoryLists,
    );
  };
  const load = (call: Arguments, process: NativeProcess): Value => {
    const loading = begin(call, process);
    loading.run.loadStarts("");
    const path = absolutePath(call.text(0), currentDirectory(process, environment));
    return loadAll([path], call, loading, fileLists);
  };
  return {
    name: "%SYSTEM.OBJ",
    classMethods: {
      Load: load,
      LoadDir: loadDirectory,
      ImportDir: loadDirectory,
      Compile: compile,
      Delete: deleteClasses,
      DisplayError: (call, process) => {
        displayStatus(call.given(0) ? call.value(0) : okStatus, process);
        return okStatus;
      },
    },
    notSimulated: knownMethods("%SYSTEM.OBJ"),
  };
}

/** `Delete("A.B,A.C",flags)`. */
function deleteClasses(call: Arguments, process: NativeProcess): Value {
  const run = new LoadRun(process, call.text(1));
  let status: Value = okStatus;
  run.say(`\nDeleting class ${call.text(0)}`);
  for (const name of call.text(0).split(",")) {
    const full = fullClassName(name.trim());
    if (process.code.classSource(full) === undefined) {
      const missing = statusError(statusNumbers.general, `Class '${full}' does not exist`);
      status = appendStatus(status, missing);
      run.say(statusText(missing));
    } else process.code.deleteClass(full);
  }
  return status;
}

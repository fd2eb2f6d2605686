/** All library classes by name. */

import type { NativeClass } from "../../objectscript/host.ts";
import { sysContainer } from "../container/sys-container.ts";
import { cspClass } from "./csp.ts";
import { dictionaryClasses } from "./dictionary.ts";
import { dynamicClasses } from "./dynamic-objects.ts";
import type { LibraryEnvironment } from "./environment.ts";
import { exceptionClasses } from "./exceptions.ts";
import { fileClass } from "./file.ts";
import { objClass } from "./obj.ts";
import { resultSetClass } from "./result-set.ts";
import { sqlClasses } from "./sql-statement.ts";
import { statusClass } from "./status-class.ts";
import { smallSystemClasses } from "./system-classes.ts";
import { textServicesClass } from "./text-services.ts";

/** The library classes by full name; the evaluator knows that `%File` is `%Library.File`. */
export function libraryClasses(environment: LibraryEnvironment): ReadonlyMap<string, NativeClass> {
  const classes: readonly NativeClass[] = [
    statusClass,
    ...exceptionClasses,
    cspClass,
    sysContainer(environment),
    ...dictionaryClasses,
    textServicesClass,
    ...dynamicClasses,
    resultSetClass,
    ...sqlClasses,
    fileClass(environment),
    objClass(environment),
    ...smallSystemClasses(environment),
  ];
  return new Map(classes.map((one) => [one.name, one]));
}

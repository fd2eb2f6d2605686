/** Where objects of a persistent class are kept: default storage.
 *  Source: GOBJ, storage (data in `^Pkg.ClassD`, the last id at its root). */

import { awaitWritable } from "../../commands/sequence.ts";
import { NotSimulated } from "../../errors.ts";
import type { Running } from "../../host.ts";
import { toText } from "../../numbers.ts";
import { GlobalPlace } from "../../run/global-place.ts";
import type { Place } from "../../run/place.ts";
import type { Process } from "../../run/process.ts";
import type { RuntimeClass } from "../runtime-class.ts";

/** The root of all classes whose objects are stored. */
export const persistentName = "%Library.Persistent";

/** Significant characters of the name of a global; longer ones are hashed by the product.
 *  Source: GOBJ, storage. */
const longestName = 31;

/** True for a class whose objects can be saved. */
export function isPersistent(runtimeClass: RuntimeClass): boolean {
  return runtimeClass.lineage.includes(persistentName) && runtimeClass.name !== persistentName;
}

/** `^Pkg.ClassD`, without the caret.
 *  @throws NotSimulated for a class whose globals have hashed names */
export function dataGlobal(className: string): string {
  const name = `${className}D`;
  if (name.length > longestName || name.startsWith("%")) {
    throw new NotSimulated(`the global of the persistent class ${className}`);
  }
  return name;
}

/** The node of an object, or the root of the extent. */
export function extentPlace(process: Process, className: string, id?: string): Place {
  const subscripts = id === undefined ? [] : [id];
  return new GlobalPlace(process, { name: dataGlobal(className), subscripts });
}

/** True where an object with that id is stored. */
export function isStored(process: Process, className: string, id: string): boolean {
  return id !== "" && extentPlace(process, className, id).data % 10 === 1;
}

/** The next id, from the counter at the root. Source: GOBJ, "generated using $Increment". */
export function* takeId(process: Process, className: string): Running<string> {
  const root = extentPlace(process, className);
  yield* awaitWritable(root);
  return toText(root.increment(1));
}

/** Stores the list of an object. */
export function* storeList(place: Place, list: string): Running<void> {
  yield* awaitWritable(place);
  place.set(list);
}

/** Kills a node with everything below. */
export function* killPlace(place: Place): Running<void> {
  yield* awaitWritable(place);
  place.kill();
}

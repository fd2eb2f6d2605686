/** `%SYS.GlobalQuery`: which globals a database holds. Source: class reference %SYS.GlobalQuery
 *  (DirectoryList and its arguments). Of its columns only the name. */

import { NotSimulated } from "../../objectscript/errors.ts";
import type { NativeClass } from "../../objectscript/host.ts";
import { isTrue } from "../../objectscript/numbers.ts";
import type { Database } from "../../storage/database.ts";
import { encodeKey, subtreeEnd } from "../../storage/key.ts";
import { decodeName } from "../../storage/key-decode.ts";
import type { Instance } from "../instance.ts";

/** The class on this instance. */
export function globalQuery({ store }: Instance): NativeClass {
  return {
    name: "%SYS.GlobalQuery",
    classMethods: {},
    queries: {
      DirectoryList: {
        columns: ["Name"],
        rows: ([directory = "", system = "", mask = "", systemGlobals = ""]) => {
          if (system !== "" || !["", "*"].includes(mask)) {
            throw new NotSimulated("DirectoryList of another system or with a mask");
          }
          const names = namesIn(store.databases.require(directory));
          // Assumed: the system's globals are those whose names begin with a percent sign.
          return names
            .filter((name) => isTrue(systemGlobals) || !name.startsWith("%"))
            .map((name) => [name]);
        },
      },
    },
    notSimulated: ["NameSpaceList", "Size"],
  };
}

/** One look at the table for each global, however many nodes it has. */
function namesIn({ nodes }: Database): string[] {
  const names: string[] = [];
  const end = Buffer.from([255]);
  let from: Buffer = Buffer.alloc(0);
  for (;;) {
    const found = nodes.first(from, end);
    if (found === undefined) return names;
    const { name } = decodeName(found.key);
    names.push(name);
    from = subtreeEnd(encodeKey(name, []));
  }
}

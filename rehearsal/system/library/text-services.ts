/** `%Compiler.UDL.TextServices`: the source of a class as text.
 *  Source: public repositories call GetTextAsString(namespace, class, .text) and write the text.
 *  Assumed: the text is the source as it was loaded; how the product formats it is undocumented. */

import type { NativeClass } from "../../objectscript/host.ts";
import { fullClassName } from "../../objectscript/classes/product-classes.ts";
import { NotSimulated } from "../../objectscript/errors.ts";
import { isSystemClass } from "./dictionary.ts";
import { okStatus, statusError, statusNumbers } from "./status.ts";

/** The class; of the current namespace alone. */
export const textServicesClass: NativeClass = {
  name: "%Compiler.UDL.TextServices",
  classMethods: {
    GetTextAsString: (call, process) => {
      const [namespace, name] = [call.text(0), call.text(1)];
      if (namespace.toUpperCase() !== process.namespace) {
        throw new NotSimulated("the text of a class of another namespace");
      }
      const full = fullClassName(name);
      const source = process.code.classSource(full);
      if (source === undefined && isSystemClass(full, process)) {
        throw new NotSimulated(`the text of ${full}`);
      }
      if (source === undefined) {
        return statusError(statusNumbers.general, `Class '${name}' does not exist`);
      }
      call.set(2, source);
      return okStatus;
    },
  },
  notSimulated: ["GetTextAsArray", "GetTextAsFile", "GetTextAsStream", "SetTextFromString"],
};

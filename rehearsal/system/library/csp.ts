/** `%SYSTEM.CSP` (`$system.CSP`): parameters of the web interface, kept without effect.
 *  Source: class reference; SetConfig gives no value. Assumed: where they are kept. */

import type { GlobalReference, NativeClass } from "../../objectscript/host.ts";
import { untilWritable } from "../../storage/globals.ts";

const place = (parameter: string): GlobalReference => ({
  name: "%SYS",
  subscripts: ["CSP", parameter],
});

/** The class. */
export const cspClass: NativeClass = {
  name: "%SYSTEM.CSP",
  classMethods: {
    *SetConfig(call, process) {
      const reference = place(call.text(0));
      yield* untilWritable(process.globals, reference);
      process.globals.set(reference, call.text(1));
      return undefined;
    },
    GetConfig: (call, process) => process.globals.get(place(call.text(0))) ?? "",
  },
  notSimulated: [
    "DisplayConfig",
    "FilenameToUrls",
    "GetDefaultApp",
    "GetFileName",
    "GetGatewayRegistry",
    "GetPortalApp",
    "IsUpToDate",
    "LoadPage",
    "LoadPageDir",
    "LoadPageList",
    "WebPage",
  ],
};

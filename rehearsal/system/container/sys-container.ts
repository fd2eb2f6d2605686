/** `SYS.Container`: what image builds call last. Source: class reference (methods); the official
 *  images are built with QuiesceForBundling.
 *  Assumed: nothing an instance of this engine keeps has to go before its files become an image, so
 *  that method does nothing and says yes. */

import type { NativeClass } from "../../objectscript/host.ts";
import type { LibraryEnvironment } from "../library/environment.ts";
import { okStatus } from "../library/status.ts";

/** The class. */
export const sysContainer = (environment: LibraryEnvironment): NativeClass => ({
  name: "SYS.Container",
  namespace: "%SYS",
  classMethods: {
    QuiesceForBundling: () => okStatus,
    SetMonitorStateOK: () => {
      environment.monitorStateOk();
      return okStatus;
    },
  },
  notSimulated: [
    "ChangeGatewayMgrPassword",
    "ChangePassword",
    "EnableOSAuthentication",
    "ErrorHandler",
    "ForcePasswordChange",
    "KillPassword",
    "LockDownInstance",
    "PreventFailoverMessage",
    "PreventJournalRolloverMessage",
    "SetNeverExpires",
  ],
});

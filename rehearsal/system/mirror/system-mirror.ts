/** `%SYSTEM.Mirror` (`$system.Mirror`): what any namespace may ask.
 *  Source: class reference %SYSTEM.Mirror. */

import { encodeList } from "../../objectscript/lists.ts";
import type { NativeClass } from "../../objectscript/host.ts";
import type { Instance } from "../instance.ts";

const truth = (value: boolean): number => (value ? 1 : 0);

/** The class on this instance. */
export function systemMirror({ mirror }: Instance): NativeClass {
  return {
    name: "%SYSTEM.Mirror",
    classMethods: {
      IsMember: () => mirror.view().isMember,
      IsPrimary: () => truth(mirror.view().isPrimary),
      IsBackup: () => truth(mirror.view().isBackup),
      IsAsyncMember: () => truth(mirror.view().isConnectedAsync),
      // Failover members only. Source: %SYSTEM.Mirror.
      MirrorName: () => (mirror.view().isMember === 1 ? mirror.view().mirrorName : ""),
      GetMirrorNames: () => encodeList(mirror.view().mirrorNames),
      GetStatus: () => mirror.view().status,
      GetMemberStatus: () => encodeList(mirror.view().memberStatus),
      GetMemberType: () => mirror.view().memberType,
    },
    notSimulated: ["DBActivate"],
  };
}

/** The table, third part: what operators ask. */

import { row, andThen, type Row } from "./machine.ts";
import * as operating from "./operating.ts";

/** Rows of what operators ask. */
export const operatorRows: readonly Row[] = [
  row({
    id: "stop-mirror",
    from: [
      "validating",
      "deciding",
      "seeking",
      "retrieving",
      "connecting",
      "synchronizing",
      "backup",
      "connected",
      "bereaved",
      "inconsistent",
    ],
    event: "mirrorStopAsked",
    to: "stopped",
    act: (scene) => operating.stopMirror(scene),
    why: "StopMirror: not on the primary; stays stopped over restarts.",
    source: "SYS.Mirror.StopMirror, GHA_mirror_manage 5.8",
  }),
  row({
    id: "leave-mirror",
    from: [
      "stopped",
      "validating",
      "deciding",
      "seeking",
      "retrieving",
      "connecting",
      "synchronizing",
      "backup",
      "connected",
      "bereaved",
      "inconsistent",
    ],
    event: "removalAsked",
    to: "notMember",
    act: (scene) => operating.leaveMirror(scene),
    why: "RemoveMirrorConfiguration: not on the primary.",
    source: "SYS.Mirror.RemoveMirrorConfiguration, GHA_mirror_set_config 4.10.3",
  }),
  row({
    id: "stop-instance",
    from: [
      "notMember",
      "stopped",
      "validating",
      "deciding",
      "seeking",
      "retrieving",
      "becoming",
      "trouble",
      "connecting",
      "synchronizing",
      "backup",
      "connected",
      "bereaved",
      "inconsistent",
      "forcedDown",
    ],
    event: "stopAsked",
    to: "off",
    act: ({ state }) => andThen(operating.farewell(state, false), operating.end),
    why: "Whoever is no serving primary simply goes; a backup says goodbye first.",
    source: "GHA_mirror_set (backup stopped)",
  }),
];

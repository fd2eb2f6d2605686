/** All who tell what a member is say the same, at the same moment: `iris qlist` and `iris list`,
 *  `$SYSTEM.Mirror`, the metrics, `mirror_status.cxw` and the Mirror Monitor page. */

import { cellsOf } from "../../rehearsal/edge/web/testing/read-page.ts";
import { budgets } from "../support/budgets.ts";
import { docker } from "../support/docker.ts";
import { session } from "../support/session.ts";
import { waitFor } from "../support/wait.ts";

/** Port of the private web server in the container. */
const webPort = 52773;
/** Every page comes from memory: an answer that takes longer is none. */
const pageMs = 5000;

/** Numbers of `iris_mirror_status`, from 1. Source: GCM table III-10. */
const statusWords = [
  "NOTINIT",
  "PRIMARY",
  "BACKUP",
  "CONNECTED",
  "TRANSITION",
  "SYNCHRONIZING",
  "WAITING",
  "STOPPED",
  "CRASHED",
];

/** What each of them says, in the words of `$SYSTEM.Mirror.GetStatus()`. */
type Said = Readonly<Record<string, string>>;

/** Status as people read it: `Primary`. */
const asWord = (text: string): string => text.toUpperCase();

async function page(address: string, path: string): Promise<string> {
  const response = await fetch(`http://${address}${path}`, {
    signal: AbortSignal.timeout(pageMs),
  });
  return `${response.status} ${await response.text()}`;
}

async function fromSession(container: string): Promise<{ status: string; said: Said }> {
  const [status = "", words = "", isPrimary = "", isBackup = ""] = await session(
    container,
    "%SYS",
    [
      "write $SYSTEM.Mirror.GetStatus()",
      "write $listtostring($SYSTEM.Mirror.GetMemberStatus())",
      "write $SYSTEM.Mirror.IsPrimary()",
      "write $SYSTEM.Mirror.IsBackup()",
    ],
  );
  const others = status === "PRIMARY" || status === "BACKUP" ? "neither" : status;
  const flags: Readonly<Record<string, string>> = { "1 0": "PRIMARY", "0 1": "BACKUP" };
  return {
    status,
    said: {
      GetMemberStatus: asWord(words.split(",")[0] ?? ""),
      "IsPrimary and IsBackup": flags[`${isPrimary} ${isBackup}`] ?? others,
    },
  };
}

async function fromCommands(container: string): Promise<Said> {
  const [fields, block] = await Promise.all([
    docker(["exec", container, "iris", "qlist", "IRIS"]),
    docker(["exec", container, "iris", "list", "IRIS"]),
  ]);
  return {
    "iris qlist": asWord(fields.split("^")[11] ?? ""),
    "iris list": asWord(/mirroring: Member Type = .*; Status = (.*)/.exec(block)?.[1] ?? ""),
  };
}

async function fromWeb(container: string, status: string): Promise<Said> {
  const published = await docker(["port", container, String(webPort)]);
  const address = published.split("\n")[0] ?? "";
  const [metrics, balancer, monitor] = await Promise.all([
    page(address, "/api/monitor/metrics"),
    page(address, "/csp/bin/mirror_status.cxw"),
    page(address, "/csp/sys/op/%25CSP.UI.Portal.Mirror.Monitor.zen"),
  ]);
  const number = Number(/^iris_mirror_status (\d+)$/m.exec(metrics)?.[1]);
  const shown = cellsOf(monitor, "This Member")[2]?.[1] ?? "";
  const isTakenForPrimary = balancer.trim() === "200 SUCCESS";
  return {
    iris_mirror_status: statusWords[number - 1] ?? "",
    "mirror_status.cxw": isTakenForPrimary === (status === "PRIMARY") ? status : balancer,
    "Mirror Monitor": shown === "In Trouble" ? "PRIMARY" : asWord(shown),
  };
}

/** Looks while the status stays the same: what was said before and after a change need not agree.
 *  @throws Error naming who says what */
export async function allSayTheSame(container: string): Promise<void> {
  const seen = await waitFor(`a moment of ${container}`, budgets.memberBackMs, async () => {
    const { status, said } = await fromSession(container);
    const [commands, web] = await Promise.all([
      fromCommands(container),
      fromWeb(container, status),
    ]);
    const again = await fromSession(container);
    if (again.status !== status) return undefined;
    return { status, said: { ...said, ...commands, ...web } };
  });
  const others = Object.entries(seen.said).filter(([, word]) => word !== seen.status);
  if (others.length === 0) return;
  const list = others.map(([who, word]) => `${who} says "${word}"`).join(", ");
  throw new Error(`${container} is ${seen.status}, and ${list}`);
}

/** What everybody hears who asks about a member, each by a way of their own. */

import type { MemberState } from "../../core/state.ts";
import { decodeList } from "../../objectscript/lists.ts";
import type { Arguments, NativeClass, NativeProcess } from "../../objectscript/host.ts";
import { toText } from "../../objectscript/numbers.ts";
import { profileOf } from "../../profile.ts";
import type { Instance } from "../../system/instance.ts";
import { sysMirror } from "../../system/mirror/sys-mirror.ts";
import { systemMirror } from "../../system/mirror/system-mirror.ts";
import { listBlock, qlistLine } from "../command/status.ts";
import { toldStatus } from "../command/told-status.ts";
import { viewOf, type FailoverMemberRow } from "../mirror/view.ts";
import { pageFor } from "../web/pages.ts";
import { cellsOf, textOf } from "../web/testing/read-page.ts";
import { sourceOf } from "../web/testing/source.ts";

/** All of it. */
export interface Heard {
  readonly status: string;
  readonly memberStatus: readonly string[];
  readonly memberType: string;
  readonly isPrimary: boolean;
  readonly isBackup: boolean;
  readonly isStarted: boolean;
  readonly isReady: boolean;
  /** Fields 11 and 12. */
  readonly qlist: readonly string[];
  /** Type and status of the line `mirroring:`; empty without one. */
  readonly list: readonly string[];
  readonly metrics: Readonly<Record<string, number>>;
  readonly balancer: string;
  /** Type and status under "This Member". */
  readonly pageOwn: readonly string[];
  readonly pageMembers: readonly (readonly string[])[];
  readonly pageConcerns: readonly string[];
  /** Columns of SYS.Mirror:MemberStatusList that the page shows, too. */
  readonly listedMembers: readonly (readonly string[])[];
  readonly listedRoles: readonly (readonly string[])[];
  readonly failoverMembers: readonly (FailoverMemberRow | undefined)[];
}

/** What a class method without a wait returns. */
function asked(one: NativeClass, method: string, ...texts: readonly string[]): string {
  const call = { length: texts.length, text: (index: number) => texts[index] ?? "" };
  const value = one.classMethods[method]?.(call as Arguments, {} as NativeProcess);
  if (typeof value === "object") throw new Error(`${method} waits`);
  return toText(value ?? "");
}

const texts = (list: string): string[] => decodeList(list).map((item) => toText(item ?? ""));

function fromSystem(state: MemberState) {
  const mirror = { view: () => viewOf(state) };
  const instance = { mirror, store: {}, profile: profileOf("2022.1") } as unknown as Instance;
  const system = systemMirror(instance);
  const sys = sysMirror(instance);
  const query = sys.queries?.["MemberStatusList"];
  const rows = query?.rows([], {} as NativeProcess) ?? [];
  const column = (row: readonly string[], name: string): string =>
    row[query?.columns.indexOf(name) ?? -1] ?? "";
  const shown = ["MemberName", "DisplayType", "CurrentStatus", "JournalLatency", "DatabaseLatency"];
  return {
    status: asked(system, "GetStatus"),
    memberStatus: texts(asked(system, "GetMemberStatus")),
    memberType: asked(system, "GetMemberType"),
    isPrimary: asked(system, "IsPrimary") === "1",
    isBackup: asked(system, "IsBackup") === "1",
    isStarted: asked(sys, "IsMirrorStarted", "MIR") === "1",
    isReady: texts(asked(sys, "IsFailoverReady"))[0] === "1",
    listedMembers: rows.map((row) => shown.map((name) => column(row, name))),
    listedRoles: rows.map((row) => ["MemberName", "CurrentRole"].map((name) => column(row, name))),
  };
}

function fromCommand(state: MemberState) {
  const profile = profileOf("2022.1");
  const status = {
    name: "IRIS",
    directory: "/usr/irissys",
    dataDirectory: "/dur/",
    at: undefined,
    superserverPort: 1972,
    webPort: 52773,
    ...toldStatus(viewOf(state), "ok"),
  };
  const mirroring = /mirroring: Member Type = (.*); Status = (.*)/.exec(listBlock(status, profile));
  return {
    qlist: qlistLine(status, profile).split("^").slice(10, 12),
    list: mirroring?.slice(1) ?? [],
  };
}

function fromWeb(state: MemberState) {
  const source = sourceOf(state);
  const get = (path: string) => pageFor("GET", path, source);
  const lines = get("/api/monitor/metrics").body.trim().split("\n");
  const status = get("/csp/bin/mirror_status.cxw");
  const page = get("/csp/sys/op/%25CSP.UI.Portal.Mirror.Monitor.zen").body;
  const isMember = page.includes(">This Member<");
  return {
    metrics: Object.fromEntries(
      lines.map((line) => line.split(" ")).map(([name = "", value]) => [name, Number(value)]),
    ),
    balancer: `${status.status} ${status.body}`,
    pageOwn: isMember
      ? cellsOf(page, "This Member")
          .slice(1, 3)
          .map(([, text = ""]) => text)
      : [],
    pageMembers: isMember ? cellsOf(page, "Mirror Member Status").slice(1) : [],
    pageConcerns: [...page.matchAll(/<li[^>]*>([^]*?)<\/li>/g)].map(([text]) => textOf(text)),
  };
}

/** Asks everybody. */
export function heardOf(state: MemberState): Heard {
  const members = viewOf(state).failoverMembers();
  return {
    ...fromSystem(state),
    ...fromCommand(state),
    ...fromWeb(state),
    failoverMembers: [members.this, members.other],
  };
}

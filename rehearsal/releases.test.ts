/** What the imitated releases have and have not. Each test is named after a feature and the release
 *  that brought or took it, as far as that is known. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { mergeFilesFrom } from "./edge/merge-files.ts";
import { profileOf, type Profile } from "./profile.ts";
import { systemDatabasesOf } from "./storage/default-cpf.ts";
import { planMerge } from "./system/merge/plan.ts";
import { sharedInstance } from "./system/testing/shared-instance.ts";

const first = profileOf("2022.1");
const newest = profileOf("2026.1");
const file = (name: string) => readFileSync(join(import.meta.dirname, name), "utf8");

/** Whether a release merges the text. */
const merges = (text: string, profile: Profile): boolean =>
  planMerge(text, { profile, current: () => undefined }).faults.length === 0;

const action = (text: string) => `[Actions]\n${text}`;
const member = (rest: string) => action(`ConfigMirror:Name=MIR,Primary=iris-a,Member=${rest}`);
const mirrored = "CreateDatabase:Name=A,Directory=/a,MirrorSetName=MIR,MirrorDBName=A";

describe("merge files, in 2022.1 and in the newest release", () => {
  it.for([
    ["merge before the start (2019.4)", "[config]\ngmheap=300000", true, true],
    ["[Actions] (2020.4)", action("CreateNamespace:Name=A,Globals=A"), true, true],
    [
      "mirror by [Startup] (gone in 2024.1)",
      "[Startup]\nMirrorSetName=MIR\nMirrorMember=primary",
      true,
      false,
    ],
    ["ConfigMirror (2023.2)", member("primary"), false, true],
    ["Member=rorasync (2025.2)", member("rorasync"), false, true],
    ["Member=rwrasync (2025.2)", member("rwrasync"), false, true],
    ["Seed (2025.2)", action(`${mirrored},Seed=/seed`), false, true],
    [
      "LogicalOnly for mirrored databases (2025.3)",
      action(`${mirrored},LogicalOnly=1`),
      false,
      true,
    ],
    [
      "ConfigMirror with Name=…# (2026.1)",
      action("ConfigMirror:Name=MIR#,Member=auto"),
      false,
      true,
    ],
    ["CreateDatabase, mirrored and empty", action(mirrored), true, true],
  ] as const)("%s", ([, text, inFirst, inNewest]) => {
    expect([merges(text, first), merges(text, newest)]).toEqual([inFirst, inNewest]);
  });

  it("comma list of merge files (2026.1)", () => {
    expect(mergeFilesFrom("/a,/b", first)).toEqual(["/a,/b"]);
    expect(mergeFilesFrom("/a,/b", newest)).toEqual(["/a", "/b"]);
  });
});

describe("the rest", () => {
  it("download of mirrored databases (2025.1)", () => {
    expect([first.downloadsDatabases, newest.downloadsDatabases]).toEqual([false, true]);
  });

  it("no private web server (2023.2)", () => {
    expect([first.privateWebPort, newest.privateWebPort]).toEqual([52773, undefined]);
  });

  it("IRISSECURITY (2025.2)", () => {
    const has = ({ release }: Profile) =>
      systemDatabasesOf(release).some(({ name }) => name === "IRISSECURITY");
    expect([has(first), has(newest)]).toEqual([false, true]);
  });

  it("nonroot images (2019.3): one user for both, the owner of a durable directory (2021.2)", () => {
    expect(file("image/Dockerfile")).toMatch(/^USER 51773$/m);
  });

  it("ICM removed (2025.3): its scripts are in the image of 2022.1 alone", () => {
    expect(file("image/Dockerfile")).toContain(
      'if [ "$PROFILE" != 2022.1 ]; then rm -r /usr/irissys/dev/Cloud; fi',
    );
  });
});

describe.each(["2022.1", "2026.1"])("SYS.Mirror in %s", (release) => {
  const instance = sharedInstance(release);
  it.for([
    "AuthorizePendingMembers",
    "IsFailoverReady",
    "SetNoFailover",
    "ClearNoFailover",
    "RemoveMirrorConfiguration",
    "RemoveOneMirrorSet",
    "UpdateMirrorUseSSL",
    "PromoteCheck",
  ])("%s (seen in 2024.3) is there, or refused by name", async (method) => {
    const seen = await instance.line(`write ##class(SYS.Mirror).${method}()`);
    expect(seen).not.toMatch(/DOES NOT EXIST/);
  });
});

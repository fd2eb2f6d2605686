/** What scripts do with a mirror, in the order in which they do it on two members. */

/** Lines on one member; what the last of them must come to. */
export interface MirrorStep {
  readonly name: string;
  readonly uses: number;
  readonly on: "ONE" | "TWO";
  readonly lines: readonly string[];
  readonly comesTo: string;
}

type Short = readonly [
  name: string,
  uses: number,
  on: MirrorStep["on"],
  lines: string | readonly string[],
  comesTo: string,
];

const text = (call: string): string => `write $system.Status.GetErrorText(##class(${call}))`;

/** The names in the first column of a query of SYS.Mirror, with another one. */
const query = (name: string, args: string, column: string): string =>
  `set r=##class(%ResultSet).%New("SYS.Mirror:${name}") do r.Execute(${args})` +
  ` while r.Next() { write r.GetData(1)," ",r.Get("${column}"),";" }`;

const steps: readonly Short[] = [
  [
    "SYS.Mirror.CreateNewMirrorSet",
    7,
    "ONE",
    ['set m("QOSTimeout")=2000', text('SYS.Mirror).CreateNewMirrorSet("MIR","ONE",.m')],
    "",
  ],
  ["$system.Mirror.GetStatus", 2, "ONE", "write $system.Mirror.GetStatus()", "PRIMARY"],
  ["$system.Mirror.IsPrimary", 1, "ONE", "write $system.Mirror.IsPrimary()", "1"],
  ["SYS.Mirror.AddDatabase", 4, "ONE", text('SYS.Mirror).AddDatabase("@DIR@mgr/app/","APP"'), ""],
  ["SYS.Mirror.IsMirrorStarted", 2, "ONE", 'write ##class(SYS.Mirror).IsMirrorStarted("MIR")', "1"],
  [
    "SYS.Mirror.JoinMirrorAsFailoverMember",
    7,
    "TWO",
    text('SYS.Mirror).JoinMirrorAsFailoverMember("MIR","TWO","IRIS","localhost",@AGENT@,.l'),
    "",
  ],
  ["$system.Mirror.IsBackup", 1, "TWO", "write $system.Mirror.IsBackup()", "1"],
  ["$system.Mirror.IsMember", 2, "TWO", "write $system.Mirror.IsMember()", "1"],
  ["$system.Mirror.GetMemberType", 2, "TWO", "write $system.Mirror.GetMemberType()", "Failover"],
  [
    "$system.Mirror.GetMemberStatus",
    3,
    "TWO",
    'write $list($system.Mirror.GetMemberStatus("MIR"))',
    "Backup",
  ],
  [
    "SYS.Mirror.GetFailoverMemberStatus",
    1,
    "TWO",
    "do ##class(SYS.Mirror).GetFailoverMemberStatus(.t,.o) write $list(t),$list(o)",
    "TWOONE",
  ],
  [
    "SYS.Mirror:MemberStatusList",
    2,
    "ONE",
    query("MemberStatusList", '"MIR"', "DisplayStatus"),
    "ONE Primary;TWO Backup;",
  ],
  [
    "SYS.Mirror:MissingMirroredDatabases",
    1,
    "TWO",
    query("MissingMirroredDatabases", '"MIR"', "Name"),
    "APP APP;",
  ],
  [
    "a file copied by hand in a freeze",
    2,
    "ONE",
    [
      'set from="@DIR@mgr/app/IRIS.DAT",to="@OTHER@mgr/app/IRIS.DAT"',
      "if ##class(Backup.General).ExternalFreeze() set sc=##class(%File).CopyFile(from,to)",
      "write sc,##class(Backup.General).ExternalThaw()",
    ],
    "11",
  ],
  [
    "SYS.Mirror.ActivateMirroredDatabase",
    2,
    "TWO",
    [
      'write ##class(SYS.Database).MountDatabase("@DIR@mgr/app/")',
      text('SYS.Mirror).ActivateMirroredDatabase("@DIR@mgr/app/"'),
    ],
    "",
  ],
  [
    "SYS.Mirror.CatchupDB",
    2,
    "TWO",
    'write ##class(SYS.Mirror).CatchupDB($listbuild(+$zu(49,"@DIR@mgr/app/")),,.bad)," ",bad',
    "1",
  ],
  [
    "SYS.Mirror:MirroredDatabaseList",
    1,
    "TWO",
    query("MirroredDatabaseList", '"*"', "MirrorStatus"),
    "APP Dejournaling;",
  ],
  [
    "SYS.Mirror.StopMirror, StartMirror",
    1,
    "TWO",
    [
      "write ##class(SYS.Mirror).StopMirror()",
      'write ##class(SYS.Mirror).IsMirrorStarted("MIR"),##class(SYS.Mirror).StartMirror("MIR")',
    ],
    "01",
  ],
  ["the backup after StartMirror", 1, "TWO", "write $system.Mirror.GetStatus()", "BACKUP"],
  ["SYS.Mirror.Demote", 1, "TWO", text("SYS.Mirror).Demote("), ""],
  ["the type after Demote", 1, "TWO", "write $system.Mirror.GetMemberType()", "Disaster Recovery"],
  ["the status after Demote", 1, "TWO", "write $system.Mirror.GetStatus()", "CONNECTED"],
  [
    "SYS.Mirror.JoinMirrorAsAsyncMember",
    2,
    "TWO",
    text('SYS.Mirror).JoinMirrorAsAsyncMember("OTHER","TWO","IRIS","localhost",@AGENT@,0'),
    "ERROR #2149: A DR async member cannot belong to more than one mirror",
  ],
  ["SYS.Mirror.Promote", 1, "TWO", text("SYS.Mirror).Promote("), ""],
  ["the status after Promote", 1, "TWO", "write $system.Mirror.GetStatus()", "BACKUP"],
  [
    "SYS.Mirror.PromoteWithNoPartner",
    1,
    "TWO",
    text("SYS.Mirror).PromoteWithNoPartner("),
    "ERROR #2117: Mirror promotion is not allowed for non DR member",
  ],
  ["SYS.Mirror.BecomePrimary", 1, "TWO", "write ##class(SYS.Mirror).BecomePrimary()", "1"],
  ["the backup is primary", 1, "TWO", "write $system.Mirror.GetStatus()", "PRIMARY"],
];

/** All of them. */
export const mirrorSteps: readonly MirrorStep[] = steps.map(([name, uses, on, lines, comesTo]) => ({
  ...{ name, uses, on, comesTo },
  lines: typeof lines === "string" ? [lines] : lines,
}));

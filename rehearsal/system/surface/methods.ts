/** Methods of the library and of the instance, outside of a mirror. */

import { refused, supported, type SurfaceItem } from "./item.ts";

const services = supported([
  [
    "Security.Services.Modify",
    6,
    'set p("Enabled")=1 write ##class(Security.Services).Modify("%Service_Mirror",.p)',
    "1",
  ],
  [
    "Security.Services.Get",
    5,
    'write ##class(Security.Services).Get("%service_mirror",.p),p("Enabled")',
    "11",
  ],
  [
    "Security.Services.Exists",
    1,
    'write ##class(Security.Services).Exists("%Service_Mirror",.o,.sc),o.Enabled,sc',
    "111",
  ],
]);

const databases = supported([
  [
    "Config.Databases.Create",
    3,
    'set p("Directory")="@DIR@mgr/s/" write ##class(Config.Databases).Create("S",.p)',
    "1",
  ],
  [
    "SYS.Database.CreateDatabase",
    4,
    'do ##class(%File).CreateDirectory("@DIR@mgr/s/") write ##class(SYS.Database).CreateDatabase("@DIR@mgr/s/")',
    "1",
  ],
  ["SYS.Database.%OpenId", 3, 'write ##class(SYS.Database).%OpenId("@DIR@mgr/s").Mounted', "1"],
  [
    "SYS.Database.Mount, DismountDatabase",
    2,
    'write ##class(SYS.Database).DismountDatabase("@DIR@mgr/s/"),##class(SYS.Database).MountDatabase("@DIR@mgr/s/")',
    "11",
  ],
  [
    "SYS.Database.%ExistsId",
    2,
    'write ##class(SYS.Database).%ExistsId("@DIR@mgr/s/"),##class(SYS.Database).%ExistsId("@DIR@no/")',
    "10",
  ],
  [
    "Config.Databases.Exists, Open",
    2,
    'write ##class(Config.Databases).Exists("S",.o),##class(Config.Databases).Open("S").Directory',
    "1@DIR@mgr/s/",
  ],
  [
    "Config.Namespaces.Create, Exists",
    3,
    'set p("Globals")="S",p("Routines")="S" write ##class(Config.Namespaces).Create("SNS",.p),##class(Config.Namespaces).Exists("sns")',
    "11",
  ],
  [
    "Config.MapGlobals.Create",
    1,
    'set p("Database")="S" write ##class(Config.MapGlobals).Create("USER","s*",.p)',
    "1",
  ],
]);

const security = supported([
  [
    "Security.Users.UnExpireUserPasswords",
    5,
    'do ##class(Security.Users).UnExpireUserPasswords("*") write 1',
    "1",
  ],
  ["Security.Users.Create", 1, 'write ##class(Security.Users).Create("ann","%All","secret")', "1"],
  [
    "Security.Applications.Create, Get, Modify, Exists",
    2,
    [
      'set p("NameSpace")="USER",p("AutheEnabled")=64 write ##class(Security.Applications).Create("/s",.p)',
      'set p("Path")="/x/" write ##class(Security.Applications).Modify("/s",.p)',
      'write ##class(Security.Applications).Exists("/s"),##class(Security.Applications).Get("/s",.q),q("Path")',
    ],
    ["1", "1", "11/x/"],
  ],
  [
    "Security.Resources.Create, Exists",
    1,
    'write ##class(Security.Resources).Create("%DB_S","for S"),##class(Security.Resources).Exists("%DB_S")',
    "11",
  ],
  [
    "Security.Roles.Create, Exists",
    1,
    'write ##class(Security.Roles).Create("R","a role","%DB_S:RW"),##class(Security.Roles).Exists("R")',
    "11",
  ],
  [
    "Security.System.Get, Modify",
    1,
    "write ##class(Security.System).Get(,.p),##class(Security.System).Modify(,.p)",
    "11",
  ],
]);

const system = supported([
  ["$system.OBJ.Load", 6, 'write $system.OBJ.Load("@DIR@sample.cls","ck-d")', "1"],
  [
    "$system.OBJ.DisplayError",
    4,
    "do $system.OBJ.DisplayError($system.Status.Error(83,9))",
    "ERROR #83: Error code = 9",
  ],
  [
    "$system.Status.GetErrorText",
    2,
    'write $system.Status.GetErrorText($system.Status.Error(5001,"a"))',
    "ERROR #5001: a",
  ],
  ["$system.Status.IsOK", 2, "write $system.Status.IsOK(1),$system.Status.IsError(1)", "10"],
  [
    "$system.Status.GetOneErrorText",
    2,
    'write $system.Status.GetOneErrorText($system.Status.Error(5001,"a"),1)',
    "ERROR #5001: a",
  ],
  ["$system.INetInfo.LocalHostName", 3, 'write $system.INetInfo.LocalHostName()\'=""', "1"],
  [
    "$system.INetInfo.HostNameToAddr",
    1,
    'write $system.INetInfo.HostNameToAddr("localhost")',
    "127.0.0.1",
  ],
  ["$system.Util.InstallDirectory", 2, "write $system.Util.InstallDirectory()", "/usr/irissys/"],
  ["$system.Util.ManagerDirectory", 2, "write $system.Util.ManagerDirectory()", "@DIR@mgr/"],
  ["$system.Util.GetEnviron", 1, 'write $system.Util.GetEnviron("SURELY_NOT_SET")_1', "1"],
  ["$system.CSP.SetConfig", 2, 'do $system.CSP.SetConfig("CSPConfigName","x") write 1', "1"],
  ["$system.Process.Terminate", 3, ["write 1", "do $system.Process.Terminate(,3)", "write 2"], "1"],
  ["$system.Process.CurrentDirectory", 3, "write $system.Process.CurrentDirectory()", "@DIR@mgr/"],
  ["%File.CreateNewDir", 3, 'write ##class(%File).CreateNewDir("@DIR@","fresh")', "1"],
  [
    "%File.CreateDirectoryChain",
    3,
    'write ##class(%Library.File).CreateDirectoryChain("@DIR@x/y/z")',
    "1",
  ],
  [
    "%File.Exists, DirectoryExists",
    2,
    'write ##class(%File).Exists("@DIR@iris.cpf"),##class(%File).DirectoryExists("@DIR@mgr/")',
    "11",
  ],
  ["%File.NormalizeDirectory", 2, 'write ##class(%File).NormalizeDirectory("/a/b")', "/a/b/"],
  ["%File.CopyFile", 2, 'write ##class(%File).CopyFile("@DIR@iris.cpf","@DIR@copy.cpf")', "1"],
  [
    "%ResultSet",
    3,
    'set r=##class(%ResultSet).%New("Config.Databases:List") do r.Execute("*") while r.Next() { write:r.Get("Name")="USER" r.Data("Directory") }',
    "@DIR@mgr/user/",
  ],
  [
    "%SYS.System.WriteToConsoleLog",
    2,
    'do ##class(%SYS.System).WriteToConsoleLog("text",0,1) write 1',
    "1",
  ],
  [
    "SYS.Container.QuiesceForBundling",
    3,
    "do ##class(SYS.Container).QuiesceForBundling() write 1",
    "1",
  ],
  [
    "%Dictionary.CompiledClass.%ExistsId",
    2,
    'write ##class(%Dictionary.CompiledClass).%ExistsId("SYS.Mirror"),##class(%Dictionary.CompiledClass).%ExistsId("No.Such")',
    "10",
  ],
  [
    "%SQL.Statement",
    2,
    'set s=##class(%SQL.Statement).%New(),sc=s.%PrepareClassQuery("Config.Namespaces","List"),r=s.%Execute() while r.%Next() { write:r.%Get("Namespace")="USER" r.%Get("Globals") }',
    "USER",
  ],
  [
    "Backup.General freeze, thaw",
    2,
    "write ##class(Backup.General).ExternalFreeze(),##class(Backup.General).ExternalThaw()",
    "11",
  ],
  ["SYS.Mirror.IsMirrorStarted", 2, 'write ##class(SYS.Mirror).IsMirrorStarted("NONE")', "0"],
]);

const lacking = refused([
  [
    "SYS.Mirror.DistanceFromPrimaryJournalFiles",
    1,
    "write ##class(SYS.Mirror).DistanceFromPrimaryJournalFiles()",
    "SYS.Mirror.DistanceFromPrimaryJournalFiles",
  ],
  [
    "SYS.Mirror.DistanceFromPrimaryDatabases",
    1,
    "write ##class(SYS.Mirror).DistanceFromPrimaryDatabases()",
    "SYS.Mirror.DistanceFromPrimaryDatabases",
  ],
  [
    "SYS.Mirror.GetPrimaryJournalPosition",
    1,
    "write ##class(SYS.Mirror).GetPrimaryJournalPosition()",
    "SYS.Mirror.GetPrimaryJournalPosition",
  ],
  [
    "SYS.Mirror.AddDatabaseNonPrimary",
    1,
    'write ##class(SYS.Mirror).AddDatabaseNonPrimary("@DIR@mgr/s/","M","S",0,0)',
    "SYS.Mirror.AddDatabaseNonPrimary",
  ],
  [
    "SYS.Mirror.AddFailoverMember",
    1,
    "write ##class(SYS.Mirror).AddFailoverMember()",
    "SYS.Mirror.AddFailoverMember",
  ],
  [
    "SYS.Database.CanDatabaseBeMirrored",
    1,
    'write ##class(SYS.Database).CanDatabaseBeMirrored("@DIR@mgr/s/")',
    "SYS.Database.CanDatabaseBeMirrored",
  ],
]);

/** All of them. */
export const methodItems: readonly SurfaceItem[] = [
  ...services,
  ...databases,
  ...security,
  ...system,
  ...lacking,
];

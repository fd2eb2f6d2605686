import { describe, expect, it } from "vitest";
import { profileOf } from "../../profile.ts";
import { planMerge } from "./plan.ts";

const newest = profileOf("2026.1");
const first = profileOf("2022.1");
/** What iris.cpf has already, where it matters. */
const present: Readonly<Record<string, string>> = {
  "Startup.DefaultPort": "1972",
  "Startup.WebServer": "1",
  "Startup.WebServerPort": "52773",
  "Databases.USER": "/data/mgr/user/",
};
const plan = (text: string, profile = newest) =>
  planMerge(text, { profile, current: (section, key) => present[`${section}.${key}`] });
const faults = (text: string, profile = newest) =>
  plan(text, profile).faults.map(({ line, text: why }) => `${line}: ${why}`);

describe("what a merge file is planned to do", () => {
  it("spells names as the product does; of a key that stands twice the later counts", () => {
    const { settings } = plan(
      "[CONFIG]\nGMHEAP=1\n[startup]\nsystemmode=TEST\n[config]\ngmheap=2\n",
    );
    expect(settings).toEqual([
      { section: "Startup", key: "SystemMode", value: "TEST", line: 4, isKept: true },
      { section: "config", key: "gmheap", value: "2", line: 6, isKept: true },
    ]);
  });

  it("runs actions in the documented order, whatever the order in the file", () => {
    const { actions } = plan(
      [
        "[Actions]",
        "Execute:Namespace=USER,ClassName=A.B,MethodName=M,Arg1=x,arg2=y",
        "modifyservice:name=%service_mirror,ENABLED=1",
        "CreateNamespace:Name=B,Globals=A",
        "CreateNamespace:Name=A,Globals=A",
        "CreateDatabase:Name=A,Directory=/a",
        "ConfigMirror:Name=MIR,Member=primary,QOSTimeout=2000",
      ].join("\n"),
    );
    expect(actions.map(({ name, line }) => `${name} ${line}`)).toEqual([
      "ConfigMirror 7",
      "CreateDatabase 6",
      "CreateNamespace 4",
      "CreateNamespace 5",
      "ModifyService 3",
      "Execute 2",
    ]);
    expect(actions[4]?.given).toEqual({ Name: "%service_mirror", Enabled: "1" });
    expect(actions[5]?.given).toMatchObject({ Arg1: "x", Arg2: "y" });
  });

  it.for([
    ["[Mirrors]", "1: not simulated: section [Mirrors]"],
    ["[Confg]\ngmheap=1", "1: not simulated: section [Confg]"],
    ["[config]\ngmheep=1", "2: not simulated: gmheep in section [config]"],
    ["[config]\ngmheap=much", "2: ERROR #407: Invalid value for property 'gmheap'"],
    ["[Startup]\nPasswordHash=", "2: ERROR #407: Invalid value for property 'PasswordHash'"],
    ["[Startup]\nDefaultPort=51773", "2: not simulated: changing Config.Startup.DefaultPort"],
    ["[Databases]\nAPP=app", "2: ERROR #407: Invalid value for property 'APP'"],
    ["[Databases]\nuser=/u", "2: not simulated: another directory for the database USER"],
    ["[Databases]\nAPP=/app,,1", "2: not simulated: more than a directory for APP in [Databases]"],
    ["[Actions]\nCreateDatabse:Name=A", "2: not simulated: action CreateDatabse"],
    [
      "[Actions]\nCreateDatabase:Name=A,Directory=/a,Siz=1",
      "2: not simulated: property Siz of CreateDatabase",
    ],
    ["[Actions]\nCreateDatabase:Name=A", "2: ERROR #5659: Property 'Directory' required"],
    [
      "[Actions]\nCreateDatabase:Name=A,Directory=/a,MirrorDBName=A",
      "2: ERROR #5659: Property 'MirrorSetName' required",
    ],
    [
      "[Actions]\nCreateDatabase:Name=A,Directory=/a,Size=big",
      "2: ERROR #407: Invalid value for property 'Size'",
    ],
    ["[Actions]\nConfigMirror:Name=M,Member=primary,SSLDir=/c", "2: not simulated: SSLDir"],
    [
      "[Actions]\nConfigMirror:Name=M,Member=primary,ArbiterURL=a",
      "2: ERROR #407: Invalid value for property 'ArbiterURL'",
    ],
    [
      "[Actions]\nConfigMirror:Name=M,Member=second",
      "2: ERROR #407: Invalid value for property 'Member'",
    ],
    ["[Actions]\nConfigMirror:Name=M,Member=backup", "2: ERROR #5659: Property 'Primary' required"],
    [
      "[Actions]\nModifyUser:Name=Admin,PasswordHash=sys",
      "2: ERROR #407: Invalid value for property 'PasswordHash'",
    ],
    ["[Actions]\nCreateNamespace:Name=A,Globals=A,Interop=1", "2: not simulated: Interop=1"],
    [
      "[Actions]\nModifyService:Name=%Service_CSP,AutheEnabled=AutheOS",
      "2: not simulated: AutheEnabled in words",
    ],
  ] as const)("refuses with the line: %j", ([text, fault]) => {
    expect(faults(text)).toEqual([fault]);
  });

  it("takes the hash of a password with two fields and with four", () => {
    const hash = "FBFE8593AEFA510C27FD184738D6E865A441DE98,u4ocm4qh";
    expect(faults(`[Startup]\nPasswordHash=${hash}`)).toEqual([]);
    expect(faults(`[Startup]\nPasswordHash=${hash},10000,SHA512`)).toEqual([]);
  });

  it("names all faults at once, in the order of their lines", () => {
    expect(faults("x\n[Nope]\n[config]\nno=1\n[Actions]\nNo:a=1\n")).toHaveLength(4);
  });
});

describe("releases", () => {
  const keys = "[Startup]\nMirrorSetName=MIR\nMirrorMember=backup\nMirrorPrimary=iris-a\n";

  it("2022.1 has no ConfigMirror and makes the same of the keys in [Startup]", () => {
    expect(faults("[Actions]\nConfigMirror:Name=MIR,Member=primary", first)).toEqual([
      "2: not simulated: ConfigMirror in release 2022.1; [Startup] has MirrorSetName there",
    ]);
    expect(plan(keys, first)).toMatchObject({
      faults: [],
      actions: [
        {
          name: "ConfigMirror",
          line: 2,
          given: { Name: "MIR", Member: "backup", Primary: "iris-a" },
        },
      ],
    });
    const invalid = "2: ERROR #407: Invalid value for property 'Member'";
    expect(faults("[Startup]\nMirrorSetName=MIR", first)).toEqual([invalid]);
    expect(faults(keys.replace("backup", "second"), first)).toEqual([invalid]);
    expect(faults(`${keys}MirrorSSLDir=/c`, first)).toEqual(["2: not simulated: SSLDir"]);
  });

  it("the newest refuses those keys", () => {
    expect(faults(keys).map((fault) => fault.slice(0, 15))).toEqual([
      "2: ERROR #406: ",
      "3: ERROR #406: ",
      "4: ERROR #406: ",
    ]);
  });

  it("2022.1 has a web server on one port; in the newest its keys mean nothing", () => {
    const text = "[Startup]\nWebServer=0\nWebServerPort=80";
    expect(faults(text)).toEqual([]);
    expect(faults(text, first)).toHaveLength(2);
  });

  it("2022.1 has no LogicalOnly and no Seed for mirrored databases", () => {
    const text = "[Actions]\nCreateDatabase:Name=A,Directory=/a,MirrorSetName=M,MirrorDBName=A";
    expect(faults(`${text},LogicalOnly=1`)).toEqual([]);
    expect(faults(`${text},LogicalOnly=1`, first)).toHaveLength(1);
    expect(faults(`${text},Seed=/seed`)).toEqual([]);
    expect(faults(`${text},Seed=/seed`, first)).toHaveLength(1);
    expect(faults(`${text},Seed=/seed,LogicalOnly=1`)).toHaveLength(1);
    expect(faults("[Actions]\nCreateDatabase:Name=A,Directory=/a,Seed=/s")).toHaveLength(1);
    expect(faults(text, first)).toEqual([]);
  });
});

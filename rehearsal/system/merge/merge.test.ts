/** Merge files on a running instance: what they change, what they leave, what they refuse. */

import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sharedInstance } from "../testing/shared-instance.ts";

const instance = sharedInstance();
const merge = (...lines: string[]) => instance.merge(lines.join("\n"));
const cpf = () => readFileSync(`${instance.directory}iris.cpf`, "utf8");

describe("a merge file", () => {
  it("sets what it says in iris.cpf, and nothing of a password", async () => {
    const { isMerged, lines } = await merge(
      "[startup]",
      "systemmode=TEST",
      "PasswordHash=FBFE8593AEFA510C27FD184738D6E865A441DE98,u4ocm4qh,10000,SHA512",
      "[config]",
      "gmheap=300000",
    );
    expect(lines).toEqual([`Merged /test.cpf into ${instance.directory}iris.cpf`]);
    expect(isMerged).toBe(true);
    expect(cpf()).toMatch(/^SystemMode=TEST\r?$/m);
    expect(cpf()).toMatch(/^gmheap=300000\r?$/m);
    expect(cpf()).not.toContain("FBFE8593");
    expect(await instance.line('do ##class(Config.config).Get(.p) write p("gmheap")')).toBe(
      "300000",
    );
  });

  it("registers a database of [Databases], once", async () => {
    const file = ["[Databases]", `more=${instance.directory}mgr/more`];
    expect(await merge(...file)).toMatchObject({ isMerged: true });
    expect(await merge(...file)).toMatchObject({ isMerged: true });
    expect(cpf()).toContain(`MORE=${instance.directory}mgr/more/`);
  });

  it("makes a database, its resource, a namespace and mappings, whatever their order", async () => {
    const directory = `${instance.directory}mgr/deep/app`;
    const file = [
      "[Actions]",
      "CreateMapGlobal:Namespace=USER,Name=demo.*,Database=APP",
      "CreateMapRoutine:Namespace=USER,Name=Demo*,Database=APP",
      "CreateMapPackage:Namespace=USER,Name=Demo,Database=APP",
      "CreateNamespace:Name=APP,Globals=APP",
      `CreateDatabase:Name=APP,Directory=${directory},Size=2,ResourceName=%DB_APP`,
      'CreateResource:Name=%DB_APP,Description="The data, all of it",PublicPermission=R',
    ];
    expect(await merge(...file)).toMatchObject({ isMerged: true });
    expect(await instance.lines("APP", "set ^x=5 write ^x")).toEqual(["5"]);
    expect(await instance.lines("USER", "set ^demo.a=7", 'write ^|"APP"|demo.a')).toEqual([
      "",
      "7",
    ]);
    expect(
      await instance.line(
        'do ##class(Security.Resources).Get("%DB_APP",.p) write p("Description")',
      ),
    ).toBe("The data, all of it");
  });

  it("merged again it changes nothing, even where a Create says something else", async () => {
    const before = cpf();
    const again = await merge(
      "[Actions]",
      `CreateDatabase:Name=app,Directory=${instance.directory}mgr/other`,
      "CreateNamespace:Name=APP,Globals=USER",
      "CreateMapGlobal:Namespace=USER,Name=demo.*,Database=USER",
      "CreateResource:Name=%DB_APP,Description=other",
      "ModifyNamespace:Name=NONE,Globals=USER",
      "ModifyUser:Name=nobody,Roles=%All",
      "DeleteNamespace:Name=NONE",
    );
    expect(again).toMatchObject({ isMerged: true });
    expect(cpf()).toBe(before);
  });

  it("changes and deletes what is there", async () => {
    await merge("[Actions]", "CreateNamespace:Name=GONE,Globals=USER");
    const merged = await merge(
      "[Actions]",
      "ModifyService:Name=%service_ecp,Enabled=1",
      "DeleteNamespace:Name=GONE",
      "ModifyMapGlobal:Namespace=USER,Name=demo.*,Database=USER",
    );
    expect(merged.lines).toHaveLength(1);
    expect(
      await instance.line(
        'do ##class(Security.Services).Get("%Service_ECP",.p) write p("Enabled")' +
          ',##class(Config.Namespaces).Exists("GONE")',
      ),
    ).toBe("10");
    expect(cpf()).toMatch(/^Global_demo\.\*=USER\r?$/m);
  });

  it("makes roles and then users with them; a hash is taken and kept nowhere", async () => {
    const hash = "abc,salt,10000,SHA512";
    expect(
      await merge(
        "[Actions]",
        `CreateUser:Name=app,Roles="AppRole,%DB_USER",FullName=Application,PasswordHash="${hash}"`,
        "CreateRole:Name=AppRole,Resources=%DB_APP:RW",
        `ModifyUser:Name=Admin,ChangePassword=0,PasswordHash="${hash}"`,
      ),
    ).toMatchObject({ isMerged: true });
    expect(
      await instance.line(
        'do ##class(Security.Users).Get("app",.p) write p("Roles"),"|",p("FullName")' +
          ' do ##class(Security.Users).Get("Admin",.q) write "|",q("ChangePassword")',
      ),
    ).toBe("AppRole,%DB_USER|Application|0");
  });

  it("registers a database whose file is there already", async () => {
    const directory = `${instance.directory}mgr/made`;
    const merged = await merge(
      "[Actions]",
      `CreateDatabaseFile:Directory=${directory}`,
      `CreateDatabase:Name=MADE,Directory=${directory}`,
      "CreateNamespace:Name=MADE,Globals=MADE",
    );
    expect(merged.lines).toHaveLength(1);
    expect(await instance.lines("MADE", "set ^y=1 write ^y")).toEqual(["1"]);
  });
});

describe("Execute", () => {
  it("loads code and calls it, last of all, and takes its status for the outcome", async () => {
    const source = `${instance.directory}A.Setup.cls`;
    writeFileSync(
      source,
      "Class A.Setup\n{\nClassMethod Run(n, m) As %Status\n{\n" +
        '  set ^setup=n_"-"_m\n  if m="bad" quit $system.Status.Error(5001,"it is bad")\n' +
        "  quit 1\n}\n}\n",
    );
    const file = (last: string) => [
      "[Actions]",
      `Execute:Namespace=USER,ClassName=%SYSTEM.OBJ,MethodName=Load,Arg1=${source},Arg2=ck-d`,
      `Execute:Namespace=user,ClassName=A.Setup,MethodName=Run,Arg1=one,Arg2=${last}`,
    ];
    expect(await merge(...file("good"))).toMatchObject({ isMerged: true });
    expect(await instance.lines("USER", "write ^setup")).toEqual(["one-good"]);
    expect(await merge(...file("bad"))).toEqual({
      isMerged: false,
      isBeyondEngine: false,
      lines: [
        "ERROR #503: Error executing [Actions] section in file /test.cpf",
        "ERROR #507: Action 'Execute' failed at line 3, Method Config.CPF:Execute()," +
          " Error=ERROR #5001: it is bad",
      ],
    });
  });

  it.for([
    ["ClassName=No.Such,MethodName=M", "<CLASS DOES NOT EXIST>"],
    ["ClassName=%SYSTEM.OBJ,MethodName=NoSuch", "<METHOD DOES NOT EXIST>"],
    ["ClassName=SYS.Mirror,MethodName=IsFailoverReady", "ERROR #5034"],
  ] as const)("is no success without a status: %j", async ([call, words]) => {
    const { isMerged, lines } = await merge("[Actions]", `Execute:Namespace=%SYS,${call}`);
    expect(isMerged).toBe(false);
    expect(lines[1]).toContain("'Execute' failed at line 2");
    expect(lines[1]).toContain(words);
  });

  it("fails in a namespace that does not exist", async () => {
    const { lines } = await merge("[Actions]", "Execute:Namespace=NO,ClassName=A.B,MethodName=M");
    expect(lines[1]).toContain("<NAMESPACE>");
  });
});

describe("a merge that fails", () => {
  it("names what failed and its line as the product does, and does nothing behind it", async () => {
    const closed = `${instance.directory}closed`;
    writeFileSync(closed, "");
    chmodSync(closed, 0o400);
    const { lines, isMerged } = await merge(
      "# comment",
      "[Actions]",
      `CreateDatabase:Name=CLOSED,Directory=${closed}/db`,
      "CreateNamespace:Name=CLOSED,Globals=USER",
    );
    expect(isMerged).toBe(false);
    expect(lines).toEqual([
      "ERROR #503: Error executing [Actions] section in file /test.cpf",
      `ERROR #507: Action 'CreateDatabase' failed at line 3, Method Config.CPF:CreateOneDatabase(),` +
        ` Error=ERROR #5032: Cannot create directory '${closed}/db/'`,
    ]);
    expect(cpf()).not.toContain("CLOSED");
  });

  it("does nothing at all when a line asks for what is not simulated or known to nobody", async () => {
    const before = cpf();
    const outcome = await merge(
      "[config]",
      "gmheap=1",
      "[Actions]",
      "CreateNamespace:Name=NEVER,Globals=USER",
      "CreateDocDB:Name=x",
    );
    expect(outcome).toEqual({
      isMerged: false,
      isBeyondEngine: true,
      lines: ["/test.cpf, line 5: not simulated: action CreateDocDB"],
    });
    expect(cpf()).toBe(before);
  });
});

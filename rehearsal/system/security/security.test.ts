/** The Security classes as data: the calls administrators' scripts make. */

import { describe, expect, it } from "vitest";
import { sharedInstance } from "../testing/shared-instance.ts";

const instance = sharedInstance();
const { line } = instance;

const errorOf = (call: string): Promise<string> =>
  line(`write $system.Status.GetErrorText(##class(Security.${call}))`);

describe("Security.Users", () => {
  it("takes away the demand for a new password, from all or from those named", async () => {
    const seen = await instance.lines(
      "%SYS",
      'write ##class(Security.Users).Get("_SYSTEM",.p),p("ChangePassword")',
      'write ##class(Security.Users).UnExpireUserPasswords("Adm*")',
      'write ##class(Security.Users).Get("admin",.p),p("ChangePassword")',
      'kill p do ##class(Security.Users).Get("_SYSTEM",.p) write p("ChangePassword")',
      'write ##class(Security.Users).UnExpireUserPasswords("*")',
      'kill p do ##class(Security.Users).Get("_SYSTEM",.p) write p("ChangePassword")',
    );

    expect(seen).toEqual(["11", "1", "10", "1", "1", "0"]);
  });

  it("is created with arguments one by one, told, changed and deleted", async () => {
    const seen = await instance.lines(
      "%SYS",
      'write ##class(Security.Users).Create("Clerk","%All","secret","Clerk One","USER",,,1,0,"x")',
      'write ##class(Security.Users).Exists("CLERK",.u,.sc),sc,u.FullName',
      'kill p do ##class(Security.Users).Get("clerk",.p) write p("Name"),p("Enabled"),p("Roles")',
      'set p("Enabled")=1 write ##class(Security.Users).Modify("clerk",.p),$data(p("Password"))',
      'set u.FullName="Clerk Two" write u.%Save()',
      'kill p do ##class(Security.Users).Get("Clerk",.p) write p("FullName")',
      'write ##class(Security.Users).AddRoles("clerk","%SQL,%All")',
      'kill p do ##class(Security.Users).Get("Clerk",.p) write p("Roles")',
      'write ##class(Security.Users).Delete("clerk"),##class(Security.Users).Exists("Clerk")',
      'write ##class(Security.Users).Delete("SuperUser"),##class(Security.Users).Exists("SuperUser")',
    );

    expect(seen).toEqual([
      "1",
      "11Clerk One",
      "Clerk0%All",
      "10",
      "1",
      "Clerk Two",
      "1",
      "%All,%SQL",
      "10",
      "10",
    ]);
  });

  it("keeps no password", async () => {
    const seen = await instance.lines(
      "%SYS",
      'set p("Password")="hidden-word" write ##class(Security.Users).Modify("Admin",.p)',
      'write ##class(Security.Users).Create("Two","%All","hidden-word")',
      'set n="^SYS(""Security"")" for  set n=$query(@n) quit:n=""  if @n["hidden" write n',
    );

    expect(seen).toEqual(["1", "1", ""]);
  });

  it("refuses with the product's numbers", async () => {
    expect(await errorOf('Users).Create("Admin"')).toBe("ERROR #837: User Admin already exists");
    expect(await errorOf('Users).Get("Nobody",.p')).toBe("ERROR #838: User Nobody does not exist");
    expect(await errorOf('Users).Create("Three","%Nope"')).toBe(
      "ERROR #883: Role %Nope does not exist.",
    );
  });
});

describe("Security.Roles and Security.Resources", () => {
  it("are created once", async () => {
    const seen = await instance.lines(
      "%SYS",
      'write ##class(Security.Resources).Exists("%DB_APP")',
      'write ##class(Security.Resources).Create("%DB_APP","The APP database","RW",1)',
      'do ##class(Security.Resources).Get("%db_app",.p) write p("PublicPermission")',
      'write ##class(Security.Roles).Create("App","Users of APP","%DB_APP:RW","%SQL")',
      'kill p do ##class(Security.Roles).Get("App",.p) write p("Resources"),p("GrantedRoles")',
    );

    expect(seen).toEqual(["0", "1", "RW", "1", "%DB_APP:RW%SQL"]);
    expect(await errorOf('Resources).Create("%DB_APP"')).toBe(
      "ERROR #891: Resource %DB_APP already exists.",
    );
    expect(await errorOf('Roles).Get("Nope",.p')).toBe("ERROR #883: Role Nope does not exist.");
    expect(await errorOf('Roles).Create("a,b"')).toBe("ERROR #887: Invalid role name a,b.");
    expect(
      await line('kill p set p("Description")=1 do ##class(Security.Roles).Create("B",.p)'),
    ).toContain("not simulated: ");
  });
});

describe("Security.Applications, Security.SSLConfigs and Security.System", () => {
  it("create, tell, change and delete", async () => {
    const seen = await instance.lines(
      "%SYS",
      'write ##class(Security.Applications).Exists("/csp/app")',
      'set p("NameSpace")="USER",p("AutheEnabled")=32,p("MatchRoles")=":%All"',
      'write ##class(Security.Applications).Create("/csp/app",.p)',
      'kill p write ##class(Security.Applications).Get("/csp/APP",.p),p("AutheEnabled"),p("Type")',
      'set p("Enabled")=0 write ##class(Security.Applications).Modify("/csp/app",.p)',
      'kill p do ##class(Security.Applications).Get("/csp/app",.p) write p("Enabled")',
      'write ##class(Security.Applications).Delete("/csp/app")',
      'write ##class(Security.SSLConfigs).Create("Client"),##class(Security.SSLConfigs).Exists("client")',
      'kill p do ##class(Security.System).Get(,.p) write p("AutheEnabled")',
      'set q("SSLSuperServer")=1 write ##class(Security.System).Modify("SYSTEM",.q)',
      'kill p do ##class(Security.System).Get("SYSTEM",.p) write p("SSLSuperServer")',
    );

    expect(seen).toEqual(["0", "", "1", "1322", "1", "0", "1", "11", "112", "1", "1"]);
  });

  it("refuse with the product's numbers", async () => {
    expect(await errorOf('Applications).Get("/nope",.p')).toBe(
      "ERROR #869: Application /nope does not exist",
    );
    expect(await errorOf('SSLConfigs).Delete("nope"')).toBe(
      "ERROR #979: SSL configuration nope does not exist",
    );
    const wrong = 'kill p set p("Enabld")=1 write $system.Status.GetErrorText(';
    expect(await line(`${wrong}##class(Security.Applications).Modify("/csp/sys",.p))`)).toBe(
      "ERROR #406: Invalid parameter name 'Enabld'",
    );
    expect(await line('do ##class(Security.System).Delete("SYSTEM")')).toContain("not simulated: ");
  });
});

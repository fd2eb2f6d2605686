/** Installer classes that work: loaded and run as administrators do, then looked at. */

import { existsSync, readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, it } from "vitest";
import { TestInstance } from "../testing/test-instance.ts";
import { installerClass, written } from "./testing/installer-class.ts";

let instance: TestInstance;

beforeEach(async () => {
  instance = await TestInstance.start();
});
afterEach(() => instance[Symbol.asyncDispose]());

const place = (path: string): string => `${instance.directory}${path}`;

/** Loads the class into %SYS. */
async function load(text: string): Promise<string> {
  const path = written(place("install/Installer.cls"), text);
  const [seen = ""] = await instance.lines("%SYS", `do $system.OBJ.Load("${path}","ck")`);
  return seen;
}

const run = 'set sc = ##class(App.Installer).setup() write "<",$system.Status.GetErrorText(sc),">"';

const hello =
  'Class App.Hello { ClassMethod Say(a) As %String { quit "hello "_$get(a)_$namespace } }';

const application = `<Manifest>
  <Default Name="SourceDir" Value="#{$system.Process.CurrentDirectory()}src"/>
  <Default Name="Namespace" Value="IRISAPP"/>
  <Default Name="app" Value="irisapp"/>
  <Namespace Name="\${Namespace}" Code="\${Namespace}" Data="\${Namespace}" Create="yes"
    Ensemble="no">
    <Configuration>
      <Database Name="\${Namespace}" Dir="\${MGRDIR}\${app}/data" Create="yes"
        Resource="%DB_\${Namespace}"/>
      <Import File="\${SourceDir}" Flags="ck" Recurse="1"/>
    </Configuration>
    <CSPApplication Url="/csp/\${app}" Directory="\${cspdir}\${app}" ServeFiles="1" Recurse="1"
      MatchRoles=":%DB_\${Namespace}" AuthenticationMethods="32"/>
  </Namespace>
</Manifest>`;

it("an application gets database, namespace, resource, web application and its classes", async () => {
  written(place("mgr/src/App/Hello.cls"), hello);
  expect(await load(installerClass("App.Installer", application))).toContain(
    "Load finished successfully.",
  );

  const seen = await instance.lines(
    "%SYS",
    run,
    'write ##class(Config.Databases).Open("IRISAPP").Directory',
    `write ##class(SYS.Database).%OpenId("${place("mgr/irisapp/data/")}").ResourceName`,
    'do ##class(Config.Namespaces).Get("irisapp",.p) write p("Globals"),p("Routines")',
    'write ##class(Security.Resources).Exists("%DB_IRISAPP")',
    'do ##class(Security.Applications).Get("/csp/irisapp",.a) write a("NameSpace")," ",a("Path")," ",a("MatchRoles")," ",a("AutheEnabled")',
    'zn "IRISAPP" write ##class(App.Hello).Say()',
  );

  expect(seen[0]).toMatch(/<>$/);
  expect(seen.slice(1)).toEqual([
    place("mgr/irisapp/data/"),
    "%DB_IRISAPP",
    "IRISAPPIRISAPP",
    "1",
    "IRISAPP /usr/irissys/csp/irisapp :%DB_IRISAPP 32",
    "hello IRISAPP",
  ]);
});

it("run again, it changes nothing and succeeds", async () => {
  written(place("mgr/src/App/Hello.cls"), hello);
  await load(installerClass("App.Installer", application));
  await instance.lines("%SYS", run);
  const cpf = readFileSync(place("iris.cpf"), "utf8");

  const [seen] = await instance.lines("%SYS", run);

  expect(seen).toMatch(/<>$/);
  expect(seen).not.toContain("Creating database");
  expect(readFileSync(place("iris.cpf"), "utf8")).toBe(cpf);
});

it("variables come in by reference, in any letter case, and stand before defaults", async () => {
  written(place("src/App/Hello.cls"), hello);
  await load(installerClass("App.Installer", application));

  const seen = await instance.lines(
    "%SYS",
    `set v("namespace")="other",v("SourceDir")="${place("src")}",v("App")="o"`,
    'set sc = ##class(App.Installer).setup(.v,-1) write "<",sc,">"',
    'write ##class(Config.Databases).Open("OTHER").Directory,##class(Config.Namespaces).Exists("IRISAPP")',
    'zn "OTHER" write ##class(App.Hello).Say()',
  );

  expect(seen[1]).toMatch(/<1>$/);
  expect(seen[1]).not.toContain("Installation");
  expect(seen.slice(2)).toEqual([`${place("mgr/o/data/")}0`, "hello OTHER"]);
});

const shop = `<Manifest>
  <Var Name="Base" Value="\${MGRDIR}shop/"/>
  <!-- memory first -->
  <SystemSetting Name="Config.config.globals" Value="0,0,64,0,0,0"/>
  <CopyFile Src="\${MGRDIR}in/settings.txt" Target="\${MGRDIR}out.txt"/>
  <Namespace Name="SHOP" Code="SHOP-CODE" Data="SHOP-DATA">
    <Configuration>
      <Database Name="SHOP-CODE" Dir="\${Base}code" InitialSize="5" MountRequired="1"/>
      <Database Name="SHOP-DATA" Dir="\${Base}data"/>
      <If Condition='"\${Shared}"=1'>
        <Database Name="SHARED" Dir="\${Base}shared"/>
        <GlobalMapping Global="Shared" From="SHARED"/>
        <ClassMapping Package="Common" From="SHARED"/>
        <RoutineMapping Routines="CMN*" From="SHARED"/>
      </If>
    </Configuration>
    <Import File="\${MGRDIR}in/Hello.cls"/>
    <Invoke Class="App.Hello" Method="Say" Return="Said">
      <Arg Value="from \${Base}"/><Arg Value="#{1+1}"/>
    </Invoke>
    <If Condition="#{$length(&quot;\${Said}&quot;)>3}">
      <Invoke Class="App.Hello" Method="Keep" CheckStatus="true"><Arg Value="\${Said}"/></Invoke>
    </If>
    <If Condition='"\${Said}"=""'><Error Status="$$$GeneralError"><Arg Value="silent"/></Error></If>
  </Namespace>
  <Log Text="said \${Said}" Level="0"/>
</Manifest>`;

const talking = `Class App.Hello {
ClassMethod Say(a, n) As %String { quit "hi "_a_n }
ClassMethod Keep(a) As %Status { set ^kept=a,^Shared=$namespace quit $$$OK }
}`;

it("two databases, mappings by a condition, methods whose values are used", async () => {
  written(place("mgr/in/Hello.cls"), talking);
  written(place("mgr/in/settings.txt"), "text");
  await load(installerClass("App.Installer", shop));

  const seen = await instance.lines(
    "%SYS",
    `set v("SHARED")=1 set sc = ##class(App.Installer).setup(.v,0) write "<",sc,">"`,
    'do ##class(Config.Namespaces).Get("SHOP",.p) write p("Globals")," ",p("Routines")',
    'do ##class(Config.Databases).Get("SHOP-CODE",.d) write d("MountRequired")',
    'do ##class(Config.MapGlobals).Get("SHOP","Shared",.g) write g("Database")',
    'write ##class(Config.MapPackages).Exists("SHOP","Common"),##class(Config.MapRoutines).Exists("SHOP","CMN*")',
    'do ##class(Config.config).Get(.c) write c("globals")',
    `write ^|"SHOP"|kept,"|",^|"^^${place("mgr/shop/shared/")}"|Shared,"|",$data(^|"^^${place("mgr/shop/data/")}"|Shared)`,
  );

  expect(seen[0]).toMatch(
    /0 Log: said hi from \S+2\n.*0 App\.Installer: Installation succeeded\n<1>$/,
  );
  expect(seen.slice(1)).toEqual([
    "SHOP-DATA SHOP-CODE",
    "1",
    "SHARED",
    "11",
    "0,0,64,0,0,0",
    `hi from ${place("mgr/shop/")}2|SHOP|0`,
  ]);
  expect(readFileSync(place("mgr/out.txt"), "utf8")).toBe("text");
});

it("what a condition excludes does not come to be", async () => {
  written(place("mgr/in/Hello.cls"), talking);
  written(place("mgr/in/settings.txt"), "text");
  await load(installerClass("App.Installer", shop));

  const seen = await instance.lines(
    "%SYS",
    run,
    'write ##class(Config.Databases).Exists("SHARED"),##class(Config.MapGlobals).Exists("SHOP","Shared")',
  );

  expect(seen[0]).toMatch(/<>$/);
  expect(seen[1]).toBe("00");
  expect(existsSync(place("mgr/shop/shared"))).toBe(false);
});

it("parameters of the class, lines written before the manifest, and methods of the class", async () => {
  const manifest = `<Manifest>
  <Default Name="Dir" Dir="\${MGRDIR}/tools"/>
  <Log Text="\${#TITLE} \${Dir}x #{..Twice(4)} \${FROMCODE}" Level="1"/>
  <Log Text="hidden" Level="2"/>
  <Namespace Name="USER" Create="no"><Configuration>
    <Database Name="USER" Create="no"/>
    <GlobalMapping Global="Sys" From="IRISSYS" Collation="5"/>
  </Configuration></Namespace>
</Manifest>`;
  const members = `Parameter TITLE = "Tools";
ClassMethod Twice(n) { quit n*2 }`;
  const before = '  do %code.WriteLine(" set pVars(""FromCode"")=""written""")';
  await load(installerClass("App.Installer", manifest, { members, before }));

  const seen = await instance.lines(
    "%SYS",
    "set sc=##class(App.Installer).setup(.v,1) write sc",
    "set sc=##class(App.Installer).setup(.v,-1) write sc",
    'write ##class(Config.MapGlobals).Exists("USER","Sys")',
    "write $namespace",
  );

  expect(seen[0]).toContain(`1 Log: Tools ${place("mgr/tools/")}x 8 written`);
  expect(seen[0]).not.toContain("hidden");
  expect(seen.slice(1)).toEqual(["1", "1", "%SYS"]);
});

it("each tag works in the namespace it belongs to, and %SYS may be one", async () => {
  const manifest = `<Manifest>
  <Namespace Name="user" Create="no">
    <Configuration>
      <Import File="\${MGRDIR}in/Where.cls" Flags="ck-d"/>
      <GlobalMapping Global="Mapped" From="IRISSYS"/>
    </Configuration>
    <CSPApplication Url="/api/app" DispatchClass="App.Rest"/>
    <Invoke Class="App.Where" Method="Note"/>
    <SystemSetting Name="config.gmheap" Value="70000"/>
    <Invoke Class="App.Where" Method="Note"/>
  </Namespace>
  <Namespace Name="%SYS" Create="no">
    <Import File="\${MGRDIR}in/Where.cls" Flags="ck-d"/>
    <Invoke Class="App.Where" Method="Note"/>
  </Namespace>
</Manifest>`;
  written(
    place("mgr/in/Where.cls"),
    "Class App.Where { ClassMethod Note() { set ^note=$namespace } }",
  );
  await load(installerClass("App.Installer", manifest));

  const seen = await instance.lines(
    "%SYS",
    "set sc=##class(App.Installer).setup(,-1) write sc",
    'write ^note," ",^|"USER"|note',
    'do ##class(Security.Applications).Get("/api/app",.a) write a("NameSpace")," ",a("DispatchClass")',
    'do ##class(Config.config).Get(.c) write c("gmheap")',
  );

  expect(seen).toEqual(["1", "%SYS USER", "USER App.Rest", "70000"]);
});

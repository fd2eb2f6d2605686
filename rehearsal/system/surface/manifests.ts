/** Tags of installation manifests. */

import { installerClass } from "../installer/testing/installer-class.ts";
import { refused, supported, type Short, type SurfaceItem } from "./item.ts";

const setup =
  'set sc=##class(Surface.Installer).setup(,-1) write "<",$system.Status.GetErrorText(sc),">"';

/** Items with a manifest each: their lines run behind setup(). */
function inManifest(
  items: readonly (readonly [string, number, string, string, string])[],
): SurfaceItem[] {
  return items.flatMap(([name, uses, inner, line, prints]) =>
    supported(
      [[name, uses, [setup, line], ["<>", prints]]],
      installerClass("Surface.Installer", `<Manifest>${inner}</Manifest>`),
    ),
  );
}

const database = '<Database Name="TAGS" Dir="@DIR@mgr/tags/" Create="yes"/>';
const namespace = (inner: string, beside = ""): string =>
  `<Namespace Name="TAGS" Code="TAGS" Data="TAGS" Create="yes">
  <Configuration>${database}${inner}</Configuration>${beside}
</Namespace>`;

const exists = 'write ##class(Config.Namespaces).Exists("TAGS")';

const executed = inManifest([
  ["Namespace, Configuration, Database", 3, namespace(""), exists, "1"],
  [
    "CSPApplication",
    3,
    namespace("", '<CSPApplication Url="/csp/tags" Directory="/csp/tags"/>'),
    'write ##class(Security.Applications).Exists("/csp/tags")',
    "1",
  ],
  [
    "Default, Var",
    2,
    '<Default Name="A" Value="one"/><Var Name="B" Value="${A}two"/><SystemSetting Name="Config.Miscellaneous.SynchCommit" Value="#{$length(&quot;${B}&quot;)>5}"/>',
    'do ##class(Config.Miscellaneous).Get(.p) write p("SynchCommit")',
    "1",
  ],
  [
    "Import",
    2,
    namespace("", '<Import File="@DIR@sample.cls" Flags="ck-d" IgnoreErrors="0"/>'),
    'zn "TAGS" write ##class(%Dictionary.ClassDefinition).%ExistsId("Surface.Loaded")',
    "1",
  ],
  [
    "If",
    2,
    `<If Condition='1=0'><Namespace Name="NEVER" Code="USER" Data="USER"/></If>`,
    'write ##class(Config.Namespaces).Exists("NEVER")',
    "0",
  ],
  [
    "Invoke",
    2,
    namespace(
      "",
      '<Invoke Class="%SYS.System" Method="WriteToConsoleLog" CheckStatus="1"><Arg Value="by a manifest"/></Invoke>',
    ),
    exists,
    "1",
  ],
  ["Log", 1, '<Log Text="done" Level="1"/>', "write 1", "1"],
  [
    "GlobalMapping",
    1,
    namespace('<GlobalMapping Global="Tags*" From="USER"/>'),
    'do ##class(Config.MapGlobals).Get("TAGS","Tags*",.p) write p("Database")',
    "USER",
  ],
  [
    "CopyFile",
    1,
    '<CopyFile Src="@DIR@iris.cpf" Target="@DIR@tags.cpf"/>',
    'write ##class(%File).Exists("@DIR@tags.cpf")',
    "1",
  ],
  [
    "SystemSetting",
    1,
    '<SystemSetting Name="Config.Miscellaneous.SynchCommit" Value="1"/>',
    'do ##class(Config.Miscellaneous).Get(.p) write p("SynchCommit")',
    "1",
  ],
]);

const tags: readonly Short[] = [["LoadPage", 1, setup, "<LoadPage> in a manifest"]];

/** All of them. */
export const manifestItems: readonly SurfaceItem[] = [
  ...executed,
  ...refused(
    tags,
    installerClass(
      "Surface.Installer",
      `<Manifest>${namespace("", '<LoadPage Name="/page.csp" Flags="ck"/>')}</Manifest>`,
    ),
  ),
];

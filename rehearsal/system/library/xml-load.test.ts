/** `$system.OBJ.Load` of XML exports. */

import { describe, expect, it } from "vitest";
import { createCodeCache, createProcess } from "../../objectscript/process.ts";
import { drive } from "../../objectscript/testing/drive.ts";
import { MemoryHost } from "../../objectscript/testing/memory-host.ts";
import { testEnvironment } from "../../objectscript/testing/session.ts";
import { libraryClasses } from "./classes.ts";
import { MemoryFiles } from "./testing/memory-files.ts";

async function shown(text: string, ...lines: string[]): Promise<string> {
  const files = new MemoryFiles({ "/opt/x.xml": text });
  const classes = [...libraryClasses(testEnvironment(files)).values()];
  const host = new MemoryHost({ lines, classes });
  await drive(createProcess(host, createCodeCache()).session({ node: "n", instance: "I" }));
  return host.principal.output;
}

const load = 'set sc=$system.OBJ.Load("/opt/x.xml","ck")';
const error = "write $system.Status.GetErrorText(sc)";
const exported = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Export generator="IRIS" version="26">\n${body}\n</Export>`;
const classOf = (body: string): string =>
  exported(`<Class name="A.B">\n<ProcedureBlock>1</ProcedureBlock>\n${body}\n</Class>`);

const whole = exported(`<Class name="Pkg.Tool">
<Description>
What it is</Description>
<IncludeCode>%occInclude,Own</IncludeCode>
<ProcedureBlock>1</ProcedureBlock>
<Super>%RegisteredObject,Pkg.Mixin</Super>
<TimeChanged>62000,1</TimeChanged>

<Parameter name="KIND">
<Type>STRING</Type>
<Default>say "it"</Default>
</Parameter>

<Parameter name="COUNT">
<Default>12</Default>
</Parameter>

<Property name="Size">
<Type>%Integer</Type>
<InitialExpression>$char(49)</InitialExpression>
<Parameter name="MAXVAL" value="50"/>
</Property>

<Method name="Sum">
<ClassMethod>1</ClassMethod>
<FormalSpec>a:%Integer,b:%String(MAXLEN=5)="3,4",&amp;c,*d:%Status,rest...</FormalSpec>
<ReturnType>%Integer</ReturnType>
<PublicList>x,y</PublicList>
<Implementation><![CDATA[
  set c=a+b, d=$get(rest), x="} in text"
  if a < 5 { quit c }
  quit $$$Twice(c)
]]></Implementation>
</Method>

<Method name="Say">
<Private>1</Private>
<Implementation><![CDATA[	quit ..#KIND_..Size_..Mixed()
]]></Implementation>
</Method>
<Method name="Tell">
<Implementation> quit ..Say()</Implementation>
</Method>
<XData name="Data">
<XMLNamespace>urn:x</XMLNamespace>
<Data><![CDATA[
<a>{ b }</a>
]]></Data>
</XData>
</Class>

<Class name="Pkg.Mixin">
<Method name="Mixed">
<Implementation> quit "!"</Implementation>
</Method>
</Class>
<Routine name="Own" type="INC" languagemode="0"><![CDATA[
#define Twice(%x) (%x*2)
]]></Routine>
<Routine name="Rou" type="MAC"><![CDATA[
Rou quit
Ask() quit "asked"
]]></Routine>`);

describe("an XML export", () => {
  it("is loaded and compiled like class files and routines", async () => {
    const output = await shown(
      whole,
      load,
      'write sc,":",##class(Pkg.Tool).Sum(1,,.c,.d,8,9),c,d,x',
      "write ##class(Pkg.Tool).Sum(7,1),##class(Pkg.Tool).#COUNT",
      "write ##class(Pkg.Tool).%New().Tell(),$$Ask^Rou()",
    );
    expect(output).toContain("Loading file /opt/x.xml as xml\nImported class: Pkg.Tool\n");
    expect(output).toContain("Compiling class Pkg.Mixin\n");
    expect(output).toContain("Load finished successfully.");
    expect(output).toContain("1:442} in text");
    expect(output).toContain("1612");
    expect(output).toContain('say "it"1!asked');
  });

  it("has private members, and variables in common where it does not say otherwise", async () => {
    const hidden = await shown(whole, load, "write ##class(Pkg.Tool).%New().Say()");
    expect(hidden).toContain("<PRIVATE METHOD>");
    const own =
      '<Method name="M"><ClassMethod>1</ClassMethod><Implementation> set z=5</Implementation></Method>';
    const call = "do ##class(A.B).M() write $data(z)";
    expect(await shown(classOf(own), load, call)).toContain("\n0\n");
    const common = classOf(own).replace(/<ProcedureBlock>.*\n/, "");
    expect(await shown(common, load, call)).toContain("\n1\n");
  });

  it.each([
    ['<Index name="I"><Properties>N</Properties></Index>', "<Index> I of A.B in an XML export"],
    ['<Query name="Q"></Query>', "<Query> Q of A.B in an XML export"],
    ['<Storage name="Default"></Storage>', "<Storage> Default of A.B in an XML export"],
    ['<UDLText name="T"></UDLText>', "<UDLText> T of A.B in an XML export"],
    ['<Projection name="P"></Projection>', "<Projection> P of A.B in an XML export"],
  ])("%s is refused by name", async (body, what) => {
    expect(await shown(classOf(body), load)).toContain(`\nnot simulated: ${what}\n`);
  });

  it("is refused by name where it holds other things", async () => {
    for (const [body, what] of [
      ['<Global name="x"/>', "<Global> x"],
      ['<Routine name="R" type="BAS"/>', "<Routine> R"],
      ['<Project name="P"/>', "<Project> P"],
    ] as const) {
      expect(await shown(exported(body), load)).toContain(
        `not simulated: ${what} in an XML export`,
      );
    }
  });

  it.each([
    ["<Export generator='IRIS'><Class name='A.B'></Export>", "no well-formed XML"],
    ["<Export generator='IRIS'>&nope;</Export>", "no well-formed XML"],
    ["<?xml version='1.0'?><Other/>", "<Other> is no export"],
    ["<Export generator='Else'></Export>", "<Export> is no export"],
    [classOf('<Method name="M"><FormalSpec>a b</FormalSpec></Method>'), "syntax error"],
    [classOf('<Method name="M"><Implementation> if { </Implementation></Method>'), "syntax error"],
  ])("%s is an error", async (text, what) => {
    const output = await shown(text, load, error);
    expect(output).toContain("Load finished with errors.");
    expect(output).toMatch(/ERROR #5001: \/opt\/x.xml: /);
    expect(output).toContain(what);
  });
});

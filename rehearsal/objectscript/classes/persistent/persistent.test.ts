/** Objects of persistent classes: what is stored where, and what a program gets back. */

import { describe, expect, it } from "vitest";
import { answersOf, testHost } from "../../testing/session.ts";
import { createCodeCache, createProcess } from "../../process.ts";
import { drive } from "../../testing/drive.ts";
import type { MemoryHost } from "../../testing/memory-host.ts";

const sources = {
  "App.Company": `Class App.Company Extends %Persistent
{
Parameter KIND = "firm";
Property Name As %String(MAXLEN = 20) [ Required ];
Property Founded As %Date [ InitialExpression = 50000 ];
Property Cache [ Transient ];
Property Label As %String [ Calculated ];
Method LabelGet() As %String { quit ..Name_" ("_..#KIND_")" }
ClassMethod Add(name) As %String
{
  set company = ..%New()
  set company.Name = name
  $$$ThrowOnError(company.%Save())
  quit company.%Id()
}
ClassMethod List()
{
  set id = ""
  for {
    set id = $order(^App.CompanyD(id)) quit:id=""
    set company = ..%OpenId(id)
    write id,"=",company.Label,";"
  }
}
}
`,
  "App.Contact": `Class App.Contact Extends %Persistent
{
Property Name As %String;
Property Company As Company;
Property Spouse As App.Contact;
Property Age As %Integer;
Property Active As %Boolean [ InitialExpression = 1 ];
Property Seen As %TimeStamp;
}
`,
};

const company = 'set c=##class(App.Company).%New(),c.Name="Acme"';
const all = (...lines: string[]): Promise<string[]> => answersOf(lines, { sources });
const last = async (...lines: string[]): Promise<string> => (await all(...lines)).at(-1) ?? "";
const error = (status: string): string => `write $system.Status.GetErrorText(${status})`;

/** Runs the lines on a host that a test prepares. */
async function runOn(host: MemoryHost): Promise<string> {
  const process = createProcess(host, createCodeCache());
  await drive(process.session({ node: "n", instance: "IRIS" }));
  return host.principal.output;
}

describe("%Save", () => {
  it("gives an id and stores the class, then the properties in their order", async () => {
    expect(await last(company, "write c.%Save(),c.%Id()", "zwrite ^App.CompanyD")).toBe(
      '^App.CompanyD=1\n^App.CompanyD(1)=$lb("","Acme",50000)\n',
    );
  });

  it("keeps the id when an object is saved again", async () => {
    const lines = [company, "do c.%Save()", 'set c.Name="New"', "do c.%Save()"];
    expect(await last(...lines, "zwrite ^App.CompanyD")).toBe(
      '^App.CompanyD=1\n^App.CompanyD(1)=$lb("","New",50000)\n',
    );
  });

  it("writes nothing where nothing changed", async () => {
    const lines = [company, "do c.%Save()", 'set ^App.CompanyD(1)="kept"', "write c.%Save()"];
    expect(await last(...lines, "write ^App.CompanyD(1)")).toBe("kept");
  });

  it.each([
    [
      "set c=##class(App.Company).%New()",
      "Property 'App.Company::Name(1@App.Company,ID=)' required",
      5659,
    ],
    [
      `${company},c.Name="a name of far too many letters"`,
      "length longer than MAXLEN allowed of 20",
      7201,
    ],
    [`${company},c.Founded="soon"`, "Datatype value 'soon' is not a valid number", 7207],
    ["set c=##class(App.Contact).%New(),c.Active=7", "property 'App.Contact:Active'", 5802],
    ['set c=##class(App.Contact).%New(),c.Seen="noon"', "property 'App.Contact:Seen'", 5802],
    [
      "set c=##class(App.Contact).%New(),c.Name=##class(App.Contact).%New()",
      "property 'App.Contact:Name'",
      5802,
    ],
  ])("%s is refused and stores nothing", async (line, text, number) => {
    const answers = await all(
      line,
      "set sc=c.%Save()",
      error("sc"),
      "write $data(^App.CompanyD),$data(^App.ContactD)",
    );
    expect(answers.at(-2)).toContain(text);
    expect(answers.at(-2)).toContain(`ERROR #${String(number)}:`);
    expect(answers.at(-1)).toBe("00");
  });

  it("is refused with the error of a read-only database, and rolled back", async () => {
    const host = testHost({
      sources,
      lines: [
        'set p=##class(App.Contact).%New(),p.Name="Ann"',
        company,
        "set p.Company=c",
        "set sc=p.%Save()",
        error("sc"),
        "write c.%Id()_p.%Id()_$data(^App.CompanyD(1))",
      ],
    });
    host.globals.readOnly.set("App.ContactD", "^App.ContactD,/data/");
    const output = await runOn(host);
    expect(output).toContain("ERROR #5002: ObjectScript error: <PROTECT> ^App.ContactD,/data/");
    expect(output).toContain("\n0\n");
  });

  it("waits for a store that is closed for writers", async () => {
    const host = testHost({ sources, lines: [company, "write c.%Save()"] });
    const open = host.globals.close();
    const done = runOn(host);
    await Promise.resolve();
    expect(host.globals.get({ name: "App.CompanyD", subscripts: ["1"] })).toBeUndefined();
    open();
    await done;
    expect(host.globals.get({ name: "App.CompanyD", subscripts: ["1"] })).toBeDefined();
  });
});

describe("objects that are stored", () => {
  const saved = [company, "do c.%Save()", "kill c"];

  it("are opened by id with what was stored", async () => {
    const open =
      "set c=##class(App.Company).%OpenId(1,,.sc) write sc,c.Name,c.Founded,c.Label,c.%Id()";
    expect(await last(...saved, open)).toBe("1Acme50000Acme (firm)1");
  });

  it("are opened from lists that other code wrote", async () => {
    const written = 'set ^App.CompanyD(7)=$lb("","Other",3)';
    expect(await last(written, "write ##class(App.Company).%OpenId(7).Name")).toBe("Other");
  });

  it("keep their initial expressions and have no value for what is transient", async () => {
    const lines = [company, "set c.Cache=5", "do c.%Save()", "kill c"];
    expect(await last(...lines, 'write "[",##class(App.Company).%OpenId(1).Cache,"]"')).toBe("[]");
  });

  it.each(["99", '""'])("%s opens nothing", async (id) => {
    const open = `write ##class(App.Company).%OpenId(${id},,.sc)="",$system.Status.GetErrorText(sc)`;
    expect(await last(...saved, open)).toMatch(/^1ERROR #58(09|13): /);
  });

  it("are found by %ExistsId and gone after %DeleteId", async () => {
    const exists = "write ##class(App.Company).%ExistsId(1)";
    const remove = "set sc=##class(App.Company).%DeleteId(1) write $system.Status.GetErrorText(sc)";
    const answers = await all(...saved, exists, remove, exists, remove, "write ^App.CompanyD");
    expect(answers.slice(-5)).toEqual(["1", "", "0", expect.stringMatching(/#5810/), "1"]);
  });

  it("are refused by a read-only database when they are to be deleted", async () => {
    const lines = ["set sc=##class(App.Company).%DeleteId(1)", error("sc")];
    const host = testHost({ sources, lines });
    host.globals.set({ name: "App.CompanyD", subscripts: ["1"] }, "x");
    host.globals.readOnly.set("App.CompanyD", "^App.CompanyD,/data/");
    expect(await runOn(host)).toContain(
      "#5002: ObjectScript error: <PROTECT> ^App.CompanyD,/data/",
    );
    expect(host.transactions.level).toBe(0);
  });

  it("are one object as long as the program has it", async () => {
    const twice = [...saved, "set a=##class(App.Company).%OpenId(1)", 'set a.Name="Changed"'];
    const open = "set b=##class(App.Company).%OpenId(1) write b.Name,$select($data(a):a=b,1:0)";
    expect(await last(...twice, open)).toBe("Changed1");
    expect(await last(...twice, "kill a", open)).toBe("Acme0");
  });

  it("go all at once with %KillExtent and %DeleteExtent", async () => {
    const two = [...saved, company, "do c.%Save()"];
    const kill = "write ##class(App.Company).%KillExtent(),$data(^App.CompanyD)";
    const remove = "write ##class(App.Company).%DeleteExtent(,.n,.m),n,m,$data(^App.CompanyD)";
    expect(await last(...two, kill)).toBe("10");
    expect(await last(...two, remove)).toBe("1220");
  });

  it("are made and listed by methods of their class", async () => {
    const add = (name: string): string => `write ##class(App.Company).Add("${name}")`;
    const list = "do ##class(App.Company).List()";
    expect(await last(add("One"), add("Two"), list)).toBe("1=One (firm);2=Two (firm);");
  });
});

describe("references", () => {
  const pair = [company, 'set p=##class(App.Contact).%New(),p.Name="Ann",p.Company=c'];

  it("are saved along, and stored as ids", async () => {
    const save = "write p.%Save(),c.%Id()";
    const answers = await all(...pair, save, "zwrite ^App.ContactD(1)");
    expect(answers.slice(-2)).toEqual(["11", '^App.ContactD(1)=$lb("","Ann","1","","",1,"")\n']);
  });

  it("are opened when they are asked for", async () => {
    const lines = [...pair, "do p.%Save()", "kill p,c"];
    const ask = "write ##class(App.Contact).%OpenId(1).Company.Name";
    expect(await last(...lines, ask)).toBe("Acme");
  });

  it("may form a circle", async () => {
    const lines = [...pair, "set q=##class(App.Contact).%New(),q.Spouse=p,p.Spouse=q"];
    const ask = "write p.%Save(),##class(App.Contact).%OpenId(q.%Id()).Spouse.Spouse.%Id()=q.%Id()";
    expect(await last(...lines, ask)).toBe("11");
  });

  it("keep the referring object when only the other one changed", async () => {
    const change = ["do p.%Save()", 'set c.Name="New",^App.ContactD(1)="kept"', "do p.%Save()"];
    const ask = "write $list(^App.CompanyD(1),2),^App.ContactD(1)";
    expect(await last(...pair, ...change, ask)).toBe("Newkept");
  });

  it("to what was never saved are noticed", async () => {
    const lines = ["set p=##class(App.Contact).%New()", "do p.%Save()", company, "set p.Company=c"];
    expect(await last(...lines, "write p.%Save(),$list(^App.ContactD(1),3)")).toBe("11");
  });

  it("fail together: what is referred to is not stored either", async () => {
    const fails = [
      'set p.Age="old"',
      "set sc=p.%Save()",
      "write sc=1,c.%Id()_p.%Id(),$data(^App.CompanyD(1))",
    ];
    expect(await last(...pair, ...fails)).toBe("00");
  });

  it("to what is deleted read as nothing", async () => {
    const lines = [...pair, "do p.%Save()", "kill p,c", "do ##class(App.Company).%DeleteId(1)"];
    const ask = 'set p=##class(App.Contact).%OpenId(1) write "[",p.Company,"]",p.%Save()';
    expect(await last(...lines, ask)).toBe("[]1");
  });
});

/** Async members as an administrator makes them: two instances, each with sessions of its own. */

import { afterEach, describe, expect, it, vi } from "vitest";
import { testPatience } from "../../edge/mirror/testing/wait.ts";
import { TestInstance } from "../testing/test-instance.ts";

vi.setConfig(testPatience);
const instances: TestInstance[] = [];
afterEach(async () => {
  for (const instance of instances.splice(0)) await instance[Symbol.asyncDispose]();
});

const enable = 'set p("Enabled")=1 write ##class(Security.Services).Modify("%Service_Mirror",.p)';

async function instance(): Promise<TestInstance> {
  const made = await TestInstance.start();
  instances.push(made);
  await made.lines("%SYS", enable);
  return made;
}

/** A primary with the mirrored database APP that holds `^x=1`. */
async function primary(): Promise<TestInstance> {
  const made = await instance();
  await made.lines(
    "%SYS",
    // The shortest trouble there is.
    'set m("QOSTimeout")=2000 write ##class(SYS.Mirror).CreateNewMirrorSet("MIR","ONE",.m)',
    ...database(made),
  );
  await made.lines("APP", "set ^x=1");
  return made;
}

/** Lines that make the mirrored database APP with a namespace of its own. */
function database({ directory }: TestInstance): string[] {
  const own = `${directory}mgr/app/`;
  return [
    `do ##class(%Library.File).CreateDirectoryChain("${own}")`,
    `kill p set p("Directory")="${own}" write ##class(Config.Databases).Create("APP",.p)`,
    'kill p set p("Globals")="APP" write ##class(Config.Namespaces).Create("APP",.p)',
    `write ##class(SYS.Database).CreateDatabase("${own}",,,,,,"APP","MIR")`,
  ];
}

const tell = "write $system.Mirror.GetStatus()";

async function join(
  member: TestInstance,
  other: TestInstance,
  type: string,
  { mirror = "MIR", name = "TWO" } = {},
): Promise<string> {
  const [port] = await other.lines("%SYS", "write ##class(SYS.Agent).GetApplicationPort()");
  const rest = `"IRIS","localhost",${port},${type}`;
  const call = `##class(SYS.Mirror).JoinMirrorAsAsyncMember("${mirror}","${name}",${rest})`;
  const [seen = ""] = await member.lines("%SYS", `write $system.Status.GetErrorText(${call})`);
  return seen;
}

async function joinAsFailover(member: TestInstance, other: TestInstance): Promise<void> {
  const [port] = await other.lines("%SYS", "write ##class(SYS.Agent).GetApplicationPort()");
  const call = `JoinMirrorAsFailoverMember("MIR","TWO","IRIS","localhost",${port})`;
  expect(await member.lines("%SYS", `write ##class(SYS.Mirror).${call}`)).toEqual(["1"]);
}

async function shows(member: TestInstance, line: string, text: string): Promise<void> {
  const end = performance.now() + testPatience.testTimeout / 2;
  let seen = "";
  while (seen !== text && performance.now() < end) [seen = ""] = await member.lines("%SYS", line);
  expect(seen).toBe(text);
}

describe("JoinMirrorAsAsyncMember", () => {
  it("makes a DR async that shows the product's words", async () => {
    const one = await primary();
    const two = await instance();

    expect(await join(two, one, "0")).toBe("");
    await shows(two, tell, "CONNECTED");
    const seen = await two.lines(
      "%SYS",
      "write $system.Mirror.GetMemberType(),$system.Mirror.IsMember()",
      'write $system.Mirror.IsAsyncMember(),"/",$system.Mirror.MirrorName()',
      "write $listtostring($system.Mirror.GetMirrorNames())",
      "write $listtostring(##class(SYS.Mirror).IsFailoverReady())",
    );
    expect(seen).toEqual(["Disaster Recovery2", "1/", "MIR", "0,Not a failover member"]);
    const list =
      'set r=##class(%ResultSet).%New("SYS.Mirror:MemberStatusList") do r.Execute("MIR")' +
      ' while r.Next() { write r.GetData(1),":",r.GetData(8),":",r.GetData(9),";" }';
    const rows = "ONE:Failover:Primary;TWO:Disaster Recovery:Connected;";
    const entry = 'write ##class(Config.MapMirrors).Get("MIR","TWO",.p),p("MemberType")';
    const typed = await two.lines("%SYS", entry, 'write p("AsyncMemberType")');
    expect(typed).toEqual(["12", "0"]);
    await shows(one, list, rows);
    await shows(two, list, rows);
  });

  it("refuses a type nobody has, and a name that is taken", async () => {
    const one = await primary();
    const two = await instance();

    expect(await join(two, one, "3")).toContain("ERROR #2142");
    expect(await join(one, one, "0")).toContain("ERROR #2101");
  });
});

describe("a reporting async", () => {
  it.for([
    ["1", "Read-Only Reporting", "<PROTECT>", "1", "1"],
    ["2", "Read-Write Reporting", "mine", "0", "0"],
  ] as const)("of type %s is called %s", async ([type, word, written, flag, isReadOnly]) => {
    const one = await primary();
    const two = await instance();
    expect(await join(two, one, type)).toBe("");
    await shows(two, tell, "CONNECTED");
    await shows(two, "write $system.Mirror.GetMemberType()", word);

    const missing =
      'set r=##class(%ResultSet).%New("SYS.Mirror:MissingMirroredDatabases") do r.Execute("MIR")' +
      ' while r.Next() { write r.GetData(1) } write "."';
    await shows(two, missing, "APP.");
    const made = await two.lines("%SYS", ...database(two));
    expect(made.at(-1)).toBe("1");
    await shows(two, missing, ".");
    const open = `set d=##class(SYS.Database).%OpenId("${two.directory}mgr/app/")`;
    const flags = "write d.MirrorFailoverDB,d.ReadOnlyMounted,d.Mirrored";
    expect(await two.lines("%SYS", open + " " + flags)).toEqual([`${flag}${isReadOnly}1`]);

    const [seen = ""] = await two.lines("APP", 'set ^local="mine" write ^local');
    expect(seen).toContain(written);
    await one.lines("APP", "set ^x=2");
    const readX = 'write $get(^|"APP"|x)';
    await shows(two, readX, "2");
    expect(await one.lines("%SYS", 'write $data(^|"APP"|local)')).toEqual(["0"]);
  });

  it("belongs to one mirror here, which is said by name", async () => {
    const one = await primary();
    const two = await instance();
    const other = await instance();
    await other.lines("%SYS", 'write ##class(SYS.Mirror).CreateNewMirrorSet("OTHER","ZWEI",.m)');
    await join(two, one, "1");

    expect(await join(two, other, "1", { mirror: "OTHER" })).toContain(
      "not simulated: a reporting async in a second mirror",
    );
    expect(await join(two, other, "2", { mirror: "OTHER" })).toContain("ERROR #2142");
    expect(await join(two, other, "0", { mirror: "OTHER" })).toContain("ERROR #2149");
  });
});

describe("Promote, PromoteCheck and Demote", () => {
  it("change who the failover members are", async () => {
    const one = await primary();
    const two = await instance();
    await join(two, one, "0");
    await shows(two, tell, "CONNECTED");
    const error = (call: string) =>
      `write $system.Status.GetErrorText(##class(SYS.Mirror).${call})`;

    const [early = ""] = await two.lines("%SYS", error("PromoteCheck(.u,.p)"));
    expect(early).toContain("ERROR #2073: Mirrored Database 'APP' is not found on this system");
    await two.lines("%SYS", ...database(two));
    const seen = await two.lines(
      "%SYS",
      'write ##class(SYS.Mirror).PromoteCheck(.u,.p),":",u,":",p',
      "write ##class(SYS.Mirror).Promote(.u)",
    );
    expect(seen).toEqual(["1::ONE", "1"]);
    await shows(two, tell, "BACKUP");
    await shows(two, "write $system.Mirror.GetMemberType()", "Failover");

    expect(await two.lines("%SYS", "write ##class(SYS.Mirror).Demote()")).toEqual(["1"]);
    await shows(two, tell, "CONNECTED");
    const refused = await Promise.all([
      one.lines("%SYS", error("Promote(.u)")),
      one.lines("%SYS", error("DemotePartner()")),
      one.lines("%SYS", error("Demote()")),
    ]);
    expect(refused.map(([line = ""]) => line.slice(0, 11))).toEqual([
      "ERROR #2117",
      "ERROR #2075",
      "ERROR #2133",
    ]);
  });

  it("need every agent for Promote; PromoteWithPartner says who could not be reached", async () => {
    const one = await primary();
    const two = await instance();
    const three = await instance();
    await joinAsFailover(two, one);
    await shows(two, tell, "BACKUP");
    expect(await join(three, one, "0", { name: "THREE" })).toBe("");
    await shows(three, tell, "CONNECTED");
    await three.lines("%SYS", ...database(three));

    await two[Symbol.asyncDispose]();
    instances.splice(instances.indexOf(two), 1);
    const words = "write $listtostring($system.Mirror.GetMemberStatus())";
    await shows(one, words, "Primary,Trouble");
    await shows(one, words, "Primary");
    const seen = await three.lines(
      "%SYS",
      'write $system.Status.GetErrorText(##class(SYS.Mirror).Promote(.u)),"/",$list(u)',
      'write ##class(SYS.Mirror).PromoteWithPartner(.v),"/",$list(v)',
    );
    expect(seen).toEqual([
      "ERROR #2121: One of the failover members is unreachable through the ISCAgent/TWO",
      "1/TWO",
    ]);
    await shows(three, tell, "BACKUP");
  });
});

describe("PromoteWithNoPartner and PromoteWithSelectedPartner", () => {
  it("name who is left out, refuse what is not allowed, and make a primary where none runs", async () => {
    const one = await primary();
    const two = await instance();
    await join(two, one, "0");
    await shows(two, tell, "CONNECTED");
    await two.lines("%SYS", ...database(two));
    const error = (call: string) =>
      `write $system.Status.GetErrorText(##class(SYS.Mirror).${call})`;
    const refused = await two.lines(
      "%SYS",
      error("PromoteWithNoPartner(.u,0)"),
      error("PromoteWithNoPartner(.u,1)"),
      error('PromoteWithSelectedPartner("",.u)'),
    );
    expect(refused[0]).toBe(
      "ERROR #2155: Demote without partner does not allow running primary member 'ONE'.",
    );
    expect(refused[1]).toContain("not simulated: SYS.Mirror.PromoteWithNoPartner with Flags=1");
    expect(refused[2]).toContain("ERROR #2124");
    expect(await one.lines("%SYS", error("PromoteWithNoPartner(.u)"))).toEqual([
      "ERROR #2117: Mirror promotion is not allowed for non DR member",
    ]);

    await one[Symbol.asyncDispose]();
    instances.splice(instances.indexOf(one), 1);
    await shows(two, tell, "WAITING");
    const seen = await two.lines(
      "%SYS",
      `${error('PromoteWithSelectedPartner("ONE",.u)')},"/",$list(u)`,
      'write ##class(SYS.Mirror).PromoteWithNoPartner(.v,0),"/",$list(v)',
    );
    expect(seen).toEqual(["ERROR #2128: ISCAgent is unreachable/ONE", "1/ONE"]);
    await shows(two, tell, "PRIMARY");
    await shows(two, "write $system.Mirror.GetMemberType()", "Failover");
  });
});

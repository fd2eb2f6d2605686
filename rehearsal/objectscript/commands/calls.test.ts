/** Calls, transactions, locks, devices. */

import { describe, expect, it } from "vitest";
import { answer, answersOf, runLines, testHost } from "../testing/session.ts";
import { createCodeCache, createProcess } from "../process.ts";
import { drive } from "../testing/drive.ts";

const errorOf = async (line: string): Promise<string> =>
  (await answer(line)).split("\n").at(-1) ?? "";

describe("transactions and locks", () => {
  it.each([
    ["tstart  set ^x=1 tcommit  write ^x,$tlevel", "10"],
    ["set ^x=1 tstart  set ^x=2 trollback  write ^x,$tlevel", "10"],
    ["tstart  set ^x=1 tstart  set ^x=2 tro 1 write ^x,$tlevel tro", "11"],
    ["trollback  write 1", "1"],
    ["lock +^a(1):5 write $test lock -^a(1)", "1"],
    ["l ^a,^b write 1", "1"],
    ["lock +(^a,^b):0 write $test", "1"],
  ])("%s prints %s", async (line, wanted) => {
    expect(await answer(line)).toBe(wanted);
  });

  it("commit without a transaction is an error", async () => {
    expect(await errorOf("tcommit")).toBe("<COMMAND> *NoTransaction");
  });

  it("a lock that somebody else holds leaves $test false, and takes none of its list", async () => {
    const host = testHost({ lines: ["lock +(^a,^taken):0 write $test"] });
    host.locks.taken.add("taken");
    await drive(createProcess(host, createCodeCache()).session({ node: "n", instance: "I" }));
    expect(host.principal.output).toContain("\n0\n");
    expect(host.locks.held.size).toBe(0);
  });
});

describe("devices", () => {
  it("a file is written and read line by line", async () => {
    const lines = [
      'set f="/tmp/f" open f:"WNS":5 write $test use f write "one",!,"two",! close f',
      'open f:"R":5 use f read a,b:1 use 0 write a,b,$test close f',
      'open f:"R" use f read a,b,c',
      "write $io=$principal",
    ];
    const answers = await answersOf(lines);
    expect(answers[0]).toBe("1");
    expect(answers[1]).toBe("onetwo1");
    expect(answers[2]).toMatch(/<ENDOFFILE>$/);
    expect(answers[3]).toBe("1");
  });

  it("a file that is not there leaves $test false within a time, and is an error without", async () => {
    expect(await answer('open "/nope":"R":0 write $test')).toBe("0");
    expect(await errorOf('open "/nope":"R"')).toBe("<NOTOPEN>");
    expect(await errorOf('use "/nope"')).toBe("<NOTOPEN>");
  });

  it("read takes the next line of the input", async () => {
    const { output } = await runLines(['read "Name: ",x write "<",x,">"', "Bob"]);
    expect(output).toContain("Name: <Bob>");
  });
});

describe("calls", () => {
  const routines = {
    R: `R ; comment
 write "top " quit
add(a,b=2) quit a+b
ref(x) set x=x+1,x("n")="new" quit
undef(x) set x="made" quit
proc(n) public {
 set y=n*2
 quit y
}
rest(args...) quit $get(args)_":"_$get(args(1))_$get(args(3))
pass(args...) quit $$rest(args...)
loop for i=1:1:2 do say
 quit
say write "say",i," " quit
none(x) quit
jump set n=1
again set n=n+1
 goto again:n<4
 write n quit
deep(n) quit:n=0 0 quit 1+$$deep(n-1)
trap set $ztrap="oops"
 write 1/0
 quit
trap2 set $ztrap="oops2"
 write 1/0
 quit
oops2 write nope
 quit
again2 goto again2
oops write "trapped ",$piece($zerror,">")_">" quit
etrap set $etrap="write ""in trap "" set $ecode="""""
 write 1/0
 write "not here"
 quit
quits write $quit quit 1
`,
  };

  it.each([
    ["do ^R", "top "],
    ["write $$add^R(1),$$add^R(1,5)", "36"],
    ["write $$add^R(,1)", undefined],
    ['set v=1 do ref^R(.v) write v,v("n")', "2new"],
    ["do undef^R(.fresh) write fresh", "made"],
    ["set v=1 do ref^R(v) write v,$data(v)", "11"],
    ["set y=9 write $$proc^R(4),y", "89"],
    ["write $$rest^R(1,2,3),$$rest^R()", "3:130:"],
    ["write $$pass^R(1,2,3)", "3:13"],
    ["do loop^R", "say1 say2 "],
    ["do jump^R", "4"],
    ["write $$deep^R(1000)", "1000"],
    ["do trap^R", "trapped <DIVIDE>"],
    ["do etrap^R write $ecode", "in trap "],
    ["do quits^R set x=$$quits^R", "01"],
    ["do add^R(1):0,proc^R(1):1", ""],
    ['set x="^R" do @x', "top "],
    ['xecute "set q=5 quit  set q=6" write q', "5"],
    ['xecute "write 1":0,"write 2":1', "2"],
  ])("%s prints %s", async (line, wanted) => {
    const shown = await answer(line, { routines });
    if (wanted === undefined) expect(shown).toMatch(/<UNDEFINED>add\+?\d*\^R \*a$/m);
    else expect(shown).toBe(wanted);
  });

  it.each([
    ["do ^NOPE", "<NOROUTINE> *NOPE"],
    ["do nope^R", "<NOLINE> *nope^R"],
    ["do add^R(1,2,3)", "<PARAMETER>"],
    ["write $$none^R(1)", "<COMMAND> *Function must return a value"],
    ["do nowhere", "<NOROUTINE> *"],
  ])("%s raises %s", async (line, error) => {
    expect((await answer(line, { routines })).split("\n").at(-1)).toContain(error);
  });

  it("an error in the handler of $ztrap goes up instead of coming back to it", async () => {
    expect(await answer("do trap2^R", { routines })).toMatch(/<UNDEFINED>oops2\^R \*nope$/);
  });

  it("goto without end lets others go on", () => {
    const host = testHost({ lines: ["do again2^R"], routines });
    const running = createProcess(host, createCodeCache()).session({ node: "n", instance: "I" });
    expect(running.next()).toMatchObject({ done: false, value: { kind: "slice" } });
    running.return(0);
  });

  it("$test of the caller stays as it was", async () => {
    const own = { T: "T\nf() public {\n if 0 write 1\n quit 5\n}\n" };
    expect(await answer("if 1 write $$f^T(),$test", { routines: own })).toBe("51");
  });

  it("recursion without end is <FRAMESTACK>, not the end of the engine", async () => {
    const shown = await answer("do p^E(1)", { routines: { E: "E\np(n) do p(n) quit\n" } });
    expect(shown).toMatch(/<FRAMESTACK>p\^E$/);
  });

  it("job starts another process with the arguments as constants", async () => {
    const { host } = await runLines(['set x=5 job proc^R(x,"a""b",) write $zchild'], { routines });
    expect(host.jobs).toEqual(['proc^R(5,"a""b",)']);
    expect(host.principal.output).toContain("5001");
  });

  const work = {
    "Demo.Work": `Class Demo.Work
{
ClassMethod Run(x, y) { quit }
ClassMethod Start(x) { job ..Run(x) quit }
ClassMethod Again() { job $classmethod(,"Run",2) quit }
}
`,
  };

  it.each([
    ['job $classmethod("Demo.Work",m,x,"b")', '##class(Demo.Work).Run(5,"b")'],
    ["do ##class(Demo.Work).Start(1)", "##class(Demo.Work).Run(1)"],
    ["do ##class(Demo.Work).Again()", "##class(Demo.Work).Run(2)"],
  ])("%s starts a method in another process", async (line, entry) => {
    const { host } = await runLines([`set x=5,m="Run" ${line}`], { sources: work });
    expect(host.jobs).toEqual([entry]);
  });

  it("job of a class or routine that is not there is an error of who starts it", async () => {
    const lines = ['job $classmethod("Demo.None","Run")'];
    expect(await answersOf(lines, { sources: work })).toEqual([
      expect.stringContaining("<CLASS DOES NOT EXIST> *Demo.None"),
    ]);
  });

  it("new sets variables aside until the frame ends", async () => {
    const own = { N: "N set a=1 do inner write a quit\ninner new a,b set a=2,b=3 write a quit\n" };
    const lines = ["do ^N write $data(b)"];
    expect(await answersOf(lines, { routines: own })).toEqual(["210"]);
  });

  it("new $namespace comes back with the frame", async () => {
    const own = { N: 'N new $namespace set $namespace="%SYS" write $namespace quit\n' };
    expect(await answer("do ^N write $namespace", { routines: own })).toBe("%SYSUSER");
  });
});

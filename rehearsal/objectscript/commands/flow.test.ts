/** Commands that steer what runs. */

import { describe, expect, it } from "vitest";
import { answer, answersOf, testHost } from "../testing/session.ts";
import { createCodeCache, createProcess } from "../process.ts";

const errorOf = async (line: string): Promise<string> =>
  (await answer(line)).split("\n").at(-1) ?? "";

describe("if and else", () => {
  it.each([
    ["if 1 { write 1 } elseif 1 { write 2 } else { write 3 }", "1"],
    ["if 0 { write 1 } elseif 1 { write 2 } else { write 3 }", "2"],
    ["if 0 { write 1 } elseif 0 { write 2 } else { write 3 }", "3"],
    ['if 1 { write "a}b" } else { write "c" }', "a}b"],
    ["if 1,0 { write 1 } else { write 2 }", "2"],
    ["if 0,1/0 { write 1 } else { write 2 }", "2"],
    ["if 1 write 1 write 2", "12"],
    ["if 0 write 1 write 2", ""],
    ['set x="" if \'$get(x) write "empty"', "empty"],
  ])("%s prints %s", async (line, wanted) => {
    expect(await answer(line)).toBe(wanted);
  });

  it("the line forms set and ask $test", async () => {
    const answers = await answersOf([
      "if 0 write 1",
      "else  write 2",
      "if  write 3",
      "if 1",
      "else  write 4",
    ]);
    expect(answers).toEqual(["", "2", "", "", ""]);
  });
});

describe("loops", () => {
  it.each([
    ["for i=1:1:3 { write i }", "123"],
    ["for i=3:-1:1 write i", "321"],
    ["for i=1:2:6 write i", "135"],
    ['for i="a","b",1:1:2 write i', "ab12"],
    ["for i=1:1 quit:i>3  write i", "123"],
    ["for i=5:1:1 write i", ""],
    ["for i=5:1:1 { } write i", "5"],
    ["for i=1:1:3 { } write i", "3"],
    ["for i=1:1:3 { set i=i+1 write i }", "24"],
    ['for i=.1:.1:.3 write i," "', ".1 .2 .3 "],
    ["for  set x=$increment(n) quit:x>2  write x", "12"],
    ["for { quit:$increment(n)>3  write n }", "123"],
    ["for i=1:1:5 { continue:i#2  write i }", "24"],
    ['for i=1:1:2 { for j=1:1:3 { quit:j=2  write i,j," " } }', "11 21 "],
    ["set i=0 while i<3 { set i=i+1 write i }", "123"],
    ["set i=9 do { write i set i=i+1 } while i<11", "910"],
    ["set i=0 while 1 { if $increment(i)>2 { quit } write i }", "12"],
    ["for a(1)=1:1:2 write a(1)", "12"],
    ["for ^g=1:1:2 write ^g", "12"],
  ])("%s prints %j", async (line, wanted) => {
    expect(await answer(line)).toBe(wanted);
  });

  it("an endless loop lets others go on", () => {
    const running = createProcess(testHost({ lines: ["for {}"] }), createCodeCache()).session({
      node: "n",
      instance: "I",
    });
    for (let slice = 0; slice < 5; slice++) {
      expect(running.next()).toMatchObject({ done: false, value: { kind: "slice" } });
    }
    expect(running.return(3).value).toBe(3);
  });
});

describe("try, catch and throw", () => {
  it.each([
    ['try { write 1/0 } catch e { write "caught ",e.Name }', "caught <DIVIDE>"],
    ["try { write 1 } catch { write 2 } write 3", "13"],
    ["try { quit  write 1 } catch e { } write 2", "2"],
    ["try { write 1/0 } catch e { quit  write 1 } write 2", "2"],
    ["for i=1:1:2 { try { quit } catch e { } write i }", "12"],
    ["for i=1:1:3 { try { continue:i=2 } catch e { } write i }", "13"],
    ["try { write abc } catch e { write e.Code,e.Data }", "9abc"],
    [
      'try { throw ##class(%Exception.General).%New("name",5001,,"data") } catch e { write e.DisplayString() }',
      "name 5001  data",
    ],
    ["try { try { write 1/0 } catch e { throw e } } catch f { write f.Name }", "<DIVIDE>"],
    ['try { xecute "write abc" } catch e { write e.AsSystemError() }', "<UNDEFINED> *abc"],
  ])("%s prints %s", async (line, wanted) => {
    expect(await answer(line)).toBe(wanted);
  });

  it("an exception nobody catches shows what it is", async () => {
    const line =
      'throw ##class(%Exception.StatusException).CreateFromStatus($system.Status.Error(5001,"text"))';
    expect(await errorOf(line)).toBe("<THROW> *%Exception.StatusException ERROR #5001: text");
  });

  it("an error in the catch block goes up", async () => {
    expect(await errorOf("try { write 1/0 } catch e { write nope }")).toBe("<UNDEFINED> *nope");
  });
});

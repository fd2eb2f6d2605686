import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answer, answersOf } from "../../objectscript/testing/session.ts";
import { appendStatus, isError, okStatus, statusError, statusParts, statusText } from "./status.ts";

describe("a status", () => {
  it("is 1 for success, and text that begins with 0 and a blank for errors", () => {
    expect(isError(okStatus)).toBe(false);
    expect(isError(statusError(5001, "x"))).toBe(true);
    expect(statusError(5001, "x").startsWith("0 ")).toBe(true);
    expect(isError("")).toBe(true);
  });

  it("keeps numbers and arguments of all its errors", () => {
    const args = fc.array(fc.string(), { maxLength: 4 });
    fc.assert(
      fc.property(fc.nat(), args, fc.nat(), args, (first, firstArgs, second, secondArgs) => {
        const both = appendStatus(
          statusError(first, ...firstArgs),
          statusError(second, ...secondArgs),
        );
        expect(statusParts(both)).toEqual([
          { number: first, args: firstArgs },
          { number: second, args: secondArgs },
        ]);
      }),
    );
  });

  it.each([
    [statusError(5001, "text"), "ERROR #5001: text"],
    [statusError(83, "3"), "ERROR #83: Error code = 3"],
    [statusError(2066), "ERROR #2066: Mirroring Service is required but not enabled"],
    [statusError(428, "APP"), "ERROR #428: Namespace APP already exists"],
    [statusError(5540, "-201", "x"), "ERROR #5540: SQLCODE: -201 Message: x"],
    [statusError(20), "ERROR #20: the file already exists"],
    [
      statusError(2000, "0", "D", "f"),
      "ERROR #2000: Journal file #0 for database 'D' not found in mirror journal log (f)",
    ],
  ])("prints as %j", (status, text) => {
    expect(statusText(status)).toBe(text);
  });

  it("separates several errors with carriage return and line feed", () => {
    const both = appendStatus(statusError(5001, "a"), statusError(5001, "b"));
    expect(statusText(both)).toBe("ERROR #5001: a\r\nERROR #5001: b");
  });

  it("success has no text and adds nothing", () => {
    expect(statusText(okStatus)).toBe("");
    expect(appendStatus(okStatus, okStatus)).toBe(okStatus);
    const error = statusError(5001, "a");
    expect(appendStatus(error, okStatus)).toBe(error);
    expect(appendStatus(okStatus, error)).toBe(error);
  });

  it("that is none says so", () => {
    expect(statusText("nonsense")).toContain("ERROR #5034: Invalid status code structure");
  });
});

describe("$system.Status", () => {
  const made = 'set sc=$system.Status.Error(5001,"text")';

  it("has a whole number, whatever it is made from", async () => {
    expect(await answer("write $system.Status.Error(7.10)=$system.Status.Error(7)")).toBe("1");
  });

  it.each([
    ["write 'sc,+sc,$system.Status.IsError(sc),$system.Status.IsOK(sc)", "1010"],
    ["write $system.Status.GetErrorText(sc)", "ERROR #5001: text"],
    ["do $system.Status.DisplayError(sc)", "\nERROR #5001: text"],
    ["do $system.OBJ.DisplayError(sc)", "\nERROR #5001: text"],
    ["do $system.Status.DisplayError(1)", ""],
    [
      "write $system.Status.GetOneErrorText(sc,1),$system.Status.GetOneErrorText(sc,2)",
      "ERROR #5001: text",
    ],
    ["write $system.Status.GetOneStatusText(sc)", "text"],
    ["write $system.Status.GetErrorCodes(sc)", "5001"],
    ["write $system.Status.OK(),$system.Status.GetErrorText(1)", "1"],
    ['write $system.Status.StatusEquals(sc,"1,5001")', "1"],
    [
      'do $system.Status.DecomposeStatus(sc,.e) write e,e(1),e(1,"code"),e(1,"param",1)',
      "1ERROR #5001: text5001text",
    ],
    ['if \'sc write "failed"', "failed"],
  ])("%s prints %j", async (line, wanted) => {
    expect(await answer(`${made}\n${line}`)).toBe(wanted);
  });

  it("an error of the language becomes 5002", async () => {
    const line = "try { write nope } catch e { write $system.Status.GetErrorText(e.AsStatus()) }";
    expect(await answer(line)).toBe("ERROR #5002: ObjectScript error: <UNDEFINED> *nope");
  });

  it("an exception of the program becomes 5035, one made from a status that status", async () => {
    const lines = [
      'try { throw ##class(%Exception.General).%New("n",7,,"d") } catch e { write $system.Status.GetErrorText(e.AsStatus()) }',
      "try { throw ##class(%Exception.StatusException).CreateFromStatus($system.Status.Error(57)) } catch e { write e.Code,$system.Status.GetErrorText(e.AsStatus()) }",
    ];
    expect(await answersOf(lines)).toEqual([
      "ERROR #5035: General exception Name 'n' Code '7' Data 'd'",
      "57ERROR #57: the database does not exist",
    ]);
  });
});

describe("exceptions", () => {
  const sources = {
    "My.Error": `Class My.Error Extends %Exception.AbstractException
{
Method OnAsStatus() { quit 1 }
}
`,
    "A.B": `Class A.B
{
ClassMethod Divide() { set x=1/0 }
ClassMethod Undefined()
{
 set y=1
 write p1
}
}
`,
  };

  it.each([
    [
      "try { do ##class(A.B).Divide() } catch e { write e.DisplayString() }",
      "<DIVIDE> 18 zDivide+1^A.B.1",
    ],
    [
      "try { do ##class(A.B).Undefined() } catch e { write e.DisplayString() }",
      "<UNDEFINED> 9 zUndefined+2^A.B.1 p1",
    ],
    [
      "try { do ##class(A.B).Undefined() } catch e { write e.AsSystemError() }",
      "<UNDEFINED>zUndefined+2^A.B.1 *p1",
    ],
    [
      "try { do ##class(A.B).Divide() } catch e { write e.Name,e.Code,e.Location }",
      "<DIVIDE>18zDivide+1^A.B.1",
    ],
    [
      'try { throw ##class(My.Error).%New("mine",3) } catch e { write e.Name,e.Code,e.%IsA("My.Error") }',
      "mine31",
    ],
    [
      'set e=##class(%Exception.General).%New("n",1) try { do e.Throw() } catch f { write f.Name }',
      "n",
    ],
  ])("%s prints %s", async (line, wanted) => {
    expect(await answer(line, { sources })).toBe(wanted);
  });
});

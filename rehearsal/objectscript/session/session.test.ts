/** The literal samples of the product's sessions, and the rules that reproduce them. */

import { describe, expect, it } from "vitest";
import { answer, answersOf, runLines } from "../testing/session.ts";

const cookBook = {
  "CookBook.Class1": `Class CookBook.Class1
{

ClassMethod undeftest()
{

    set x=1
    write abc,!
    write "after",!
}

ClassMethod nested()
{
    do ..undeftest()
    write "nested after",!
}

}
`,
};

describe("a session whose lines come from a pipe", () => {
  it("prints banner, prompts and answers as captured, and does not echo", async () => {
    const { output, status } = await runLines([
      'write "IrisDevTest.CoverageProduction:1",!',
      "halt",
    ]);
    expect(output).toBe(
      "\nNode: de17f22ad88c, Instance: IRIS\n\nUSER>\nIrisDevTest.CoverageProduction:1\n\nUSER>\n",
    );
    expect(status).toBe(0);
  });

  it("starts every prompt on a new line, with nothing behind it", async () => {
    const { output } = await runLines(["write 1", "set x=1", 'zn "%SYS"', "h"]);
    expect(output).toBe(
      "\nNode: de17f22ad88c, Instance: IRIS\n\nUSER>\n1\nUSER>\n\nUSER>\n\n%SYS>\n",
    );
  });

  it("ends with 0 when the input ends without halt", async () => {
    const { output, status } = await runLines(["write 1"]);
    expect(status).toBe(0);
    expect(output.endsWith("\nUSER>\n1\nUSER>\n")).toBe(true);
  });

  it("goes on with the next line after any error, and halts with 0", async () => {
    const { output, status } = await runLines(["write abc", 'write "still here"', "halt"]);
    expect(output).toContain("\nstill here\n");
    expect(status).toBe(0);
  });

  it("ends with the status given to Terminate", async () => {
    const { status } = await runLines(["do $system.Process.Terminate(,7)", "write 1"]);
    expect(status).toBe(7);
  });

  it("ends with 1 when Terminate gets none", async () => {
    const lines = ["if '0 do ##class(%SYSTEM.Process).Terminate()"];
    expect((await runLines(lines)).status).toBe(1);
  });

  it("takes leading blanks, blank lines and comments", async () => {
    const answers = await answersOf(["   write 1", "\twrite 2", "", "; nothing", "// nothing"]);
    expect(answers).toEqual(["1", "2", "", "", ""]);
  });

  it("writes on the principal device again after each line", async () => {
    const lines = ['open "/tmp/f":"WN" use "/tmp/f" write "away"', "write $io=$principal"];
    expect(await answersOf(lines)).toEqual(["", "1"]);
  });
});

describe("an error in a typed line", () => {
  it("shows the line, a caret and the error, and leaves the prompt as it was", async () => {
    const { output } = await runLines(["write abc", "halt"]);
    expect(output).toContain("\nUSER>\n\nWRITE abc\n^\n<UNDEFINED> *abc\nUSER>\n");
  });

  it.each([
    ['set x.Name = "F"', 'SET x.Name = "F"'],
    ['do o.%Set("p",true)', 'DO o.%Set("p",true)'],
    ["w abc", "W abc"],
  ])("shows the keyword of %s in upper case and the rest as typed", async (line, shown) => {
    expect((await answer(line)).split("\n")[1]).toBe(shown);
  });

  it("puts the caret below the command that failed, after what has run", async () => {
    const shown = await answer('write "hello" write abc');
    expect(shown).toBe('hello\nWRITE "hello" WRITE abc\n              ^\n<UNDEFINED> *abc');
  });

  it("puts the caret of a syntax error where reading stopped", async () => {
    expect(await answer("write  5")).toBe("\nWRITE  5\n       ^\n<SYNTAX>");
  });

  it("runs nothing of a line that is no ObjectScript", async () => {
    expect(await answer("write 1 foo bar")).not.toMatch(/^1/);
  });

  it.each(["write $$$ISOK(1)", "write $$$OK", "$$$ThrowOnError(1)"])(
    "knows no macros: %s",
    async (line) => {
      expect(await answer(line)).toMatch(/<SYNTAX>$/);
    },
  );

  it("skips the rest of the line, not the next line", async () => {
    const answers = await answersOf(['write 1/0 write "no"', 'write "yes"']);
    expect(answers[0]).not.toContain("no\n");
    expect(answers[1]).toBe("yes");
  });
});

describe("an error in called code", () => {
  it("shows the line of the method with its place and keeps the stack", async () => {
    const { output } = await runLines(["do ##class(CookBook.Class1).undeftest()"], {
      sources: cookBook,
    });
    expect(output).toContain(
      "\n    write abc,!\n    ^\n<UNDEFINED>zundeftest+3^CookBook.Class1.1 *abc\nUSER 2d1>",
    );
  });

  it("keeps the private variables visible and lets commands run", async () => {
    const lines = ["do ##class(CookBook.Class1).undeftest()", "write x+1", "write"];
    const answers = await answersOf(lines, { sources: cookBook });
    expect(answers[1]).toBe("2");
    expect(answers[2]).toContain("<Private variables>");
    expect(answers[2]).toContain("x=1");
  });

  it("goes on behind the failed command with goto, and drops the program with quit", async () => {
    const resumed = await runLines(["do ##class(CookBook.Class1).undeftest()", "goto"], {
      sources: cookBook,
    });
    expect(resumed.output).toMatch(/USER 2d1>\nafter\n\nUSER>\n$/);
    const dropped = await runLines(["do ##class(CookBook.Class1).undeftest()", "quit"], {
      sources: cookBook,
    });
    expect(dropped.output).toMatch(/USER 2d1>\n\nUSER>\n$/);
  });

  it("a variable set at the error prompt lets the program go on with it", async () => {
    const lines = ["do ##class(CookBook.Class1).undeftest()", 'set abc="now"', "goto"];
    const { output } = await runLines(lines, { sources: cookBook });
    expect(output).toContain("after\n");
  });

  it("drops one level at a time with quit 1", async () => {
    const { output } = await runLines(
      ["do ##class(CookBook.Class1).nested()", "quit 1", "quit 1", "quit 1"],
      { sources: cookBook },
    );
    expect(output.match(/(?:USER|TL)[^>\n]*>/g)).toEqual([
      "USER>",
      "USER 3d1>",
      "USER 2d1>",
      "USER 1S0>",
      "USER>",
    ]);
  });

  it("a second error without quit stands two levels deeper", async () => {
    const { output } = await runLines(["do ^ROU", "do ^ROU", "quit", "write 1"], {
      routines: { ROU: "ROU\n write abc\n" },
    });
    expect(output.match(/USER[^>\n]*>/g)).toEqual([
      "USER>",
      "USER 2d0>",
      "USER 4d0>",
      "USER>",
      "USER>",
    ]);
  });

  it.each([
    ['xecute "write abc"', "USER 2x0>"],
    ["for i=1:1:3 write abc", "USER 2f0>"],
    ["write $$f^ROU()", "USER 2e1>"],
    ["new", "USER 1S1>"],
    ["tstart", "TL1:USER>"],
    ["tstart  tstart", "TL2:USER>"],
    ['zn "%SYS"', "%SYS>"],
    ['set $namespace="%sys"', "%SYS>"],
  ])("%s leads to the prompt %s", async (line, prompt) => {
    const { output } = await runLines([line], { routines: { ROU: "ROU\nf() write abc quit 1\n" } });
    expect(output.trimEnd().split("\n").at(-1)).toBe(prompt);
  });

  it("the sign-on frame gives back what new had set aside with quit", async () => {
    const answers = await answersOf(["set a=1", "new", "write $data(a)", "quit", "write a"]);
    expect(answers.slice(2)).toEqual(["0", "", "1"]);
  });
});

it("leaving a session rolls back and releases locks", async () => {
  const { host } = await runLines(["tstart  set ^x=1 lock +^a", "halt"]);
  expect(host.globals.get({ name: "x", subscripts: [] })).toBeUndefined();
  expect(host.locks.held.size).toBe(0);
});

/** One call on the command line: no banner, no prompt. */

import { describe, expect, it } from "vitest";
import { runDirectly } from "../testing/session.ts";

describe("the direct form", () => {
  const sources = {
    "A.B": `Class A.B
{
ClassMethod Say(a As %String = "default", b)
{
 write "said ",a,$get(b),!
 quit 99
}
ClassMethod Fail()
{
 write "before",!
 write abc
}
}
`,
  };

  it("prints only what the method writes; its value is discarded", async () => {
    const result = await runDirectly('##class(A.B).Say("x",5)', { sources });
    expect(result.output).toBe("said x5\n");
    expect(result.status).toBe(0);
  });

  it("leaves omitted arguments undefined", async () => {
    expect((await runDirectly("##class(A.B).Say(,2)", { sources })).output).toBe("said default2\n");
  });

  it("runs routines by name, label and arguments", async () => {
    const routines = { R: 'R write "top",! quit\nL(x) write "label ",x,! quit\n' };
    expect((await runDirectly("R", { routines })).output).toBe("top\n");
    expect((await runDirectly("^R", { routines })).output).toBe("top\n");
    expect((await runDirectly('L^R("a")', { routines })).output).toBe("label a\n");
  });

  it("prints an untrapped error and ends with a status that is no success", async () => {
    const { output, status } = await runDirectly("##class(A.B).Fail()", { sources });
    expect(output).toBe("before\n\n<UNDEFINED>zFail+2^A.B.1 *abc\n");
    expect(status).toBe(1);
  });

  it.each(["write 1", "do ##class(A.B).Say()", "##class(A.B).Say(1+1)", "##class(A.B).Say(.x)"])(
    "takes no free commands: %s",
    async (entry) => {
      const { output, status } = await runDirectly(entry, { sources });
      expect(output).toBe("\n<SYNTAX>\n");
      expect(status).toBe(1);
    },
  );

  it("ends with the status of Terminate", async () => {
    expect((await runDirectly("##class(%SYSTEM.Process).Terminate(,5)")).status).toBe(5);
  });
});

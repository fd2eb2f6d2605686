/** Whatever is typed, a session answers with results or with errors of the product. */

import fc from "fast-check";
import { expect, it } from "vitest";
import { createCodeCache, createProcess } from "../process.ts";
import { anyLines } from "../testing/programs.ts";
import { testHost } from "../testing/session.ts";

const sources = {
  "A.B": `Class A.B Extends %RegisteredObject
{
Property Name;
ClassMethod M(a, b) { set b=$get(a) quit b }
Method H(q) { set ..Name=$get(q) quit ..Name }
}
`,
};
const routines = { R: "R\nf(a) set z=a write 1/(a=1) quit z\n" };

/** Endless loops are ended from outside after so many slices. */
const mostSlices = 10;

/** A hundred sessions take about a second; a busy machine gets many times that. */
const budgetMs = 60_000;

const begin = 'set o=##class(A.B).%New(),x=1,y="a,b",n="a(1)"';

it(
  "any program ends in results, product errors or refusals, never in a defect",
  () => {
    fc.assert(
      fc.property(anyLines, (lines) => {
        const host = testHost({ lines: [begin, ...lines], sources, routines });
        const running = createProcess(host, createCodeCache()).session({
          node: "n",
          instance: "I",
        });
        let step = running.next();
        for (let slice = 0; step.done !== true && slice < mostSlices; slice++)
          step = running.next();
        const end = step.done === true ? step : running.return(0);
        expect(end.done).toBe(true);
        expect(host.locks.held.size).toBe(0);
        expect(host.transactions.level).toBe(0);
      }),
      { numRuns: 100 },
    );
  },
  budgetMs,
);

/** What a pipeline is told of a run, from the events of Pulumi. Does not prove that Pulumi writes
 *  such events: the scenario `a-pipeline-deploys` does. */

import { describe, expect, it } from "vitest";
import { faultReport } from "../../components/plan/fault.ts";
import { toldBy } from "./events.mjs";
import { markdownOf } from "./markdown.mjs";
import { refusalOf, reportOf, reportSchema } from "./report.mjs";

const command = "command:local:Command";

/** A line of Pulumi's event log about one resource. */
function step(op: string, name: string, more: object = {}): object {
  const urn = `urn:pulumi:dev::iris-mirror::irismirror:index:IrisMirror$${command}::${name}`;
  return { sequence: 1, resourcePreEvent: { metadata: { op, urn, type: command, ...more } } };
}

function diagnostic(severity: string, message: string, urn?: string): object {
  return { sequence: 2, diagnosticEvent: { severity, message, urn, color: "never" } };
}

const marked = (DRIFT: string) => ({ inputs: { environment: { DRIFT } } });

function told(...events: object[]) {
  return toldBy(events.map((event) => `${JSON.stringify(event)}\n`).join(""));
}

const about = { command: "plan", stack: "dev" } as const;

describe("the events of a run", () => {
  it("tell what changes and why, and not what stays or belongs to a replacement", () => {
    const drifted = { old: marked("none"), new: marked("A missing on b; C too (repair 3)") };
    const { changes } = told(
      step("same", "mirrorA-ready"),
      step("refresh", "mirrorA"),
      step("update", "mirrorB-databases", { ...drifted, diffs: ["environment"] }),
      step("update", "mirror-verify", { old: marked("x"), new: marked("x"), diffs: ["stdin"] }),
      step("create-replacement", "mirrorB"),
      step("replace", "mirrorB", { old: null, new: null, diffs: ["image"] }),
      step("delete-replaced", "mirrorB"),
      step("create", "default", { type: "pulumi:providers:docker" }),
      step("create", "dr1", { old: null, new: { inputs: { environment: "secret" } } }),
    );

    expect(changes.map(({ operation, name, why }) => [operation, name, why])).toEqual([
      ["update", "mirrorB-databases", ["A missing on b", "C too"]],
      ["update", "mirror-verify", ["stdin changes"]],
      ["replace", "mirrorB", ["image changes"]],
      ["create", "dr1", []],
    ]);
  });

  it("tell what was said once, without colours, and not what is for debugging", () => {
    const said = told(
      diagnostic("debug", "RPC"),
      diagnostic("info", "DATA goes into the mirror\n"),
      diagnostic("warning", "<{%fg 3%}>mirrorB: no answer<{%reset%}>"),
      diagnostic("warning", "mirrorB: no answer"),
      diagnostic("info", "progress", "urn:pulumi:dev::p::command:local:Command::mirrorA-ready"),
      diagnostic("error", "gone", "urn:pulumi:dev::p::command:local:Command::mirrorA-ready"),
      diagnostic("error", "update failed", "urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev"),
    );

    expect(said).toEqual({
      changes: [],
      notes: ["DATA goes into the mirror"],
      warnings: ["mirrorB: no answer"],
      problems: ["mirrorA-ready: gone", "update failed"],
    });
  });
});

describe("the report of a run", () => {
  const nothing = told();
  const something = told(step("create", "mirrorA"));
  const faults = [
    { path: "failover", given: "no member", allowed: "one or two", remedy: "name two members" },
    { path: "", given: "nothing", allowed: "an object", remedy: "write one" },
  ];
  const refusal = told(diagnostic("error", faultReport(faults)));
  const fault = told(diagnostic("error", "the command ended with exit code 4"));

  it.for([
    { of: "a plan of nothing", command: "plan", code: 0, seen: nothing, tells: ["no change", 0] },
    {
      of: "a plan of something",
      command: "plan",
      code: 0,
      seen: something,
      tells: ["changes", 10],
    },
    { of: "a refused plan", command: "plan", code: 255, seen: refusal, tells: ["refused", 3] },
    { of: "a plan that failed", command: "plan", code: 255, seen: fault, tells: ["failed", 1] },
    { of: "an up of nothing", command: "up", code: 0, seen: nothing, tells: ["no change", 0] },
    { of: "an up of something", command: "up", code: 0, seen: something, tells: ["changes", 0] },
    { of: "a refused up", command: "up", code: 255, seen: refusal, tells: ["refused", 3] },
    { of: "an up that failed", command: "up", code: 255, seen: fault, tells: ["failed", 1] },
  ] as const)("tells the outcome of $of", ({ command, code, seen, tells }) => {
    const report = reportOf({ ...about, command }, code, seen);

    expect([report.outcome, report.exitCode]).toEqual(tells);
    expect(reportSchema.parse(report)).toEqual(report);
  });

  it("has every fault of a refusal with its place, and not its text besides", () => {
    const report = reportOf(about, 255, refusal);

    expect(report.problems).toEqual([]);
    expect(report.faults).toEqual(
      faults.map(({ remedy, ...place }) => ({ ...place, change: remedy })),
    );
  });

  it("is a comment: what is in the way, what happens to data, what changes", () => {
    const drift = { old: marked("none"), new: marked("A missing on b | c (repair 1)") };
    const seen = told(
      diagnostic("info", "DATA: 3 MiB\nare copied"),
      step("create", "dr1-join"),
      step("update", "mirrorB-databases", drift),
    );
    const component = { operation: "create", type: "irismirror:index:Member", name: "d", why: [] };
    const report = reportOf(about, 0, { ...seen, changes: [component, ...seen.changes] });

    expect(markdownOf(report)).toMatchInlineSnapshot(`
      "### Mirror stack \`dev\`, plan: changes

      - **Data**: DATA: 3 MiB are copied

      create 1, update 1

      |  | resource | why |
      | --- | --- | --- |
      | create | Command dr1-join |  |
      | update | Command mirrorB-databases | A missing on b \\| c |
      "
    `);
    expect(markdownOf(reportOf(about, 255, refusal))).toMatchInlineSnapshot(`
      "### Mirror stack \`dev\`, plan: refused

      | place | given | allowed | change |
      | --- | --- | --- | --- |
      | failover | no member | one or two | name two members |
      |  | nothing | an object | write one |
      "
    `);
    expect(markdownOf(refusalOf("dev", ["The saved plan no longer fits."]))).toMatchInlineSnapshot(`
      "### Mirror stack \`dev\`, up: refused

      \`\`\`
      The saved plan no longer fits.
      \`\`\`
      "
    `);
  });
});

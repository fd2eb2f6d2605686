/** The look at reality, once per preview and once per up, before anything is declared: at the
 *  engine and the instances by a verb, at the state by asking Pulumi. */

import { local } from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { contractVersion, verbs } from "../operate/contract.ts";
import type { StoredMarkers } from "./plan/marker.ts";
import type { Past } from "./plan/past.ts";
import type { Seen } from "./plan/seen.ts";
import { memberOfStep, mirrorStep } from "./plan/step-names.ts";
import { surveyOf } from "./plan/survey.ts";
import { stepInterpreter } from "./step.ts";
import type { ReadTopology } from "./topology.ts";

/** What is there, and what an earlier run left in the state. */
export interface Looked {
  readonly seen: Seen;
  readonly stored: StoredMarkers;
  readonly past: Past;
}

/** Looks at everything the topology speaks of, as far as it could be understood. Changes nothing.
 *  @throws Error when the look itself fails: what it meets outside is part of its answer */
export async function look({ draft }: ReadTopology, stack: string): Promise<Looked> {
  const survey = { version: contractVersion, ...surveyOf(draft, stack) };
  const [{ stdout }, steps] = await Promise.all([
    local.run({
      interpreter: [...stepInterpreter],
      command: "look",
      stdin: JSON.stringify(survey),
      logging: local.Logging.None,
    }),
    storedSteps(stack),
  ]);
  return {
    seen: verbs.look.output.parse(JSON.parse(stdout)),
    stored: Object.fromEntries([...steps].map(([name, { marker }]) => [name, marker])),
    past: pastOf(steps),
  };
}

/** Resources of a stack as the engine tells them: their outputs as they are in the state. */
const stateOutputs = z.object({
  outputs: z.record(
    z.string(),
    z.object({
      type: z.string(),
      outputs: z.object({
        environment: z.object({ DRIFT: z.string() }).optional(),
        /** Something else than text where it is a secret. */
        stdin: z.string().optional().catch(undefined),
      }),
    }),
  ),
});

/** A step that ended well. */
interface StoredStep {
  readonly marker: string;
  /** What it was told. */
  readonly stdin: string;
}

/** The steps in this stack's own state, as it was when this run began. Pulumi's own function behind
 *  stack references; it adds no resource. */
async function storedSteps(stack: string): Promise<ReadonlyMap<string, StoredStep>> {
  const stackName = `${pulumi.getOrganization()}/${pulumi.getProject()}/${stack}`;
  const answer: unknown = await pulumi.runtime.invoke(
    "pulumi:pulumi:readStackResourceOutputs",
    { stackName },
    {},
  );
  return new Map(
    Object.entries(stateOutputs.parse(answer).outputs)
      .filter(([, { type }]) => type === "command:local:Command")
      .map(([urn, { outputs }]) => [
        urn.slice(urn.lastIndexOf("::") + 2),
        { marker: outputs.environment?.DRIFT ?? "", stdin: outputs.stdin ?? "" },
      ]),
  );
}

/** Inputs of before there were asyncs say nothing: all were failover members. */
const joinInput = z.object({ eligibility: z.string().default("failover") });

function pastOf(steps: ReadonlyMap<string, StoredStep>): Past {
  const joined = [...steps].flatMap(([name, { stdin }]) => {
    const member = memberOfStep(name, "join");
    return member === undefined ? [] : [[member, eligibilityIn(stdin)] as const];
  });
  const isFormed = steps.has(mirrorStep("form"));
  return {
    formed: isFormed ? "yes" : steps.size > 0 ? "no" : "unknown",
    joinedAs: Object.fromEntries(joined),
  };
}

/** Empty where the state has no input of the step. */
function eligibilityIn(stdin: string): string {
  return stdin === "" ? "" : joinInput.parse(JSON.parse(stdin)).eligibility;
}

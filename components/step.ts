/** How a mirror step is declared: one verb of the contract as a resource. */

import assert from "node:assert/strict";
import { local } from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import type { VerbInput, VerbName } from "../operate/contract.ts";
import { patience } from "./environment.ts";
import { type StepName, stepTimeouts } from "./plan/budgets.ts";
import { type Markers, noDrift } from "./plan/marker.ts";

/** Argument vector in front of the verb. Relative to the project's folder, and it never moves: the
 *  `delete` of a step in an old state calls it. The Node.js of this checkout, whatever PATH has. */
export const stepInterpreter: readonly string[] = ["node_modules/.bin/node", "operate/step.ts"];

/** Input of a verb, in which a field may be the output of another resource. */
type StepInput<Verb extends VerbName> = {
  readonly [Field in keyof VerbInput<Verb>]: pulumi.Input<VerbInput<Verb>[Field]>;
};

/** What a step is told. */
export interface StepArgs<Verb extends StepName & VerbName> {
  /** Run at creation and at every change: the verbs converge. */
  readonly verb: Verb;
  /** Run when the step goes. @default nothing: what the step did stays */
  readonly removal?: VerbName;
  /** Desired state. A change runs the verb again. */
  readonly input: StepInput<Verb>;
  /** Markers of this run, of which the step takes its own. */
  readonly markers: Markers;
  /** The verb acts once in the life of its subject: a changed input alone does not call it. */
  readonly once?: boolean;
}

/** Options that differ from step to step. */
export type StepOptions = pulumi.CustomResourceOptions & { readonly parent: pulumi.Resource };

/** Declares a step. Standard error is shown as it comes: the verbs say there what they wait for;
 *  standard output is the result, and standard input never appears anywhere. */
export function declareStep<Verb extends StepName & VerbName>(
  name: string,
  args: StepArgs<Verb>,
  options: StepOptions,
): local.Command {
  const { verb, removal, input, markers, once } = args;
  const marker = markers[name];
  assert(marker !== undefined, `the plan does not know the step ${name}`);
  // Without drift the old marker in the state stays: it is no difference to be shown.
  const quiet = marker === null ? ["environment", ...(once === true ? ["stdin"] : [])] : [];
  return new local.Command(
    name,
    {
      interpreter: [...stepInterpreter],
      create: verb,
      update: verb,
      ...(removal === undefined ? {} : { delete: removal }),
      stdin: pulumi.jsonStringify(input),
      environment: { DRIFT: marker ?? noDrift },
      logging: local.Logging.Stderr,
    },
    {
      ...options,
      parent: options.parent,
      ignoreChanges: quiet,
      customTimeouts: stepTimeouts(verb, patience),
    },
  );
}

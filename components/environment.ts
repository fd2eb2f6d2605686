/** What the environment says about this run. */

import * as pulumi from "@pulumi/pulumi";

/** A positive number from the environment.
 *  @throws RunError for anything else: a misspelt patience must not pass for none */
function positiveNumber(name: string, otherwise: number): number {
  const text = process.env[name] ?? "";
  if (text === "") return otherwise;
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new pulumi.RunError(`${name}: ${JSON.stringify(text)} is not a positive number`);
}

/** Multiplies every time limit, here and in the verbs, for slow machines. @default 1 */
export const patience = positiveNumber("IRIS_MIRROR_PATIENCE", 1);

/** Whether the whole stack is being destroyed: then everyone may go, and what is in the way of a
 *  deployment is nobody's concern. Set by the launcher; Pulumi tells a program no such thing. */
export const everyoneGoes = process.env["IRIS_MIRROR_OPERATION"] === "destroy";

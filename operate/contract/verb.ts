import type { ErrorCode } from "./errors.ts";
import type { Shape } from "./shape.ts";

/** What a verb promises: one row of the table in operate/README.md. */
export interface Verb<Input = Shape<unknown, unknown>, Output = Shape<unknown, unknown>> {
  /** Whose part of reality it changes. */
  readonly per: "member" | "mirror" | "database" | "app" | "container" | "stack";
  /** What is true when it has succeeded. */
  readonly does: string;
  /** What a second call with the same input does. */
  readonly again: string;
  readonly input: Input;
  readonly output: Output;
  /** Failures of its own; every verb that talks to a container can also end in `reaching`. */
  readonly errors: readonly ErrorCode[];
}

/** Keeps the exact types of the schemas while it checks the shape. */
export function verb<Input extends Shape<unknown, unknown>, Output extends Shape<unknown, unknown>>(
  row: Verb<Input, Output>,
): Verb<Input, Output> {
  return row;
}

/** How reaching a container or an instance can fail, in any verb. */
export const reaching = [
  "docker-unreachable",
  "docker-refused",
  "container-absent",
  "container-stopped",
  "instance-down",
  "instance-starting",
  "no-answer",
] as const satisfies readonly ErrorCode[];

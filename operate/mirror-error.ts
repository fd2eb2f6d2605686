import { errors, type ErrorCode } from "./contract/errors.ts";

/** What a failure tells: the subject (a member, a container, a database), what was seen there,
 *  and what a person can do. */
export interface Failure {
  readonly code: ErrorCode;
  readonly subject: string;
  readonly seen: string;
  readonly remedy: string;
  /** Lines that help a person, shown below the rest: a log. */
  readonly details?: string;
  /** What the contract says of the code, unless this failure knows better. */
  readonly definite?: boolean;
  readonly cause?: unknown;
}

/** A verb that could not do its work, for a reason the contract names. */
export class MirrorError extends Error {
  readonly code: ErrorCode;
  readonly subject: string;
  readonly seen: string;
  readonly remedy: string;
  /** True when this call certainly changed nothing. */
  readonly definite: boolean;

  constructor(failure: Failure) {
    const details = failure.details === undefined ? "" : `\n${failure.details}`;
    const message = `${failure.subject}: ${failure.seen}. ${failure.remedy}${details}`;
    super(message, { cause: failure.cause });
    this.name = "MirrorError";
    this.code = failure.code;
    this.subject = failure.subject;
    this.seen = failure.seen;
    this.remedy = failure.remedy;
    this.definite = failure.definite ?? errors[failure.code].definite;
  }
}

/** Exit statuses of `operate/step.ts`, by outcome. */
export const exitStatus = {
  done: 0,
  bug: 1,
  invalidInput: 2,
  refused: 3,
  unfinished: 4,
} as const;

/** The exit status that tells what became of a verb. */
export function exitStatusOf(problem: unknown): number {
  if (!(problem instanceof MirrorError)) {
    return exitStatus.bug;
  }
  if (problem.code === "invalid-input") {
    return exitStatus.invalidInput;
  }
  return problem.definite ? exitStatus.refused : exitStatus.unfinished;
}

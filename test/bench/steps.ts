/** What `pulumi up` says of each resource it created. */

/** One created resource with its time, as Pulumi prints it. */
export interface StepTime {
  readonly type: string;
  readonly name: string;
  /** `0.74s`, `2s`. */
  readonly text: string;
}

/** Resources of providers, in the order in which they were done. */
export function stepTimes(output: string): StepTime[] {
  const lines = output.matchAll(/\+ +((?:docker|command):\S+) (\S+) created \(([\d.]+s)\)/g);
  return [...lines].map(([, type = "", name = "", text = ""]) => ({ type, name, text }));
}

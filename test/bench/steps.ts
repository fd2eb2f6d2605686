/** What `pulumi up` says of each resource it created, and when. */

/** One created resource with its time, as Pulumi prints it. */
export interface StepTime {
  readonly type: string;
  readonly name: string;
  /** `0.74s`, `2s`. */
  readonly text: string;
}

/** Output and when it came, in milliseconds since the deploy began. */
export interface Piece {
  readonly at: number;
  readonly text: string;
}

/** A part of the deploy that ends with the last resource of a kind. */
export interface Phase {
  readonly name: string;
  readonly ms: number;
}

/** Phases in their order, each with the resources that end it. */
const kinds: readonly (readonly [string, RegExp])[] = [
  ["network, volumes", /^docker:index:(?!Container )\S+ |-own-volume$/u],
  ["containers", /^docker:index:Container /u],
  ["members ready", /-(?:ready|load-code|service)$/u],
  ["mirror formed", / mirror-form$/u],
  ["members joined", /-join$/u],
  ["databases, namespaces", /-(?:databases|namespaces)$| [A-Z][A-Z0-9]*$/u],
  ["verified", / mirror-verify$/u],
];

/** Resources of providers, in the order in which they were done. */
export function stepTimes(output: string): StepTime[] {
  const lines = output.matchAll(/\+ +((?:docker|command):\S+) (\S+) created \(([\d.]+s)\)/g);
  return [...lines].map(([, type = "", name = "", text = ""]) => ({ type, name, text }));
}

/** The deploy cut into phases that follow each other and add up to all of it. What went on side by
 *  side counts to the phase that ended later; a resource of no kind to the phase around it. */
export function phases(pieces: readonly Piece[], total: number): Phase[] {
  const created = wholeLines(pieces).flatMap(({ at, text }) =>
    stepTimes(text).map((step) => ({ at, ...step })),
  );
  const started = created[0]?.at ?? total;
  const found: Phase[] = [{ name: "program, first resource", ms: started }];
  let before = started;
  for (const [name, kind] of kinds) {
    const own = created.filter((step) => kind.test(`${step.type} ${step.name}`));
    const end = Math.max(before, ...own.map(({ at }) => at));
    found.push({ name, ms: end - before });
    before = end;
  }
  return [...found, { name: "state saved, ended", ms: total - before }];
}

/** A line counts from when its end came. */
function wholeLines(pieces: readonly Piece[]): Piece[] {
  let rest = "";
  return pieces.map(({ at, text }) => {
    const all = rest + text;
    const end = all.lastIndexOf("\n") + 1;
    rest = all.slice(end);
    return { at, text: all.slice(0, end) };
  });
}

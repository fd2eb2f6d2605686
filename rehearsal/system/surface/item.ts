/** What administrators' scripts use, as data: each item with how many use it, whether this engine
 *  has it, and lines that show so. The numbers were counted once over twenty public scripts and
 *  installers that drive real mirrors; they rank, and say nothing about what else exists. */

/** One item. */
export interface SurfaceItem {
  readonly name: string;
  /** How many of the twenty use it. */
  readonly uses: number;
  /** A class, loaded first, that the lines call. */
  readonly source?: string;
  /** Typed in one session. */
  readonly lines: readonly string[];
  /** What they print, line after line, without those that print nothing; for an item that is
   *  refused, what stands behind `not simulated: `. */
  readonly prints: readonly string[];
  readonly standing: "supported" | "refused";
}

type Texts = string | readonly string[];

/** An item in short: name, uses, lines, what they print. */
export type Short = readonly [name: string, uses: number, lines: Texts, prints: Texts];

const list = (texts: Texts): readonly string[] => (typeof texts === "string" ? [texts] : texts);

/** Items that this engine has. */
export function supported(items: readonly Short[], source?: string): SurfaceItem[] {
  return made(items, "supported", source);
}

/** Items that it refuses by name. */
export function refused(items: readonly Short[], source?: string): SurfaceItem[] {
  return made(items, "refused", source);
}

function made(
  items: readonly Short[],
  standing: SurfaceItem["standing"],
  source?: string,
): SurfaceItem[] {
  return items.map(([name, uses, lines, prints]) => ({
    ...{ name, uses, standing, lines: list(lines), prints: list(prints) },
    ...(source === undefined ? {} : { source }),
  }));
}

/** A documented case of a mirror's life, to be played and told. */

import { drawn } from "./picture.ts";
import { Scene, type Stage } from "./scene.ts";

/** A case with its row of the documentation. */
export interface Story extends Stage {
  /** Short and unique. */
  readonly name: string;
  /** The row of the documented table, or the rule, that it plays. */
  readonly row: string;
  /** Documentation page key, or `Assumed: …`. */
  readonly source: string;
  /** What happens and why, for whoever learns it. */
  readonly told: string;
  /** @throws Error when the mirror does not do what the row says */
  readonly play: (scene: Scene) => void;
}

/** What came of playing it. */
export interface Played {
  /** What was not as the row says; `undefined` when all was. */
  readonly fault: string | undefined;
  readonly picture: readonly string[];
}

/** Plays a story; the seed decides delays alone. */
export function play(story: Story, seed: number): Played {
  let scene: Scene | undefined;
  let fault: string | undefined;
  try {
    scene = new Scene(seed, story);
    scene.observer.note("-- the mirror is well, clients write");
    story.play(scene);
    fault = scene.observer.faults[0];
  } catch (error) {
    fault = error instanceof Error ? error.message : String(error);
  }
  const title = `${story.name}, seed ${seed}`;
  return { fault, picture: drawn(title, scene?.world.names ?? [], scene?.observer.lines ?? []) };
}

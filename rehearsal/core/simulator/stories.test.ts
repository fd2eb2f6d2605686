/** Every row of the documented tables, played by two members and an arbiter: who is primary, who is
 *  in trouble, who takes over and who does not, over simulated minutes. What it does not show: that
 *  the product does the same; each row names the page that says so. */

import { describe, expect, it } from "vitest";
import { stories } from "./stories.ts";
import { play } from "./story.ts";

/** A row holds whatever the delays are, so each is played with some of them. */
const seeds = [1, 2, 3];

describe("a row of the documentation", () => {
  it.for(stories)("$name: $row", (story) => {
    for (const seed of seeds) {
      const { fault, picture } = play(story, seed);

      expect(fault, picture.join("\n")).toBeUndefined();
    }
  });

  it("has one name", () => {
    const names = stories.map(({ name }) => name);

    expect(new Set(names).size).toBe(names.length);
  });
});

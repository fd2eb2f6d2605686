/** What administrators' scripts use: what two of them use is there, all else is there or is refused
 *  by its name. Every item is run. */

import { describe, expect, it } from "vitest";
import { written } from "../installer/testing/installer-class.ts";
import { sharedInstance } from "../testing/shared-instance.ts";
import type { SurfaceItem } from "./item.ts";
import { languageItems } from "./language.ts";
import { manifestItems } from "./manifests.ts";
import { methodItems } from "./methods.ts";
import { codeItems } from "./code.ts";

const instance = sharedInstance();

/** What the lines of an item print in one session, with the loading of its class. */
async function printed({ source, lines }: SurfaceItem): Promise<string[]> {
  const path = `${instance.directory}surface.cls`;
  written(`${instance.directory}sample.cls`, "Class Surface.Loaded { }");
  const load = `do $system.OBJ.Load("${written(path, placed(source ?? ""))}","ck-d")`;
  const typed = [...(source === undefined ? [] : [load]), ...lines];
  const seen = await instance.lines("%SYS", ...typed.map(placed));
  return seen.filter((text) => text !== "");
}

const placed = (text: string): string => text.replaceAll("@DIR@", instance.directory);

const items = [...languageItems, ...codeItems, ...manifestItems, ...methodItems];

describe("an item that scripts use", () => {
  it.for(items.map((item) => [item.name, item] as const))("%s", async ([, item]) => {
    const prints = item.prints.map(placed);
    const isThere = item.standing === "supported";
    expect(await printed(item)).toEqual(
      isThere ? prints : prints.map((text) => `not simulated: ${text}`),
    );
  });
});

it("what two scripts use is there", () => {
  const lacking = items.filter(({ uses, standing }) => uses > 1 && standing === "refused");
  expect(lacking).toEqual([]);
});

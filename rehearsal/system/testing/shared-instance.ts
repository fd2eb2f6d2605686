/** One instance for all tests of a file. */

import { afterAll, beforeAll } from "vitest";
import { TestInstance } from "./test-instance.ts";

/** What those tests do with it. */
export interface SharedInstance extends Pick<
  TestInstance,
  "directory" | "natives" | "lines" | "direct" | "merge"
> {
  /** What one line in %SYS prints. */
  readonly line: (text: string) => Promise<string>;
}

/** It starts before the first test and ends behind the last.
 *  @default a release of 2022.1 */
export function sharedInstance(release?: string): SharedInstance {
  let made: TestInstance | undefined;
  const instance = (): TestInstance => {
    if (made === undefined) throw new Error("it runs only while tests do");
    return made;
  };
  beforeAll(async () => {
    made = await TestInstance.start(release);
  });
  afterAll(() => made?.[Symbol.asyncDispose]());
  return {
    get directory() {
      return instance().directory;
    },
    get natives() {
      return instance().natives;
    },
    merge: (text) => instance().merge(text),
    lines: (namespace, ...lines) => instance().lines(namespace, ...lines),
    direct: (namespace, entry) => instance().direct(namespace, entry),
    line: async (text) => (await instance().lines("%SYS", text))[0] ?? "",
  };
}

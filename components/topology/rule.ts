/** What a rule is, and the fault that most of them find. */

import { type Fault, pathText, shown } from "../plan/fault.ts";
import type { Draft } from "./schema.ts";

/** A rule across fields. */
export type Rule = (draft: Draft) => Fault[];

/** One use of a value that must be unique. */
export interface Use {
  readonly value: string;
  readonly path: readonly string[];
}

/** A fault for every use of a value that an earlier place has taken already. */
export function takenTwice(uses: readonly Use[], allowed: string, remedy: string): Fault[] {
  return uses.flatMap(({ value, path }, index) => {
    const earlier = uses.slice(0, index).find((use) => use.value === value);
    return earlier === undefined
      ? []
      : [
          {
            path: pathText(path),
            given: `${shown(value)}, also at ${pathText(earlier.path)}`,
            allowed,
            remedy,
          },
        ];
  });
}

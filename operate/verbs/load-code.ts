/** Puts install/cls into the instance: one archive into the container, one load per class, and the
 *  hash in an unmirrored global. Class by class, because loading a directory uses background
 *  workers that small licences refuse (ERROR #7802, seen in a public repository). */

import { alteredLines, keepTextLines } from "../altered-code.ts";
import { readCode, type CodeFile } from "../code.ts";
import type { ParsedInput, VerbOutput } from "../contract.ts";
import { contractVersion } from "../contract/common.ts";
import { anyText, openObject, withDefault, type OutOf } from "../contract/shape.ts";
import { withSession } from "../instance.ts";
import { loadClassLines, notCompiled, sameHash, sendClasses } from "../load-classes.ts";
import { askPlain } from "../plain-question.ts";
import type { Session } from "../session.ts";
import { literal } from "../session-text.ts";
import type { World } from "../world.ts";

type Input = ParsedInput<"load-code">;

const loaded = openObject({
  code: anyText,
  altered: withDefault(anyText, ""),
  problems: withDefault(anyText, ""),
});

export async function run(input: Input, world: World): Promise<VerbOutput<"load-code">> {
  const files = await readCode();
  const hash = sameHash("install/cls", files, input.hash);
  const result = { version: contractVersion, hash } as const;
  return withSession(world, input.member, async (session) => {
    const before = await askCode(session, []);
    if (before.code === hash && before.altered === "") {
      return { ...result, changed: false };
    }
    await sendClasses(world, input.member, files);
    const after = await askCode(session, loadLines(hash, files));
    if (after.code !== hash) {
      throw notCompiled(input.member, after.problems);
    }
    return { ...result, changed: true };
  });
}

async function askCode(
  session: Session,
  commands: readonly string[],
): Promise<OutOf<typeof loaded>> {
  const ask = [
    ...commands,
    "set o={}",
    'do o.%Set("code",$get(^ZIrisMirror("code")))',
    'do o.%Set("problems",$get(problems))',
    ...alteredLines,
  ];
  return askPlain(session, ask, loaded);
}

/** Session lines that load every class and remember the hash when all compiled. The old hash goes
 *  first: whoever comes after an interruption must load again. */
export function loadLines(hash: string, files: readonly CodeFile[]): string[] {
  return [
    'kill ^ZIrisMirror("code")',
    ...loadClassLines(files),
    ...keepTextLines(files),
    `if problems="" set ^ZIrisMirror("code")=${literal(hash)}`,
  ];
}

/** Puts install/cls into the instance: one archive into the container, one load per class, and the
 *  hash in an unmirrored global. Class by class, because loading a directory uses background
 *  workers that small licences refuse (ERROR #7802, seen in a public repository). */

import { archive, hashOfCode, readCode, type CodeFile } from "../code.ts";
import type { ParsedInput, VerbOutput } from "../contract.ts";
import { contractVersion } from "../contract/common.ts";
import { anyText, openObject, withDefault, type OutOf } from "../contract/shape.ts";
import { dockerFailure } from "../docker.ts";
import { withSession } from "../instance.ts";
import { MirrorError } from "../mirror-error.ts";
import { askPlain } from "../plain-question.ts";
import type { Session } from "../session.ts";
import { literal } from "../session-text.ts";
import type { World } from "../world.ts";

type Input = ParsedInput<"load-code">;

const loaded = openObject({ code: anyText, problems: withDefault(anyText, "") });

export async function run(input: Input, world: World): Promise<VerbOutput<"load-code">> {
  const files = await readCode();
  const hash = hashOfCode(files);
  if (hash !== input.hash) {
    throw new MirrorError({
      code: "code-differs",
      subject: "install/cls",
      seen: `the program saw ${input.hash}, now it is ${hash}`,
      remedy: "Run the same command again: the classes were changed meanwhile.",
    });
  }
  const result = { version: contractVersion, hash } as const;
  return withSession(world, input.member, async (session) => {
    const before = await askCode(session, []);
    if (before.code === hash) {
      return { ...result, changed: false };
    }
    await sendFiles(input, world, files);
    const after = await askCode(session, loadLines(hash, files));
    if (after.code !== hash) {
      throw new MirrorError({
        code: "code-failed",
        subject: input.member.container,
        seen: `a class did not compile: ${after.problems}`,
        remedy: "Correct the class that is named, then run `npx pulumi up`.",
      });
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
  ];
  return askPlain(session, ask, loaded);
}

const root = (hash: string): string => `irismirror-${hash}`;

/** As the instance's user, so that the instance may remove the files after it has loaded them. */
async function sendFiles(input: Input, world: World, files: readonly CodeFile[]): Promise<void> {
  const argv = ["exec", "-i", input.member.container, "tar", "-x", "-C", "/tmp", "-f", "-"];
  const answer = await world.docker(argv, { stdin: archive(root(input.hash), files) });
  if (answer.code !== 0) {
    throw dockerFailure(`docker ${argv.join(" ")}`, answer);
  }
}

/** Session lines that load every class and remember the hash when all compiled. The old hash goes
 *  first: whoever comes after an interruption must load again. */
export function loadLines(hash: string, files: readonly CodeFile[]): string[] {
  const directory = `/tmp/${root(hash)}`;
  return [
    'kill ^ZIrisMirror("code")',
    'set problems=""',
    ...files.flatMap((file) => [
      `set ok=$system.OBJ.Load(${literal(`${directory}/${file.path}`)},"ck-d")`,
      'if \'ok set problems=problems_$system.Status.GetErrorText(ok)_" "',
    ]),
    `if problems="" set ^ZIrisMirror("code")=${literal(hash)}`,
    `do ##class(%Library.File).RemoveDirectoryTree(${literal(directory)})`,
  ];
}

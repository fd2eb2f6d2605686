/** Classes on their way into an instance: one archive into the container, one load per class. Class
 *  by class, because loading a directory uses background workers that small licences refuse
 *  (ERROR #7802, seen in a public repository). */

import { archive, hashOfCode, type CodeFile } from "./code.ts";
import type { InstanceAddress } from "./contract/common.ts";
import { dockerFailure } from "./docker.ts";
import { MirrorError } from "./mirror-error.ts";
import { literal } from "./session-text.ts";
import type { World } from "./world.ts";

/** The hash of the files. @throws MirrorError `code-differs` when it is not what was seen before */
export function sameHash(folder: string, files: readonly CodeFile[], wanted: string): string {
  const hash = hashOfCode(files);
  if (hash === wanted) return hash;
  throw new MirrorError({
    code: "code-differs",
    subject: folder,
    seen: `the program saw ${wanted}, now it is ${hash}`,
    remedy: "Run the same command again: the classes were changed meanwhile.",
  });
}

const root = (files: readonly CodeFile[]): string => `irismirror-${hashOfCode(files)}`;

/** As the instance's user, so that the instance may remove the files after it has loaded them. */
export async function sendClasses(
  world: World,
  { container }: InstanceAddress,
  files: readonly CodeFile[],
): Promise<void> {
  const argv = ["exec", "-i", container, "tar", "-x", "-C", "/tmp", "-f", "-"];
  const answer = await world.docker(argv, { stdin: archive(root(files), files) });
  if (answer.code !== 0) {
    throw dockerFailure(`docker ${argv.join(" ")}`, answer);
  }
}

/** Session lines that load every class that was sent into the session's namespace, and leave in
 *  `problems` what did not compile. */
export function loadClassLines(files: readonly CodeFile[]): string[] {
  const directory = `/tmp/${root(files)}`;
  return [
    'set problems=""',
    ...files.flatMap((file) => [
      `set ok=$system.OBJ.Load(${literal(`${directory}/${file.path}`)},"ck-d")`,
      'if \'ok set problems=problems_$system.Status.GetErrorText(ok)_" "',
    ]),
    `do ##class(%Library.File).RemoveDirectoryTree(${literal(directory)})`,
  ];
}

/** Why the classes are not there. */
export function notCompiled({ container }: InstanceAddress, problems: string): MirrorError {
  return new MirrorError({
    code: "code-failed",
    subject: container,
    seen: `a class did not compile: ${problems}`,
    remedy: "Correct the class that is named, then run `npx pulumi up`.",
  });
}

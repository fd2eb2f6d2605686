/** The helper container that looks at a member's volume or directory as root, with the member's own
 *  image, and gives an empty one to the instance's user. */

import type { ParsedInput } from "../contract.ts";
import { irisOwner, labels } from "../contract/common.ts";
import { dockerFailure } from "../docker.ts";
import type { World } from "../world.ts";

type Input = ParsedInput<"own-volume">;

/** Where the helper has it. */
const place = "/dur";

/** Runs `find` at the place. @returns what it printed */
export async function findInside(
  world: World,
  input: Input,
  expression: readonly string[],
): Promise<string> {
  const answer = await world.docker(helperArgv(input, expression), {
    timeoutMs: world.budget("helperContainer"),
  });
  if (answer.code !== 0) {
    throw dockerFailure(`${input.volume}: helper container of ${input.image}`, answer);
  }
  return answer.stdout;
}

/** `docker run` of `find`. A mount of kind `bind` refuses a directory that is not there, which
 *  `--volume` would make as root. */
export function helperArgv(input: Input, expression: readonly string[]): string[] {
  const kind = input.volume.startsWith("/") ? "bind" : "volume";
  return [
    ...["run", "--rm", "--user", "0:0", "--network", "none"],
    ...["--label", `${labels.stack}=${input.stack}`],
    ...["--mount", `type=${kind},source=${input.volume},target=${place}`],
    ...["--entrypoint", "find", input.image, place, ...expression],
  ];
}

/** Gives the place itself away when it is empty and the test holds, prints it, and does nothing
 *  else. */
export function giveArgv(test: readonly string[]): string[] {
  const owner = `${irisOwner}:${irisOwner}`;
  const give = ["-exec", "chown", owner, "{}", ";"];
  return ["-maxdepth", "0", "-empty", ...test, "-print", ...give];
}

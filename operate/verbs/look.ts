/** Everything at once, changing nothing: before each preview and up the program asks this, and
 *  turns what differs from the topology into drift. It does not fail for what it finds outside. */

import { hashOfCode, readApp, readCode } from "../code.ts";
import type { ParsedInput, VerbOutput } from "../contract.ts";
import { addressByContainer, contractVersion, type MemberAddress } from "../contract/common.ts";
import { kindOfFile } from "../host.ts";
import { lookAtEngine } from "../look/engine.ts";
import type { MemberSeen } from "../contract/look.ts";
import { lookAtInstances } from "../look/instances.ts";
import { rehearsalImages } from "../look/rehearsal-images.ts";
import type { World } from "../world.ts";

type Output = VerbOutput<"look">;

export async function run(input: ParsedInput<"look">, world: World): Promise<Output> {
  // Naming the images takes 40 ms of work, so what has to be waited for is started first.
  const instancesSeen = lookAtInstances(world, input);
  const rehearsalNamed = rehearsalImages();
  const [instances, rehearsal, engine, code, apps, files] = await Promise.all([
    instancesSeen,
    rehearsalNamed,
    lookAtEngine(world, input, rehearsalNamed.then(referencesOf)),
    readCode(),
    Promise.all(input.apps.map(hashOfApp)),
    Promise.all(input.files.map(async (path) => [path, await kindOfFile(path)] as const)),
  ]);
  const leaving = await lookAtInstances(world, {
    ...input,
    members: unnamedMembers(input, engine.containers).map((address) => ({ address })),
  });
  return {
    version: contractVersion,
    ...engine,
    rehearsal,
    code: hashOfCode(code),
    apps: Object.fromEntries(apps.flat()),
    files: Object.fromEntries(files),
    members: Object.fromEntries([...leaving, ...instances]),
    warnings: warningsOf(input, instances, engine),
  };
}

/** Members of the stack that the topology does not name any more; usually there are none. */
function unnamedMembers(
  { stack, members }: ParsedInput<"look">,
  containers: Output["containers"],
): MemberAddress[] {
  const named = new Set(members.map(({ address }) => address.container));
  return Object.entries(containers).flatMap(([name, { stack: owner, kind, member, state }]) =>
    owner === stack && kind === "member" && state === "running" && member && !named.has(name)
      ? [addressByContainer(member, name)]
      : [],
  );
}

/** What is no folder of classes is missing here; the refusals say so. */
async function hashOfApp({ name }: { readonly name: string }): Promise<[string, string][]> {
  const files = await readApp(name).catch((problem: unknown) => {
    if (problem instanceof Error && "code" in problem) return [];
    throw problem;
  });
  return files.length === 0 ? [] : [[name, hashOfCode(files)]];
}

function referencesOf(rehearsal: Output["rehearsal"]): string[] {
  return Object.values(rehearsal).flatMap(({ member, arbiter }) => [member, arbiter]);
}

/** One sentence per member that has a container and cannot be asked. */
export function warningsOf(
  input: Pick<ParsedInput<"look">, "members">,
  instances: ReadonlyMap<string, MemberSeen>,
  engine: Pick<Output, "docker" | "containers">,
): string[] {
  if (!engine.docker.reachable) {
    return [`Docker: ${engine.docker.why}`];
  }
  return input.members.flatMap(({ address }) => {
    const seen = instances.get(address.name);
    const isAbsent = engine.containers[address.container]?.state === "absent";
    return seen === undefined || seen.reachable || isAbsent ? [] : [`${address.name}: ${seen.why}`];
  });
}

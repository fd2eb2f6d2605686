/** Members of a stack that the input of a verb does not name, found by the labels on their
 *  containers. So a step need not name every member, and one more or less changes no input. */

import { addressByContainer, type MemberAddress } from "./contract/common.ts";
import { listContainers } from "./look/engine.ts";
import type { World } from "./world.ts";

/** The other members of the stack that the known ones belong to, whether they run or not. Nothing
 *  where none of the known ones has a container. */
export async function otherMembers(
  world: World,
  known: readonly MemberAddress[],
): Promise<MemberAddress[]> {
  const listed = await listContainers(world);
  const names = new Set(known.map(({ container }) => container));
  const stack = listed.find(({ name }) => names.has(name))?.stack ?? "";
  return listed
    .filter((one) => stack !== "" && one.stack === stack && one.kind === "member")
    .filter(({ name }) => !names.has(name))
    .map(({ member, name }) => addressByContainer(member, name));
}
